"""The report of uniform exposure, for directors: chart, table and file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import ExposureKind, Tier
from mentoring.exposure.kinds import SHORT as SHORT_NAMES
from mentoring.exposure.report import (
    Report,
    ToldSummary,
    begin_of,
    mentees_of,
    report_for,
    summary_of,
    summary_told,
    with_looks,
)
from mentoring.figures.exposure import charts_of, report_row, stats_of
from mentoring.forms.exposure import ExposureFilter
from mentoring.permissions import (
    EXPOSURE_IS_FOLLOWED_BY,
    EXPOSURE_IS_SUMMED_UP_FOR,
    can_follow_exposure,
    can_see_exposure_summary,
)
from mentoring.queries.exposure import reviews_visible_to
from people.access import MemberRequest, demand, member_view
from people.models import Person
from people.programme_queries import cohorts_visible_to
from surveys.disclosure import THRESHOLD_FLOOR
from web.csv import csv_response
from web.filters import chips
from web.htmx import render_page
from web.paging import SHORT, Page, numbered_page
from web.shell import Crumb
from web.sorting import Column, sorting

COLUMNS = [
    Column("Mentee", ("search_key", "pk"), key="name"),
    Column("All", ("total", "search_key", "pk"), key="total", numeric=True),
    *[Column(str(SHORT_NAMES[each]), numeric=True) for each in (*ExposureKind, *Tier)],
    Column("Chair level"),
]


def _asked(request: MemberRequest) -> tuple[ExposureFilter, Report]:
    on = timezone.localdate()
    cohorts = list(cohorts_visible_to(request.member).order_by("name").values_list("pk", "name"))
    form = ExposureFilter(request.GET, cohorts=cohorts)
    sent = form.cleaned_data if form.is_valid() else {}
    cohort = UUID(sent["cohort"]) if sent.get("cohort") else None
    since = begin_of(sent.get("period") or "year", on)
    return form, report_for(request.member, since=since, on=on, cohort=cohort)


@member_view
def report(request: MemberRequest) -> HttpResponse:
    """Who was given how many looks at leadership, by kind and tier, and who none."""
    demand(can_see_exposure_summary(request.member), EXPOSURE_IS_SUMMED_UP_FOR)
    form, asked = _asked(request)
    on, persons = asked.on, can_follow_exposure(request.member)
    summary = summary_told(summary_of(asked), persons=persons)
    if not persons:
        return _without_persons(request, form, summary)
    order = sorting(request, COLUMNS, default="name")
    page = _page(request, asked, order.order, total=summary.people)
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


def _page(request: MemberRequest, asked: Report, order: Sequence[str], *, total: int) -> Page[Person]:
    """Only by number everybody's looks are counted; else those of the people on the page."""
    people = mentees_of(asked)
    if {"total", "-total"} & set(order):
        return numbered_page(request, with_looks(people, asked).order_by(*order), size=SHORT, total=total)
    page = numbered_page(request, people.order_by(*order), size=SHORT, total=total)
    shown = Person.objects.filter(pk__in=[person.pk for person in page])
    return replace(page, rows=list(with_looks(shown, asked).order_by(*order)))


def _without_persons(request: MemberRequest, form: ExposureFilter, summary: ToldSummary) -> HttpResponse:
    """For executives: everybody together, and nothing of fewer than five."""
    context = {
        "form": form,
        "chips": chips(request, form),
        "stats": stats_of(summary),
        "charts": charts_of(summary) if summary.people >= THRESHOLD_FLOOR else [],
        "breadcrumbs": [Crumb(_("Exposure report"))],
    }
    return render_page(request, "mentoring/exposure_summary.html", context, partial="results")


@member_view
def report_csv(request: MemberRequest) -> HttpResponse:
    """The table as a file: the same question, the same rules, all pages."""
    demand(can_follow_exposure(request.member), EXPOSURE_IS_FOLLOWED_BY)
    _form, asked = _asked(request)
    people = with_looks(mentees_of(asked), asked)
    order = sorting(request, COLUMNS, default="name")
    rows = (report_row(person, asked.on) for person in people.order_by(*order.order))
    return csv_response("exposure.csv", [str(column.label) for column in COLUMNS], rows)
