"""The report of uniform exposure, for directors: chart, table and file."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import ExposureKind, Tier
from mentoring.exposure_kinds import SHORT as SHORT_NAMES
from mentoring.exposure_queries import reviews_visible_to
from mentoring.exposure_report import ReportFilter, Summary, begin_of, mentees_for, summary_of
from mentoring.exposure_report_figures import charts_of, report_row, stats_of
from mentoring.forms.exposure import ExposureFilter
from mentoring.permissions import (
    EXPOSURE_IS_FOLLOWED_BY,
    EXPOSURE_IS_SUMMED_UP_FOR,
    can_follow_exposure,
    can_see_exposure_summary,
)
from people.access import MemberRequest, demand, member_view
from people.models import Person
from people.programme_queries import cohorts_visible_to
from surveys.disclosure import THRESHOLD_FLOOR
from web.csv import csv_response
from web.filters import chips
from web.htmx import render_page
from web.paging import SHORT, numbered_page
from web.shell import Crumb
from web.sorting import Column, sorting

COLUMNS = [
    Column("Mentee", ("search_key", "pk"), key="name"),
    Column("All", ("total", "search_key", "pk"), key="total", numeric=True),
    *[Column(str(SHORT_NAMES[each]), numeric=True) for each in (*ExposureKind, *Tier)],
    Column("Chair level"),
]


def _asked(request: MemberRequest) -> tuple[ExposureFilter, QuerySet[Person]]:
    on = timezone.localdate()
    cohorts = list(cohorts_visible_to(request.member).order_by("name").values_list("pk", "name"))
    form = ExposureFilter(request.GET, cohorts=cohorts)
    sent = form.cleaned_data if form.is_valid() else {}
    cohort = UUID(sent["cohort"]) if sent.get("cohort") else None
    chosen = ReportFilter(begin_of(sent.get("period") or "year", on), cohort)
    return form, mentees_for(request.member, chosen, on=on)


@member_view
def report(request: MemberRequest) -> HttpResponse:
    """Who was given how many looks at leadership, by kind and tier, and who none."""
    demand(can_see_exposure_summary(request.member), EXPOSURE_IS_SUMMED_UP_FOR)
    form, people = _asked(request)
    on = timezone.localdate()
    summary = summary_of(people, on=on)
    if not can_follow_exposure(request.member):
        return _without_persons(request, form, summary)
    order = sorting(request, COLUMNS, default="name")
    page = numbered_page(request, people.order_by(*order.order), size=SHORT, total=summary.people)
    waiting = reviews_visible_to(request.member, on=on).filter(closed_on=None).count()
    context = {
        "form": form,
        "chips": chips(request, form),
        "summary": summary,
        "charts": charts_of(summary) if summary.people else [],
        "stats": stats_of(summary),
        "page": page,
        "columns": order.headers,
        "labels": [column.label for column in COLUMNS[1:]],
        "rows": [(person, report_row(person, on)[1:]) for person in page],
        "waiting": waiting,
        "query": request.GET.urlencode(),
        "breadcrumbs": [Crumb(_("Exposure report"))],
    }
    return render_page(request, "mentoring/exposure_report.html", context, partial="results")


def _without_persons(request: MemberRequest, form: ExposureFilter, summary: Summary) -> HttpResponse:
    """For executives: everybody together, and nothing of fewer than five."""
    context = {
        "form": form,
        "chips": chips(request, form),
        "stats": stats_of(summary, persons=False),
        "charts": charts_of(summary, persons=False) if summary.people >= THRESHOLD_FLOOR else [],
        "breadcrumbs": [Crumb(_("Exposure report"))],
    }
    return render_page(request, "mentoring/exposure_summary.html", context, partial="results")


@member_view
def report_csv(request: MemberRequest) -> HttpResponse:
    """The table as a file: the same question, the same rules, all pages."""
    demand(can_follow_exposure(request.member), EXPOSURE_IS_FOLLOWED_BY)
    _form, people = _asked(request)
    on = timezone.localdate()
    order = sorting(request, COLUMNS, default="name")
    rows = (report_row(person, on) for person in people.order_by(*order.order))
    return csv_response("exposure.csv", [str(column.label) for column in COLUMNS], rows)
