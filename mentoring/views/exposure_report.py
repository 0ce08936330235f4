"""The report of uniform exposure, for directors: chart, table and file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.enums import ExposureKind, Tier
from mentoring.exposure_queries import reviews_visible_to
from mentoring.exposure_report import (
    KINDS,
    TIERS,
    ReportFilter,
    Summary,
    begin_of,
    chair_words,
    may_tell,
    mentees_for,
    summary_of,
)
from mentoring.forms.exposure import ExposureFilter
from mentoring.kinds import SHORT as SHORT_NAMES
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
from web.charts import Bar, Bin, bars, histogram
from web.csv import csv_response
from web.filters import chips
from web.htmx import render_page
from web.numbers import decimal
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
        "charts": _charts(summary) if summary.people else [],
        "stats": _stats(summary),
        "page": page,
        "columns": order.headers,
        "labels": [column.label for column in COLUMNS[1:]],
        "rows": [(person, _row(person, on)[1:]) for person in page],
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
        "stats": _stats(summary, persons=False),
        "charts": _charts(summary, persons=False) if summary.people >= THRESHOLD_FLOOR else [],
        "breadcrumbs": [Crumb(_("Exposure report"))],
    }
    return render_page(request, "mentoring/exposure_summary.html", context, partial="results")


def _stats(summary: Summary, *, persons: bool = True) -> list[tuple[str, str, str]]:
    """Label, figure and what it is of; a dash for what may not be told."""
    stats = [
        (_("Without any look"), summary.none, summary.people, _("of %(people)s")),
        (
            _("Chair level within six months"),
            summary.in_time,
            summary.due,
            _("of %(people)s who had it or entered longer ago"),
        ),
    ]
    told = [
        (label, count if persons or may_tell(count, of) else None, words % {"people": decimal(of, 0)})
        for label, count, of, words in stats
    ]
    return [
        (_("In the programme"), decimal(summary.people, 0), ""),
        *((label, decimal(count, 0), words) for label, count, words in told),
    ]


def _charts(summary: Summary, *, persons: bool = True) -> list[tuple[str, Any]]:
    reached = [
        _reached(kind, count, summary.people, told=persons or may_tell(count, summary.people))
        for kind, count in summary.reached.items()
    ]
    labels = [_("none"), "1", "2", "3", _("4 or more")]
    bins = [Bin(label, count, label == labels[0]) for label, count in zip(labels, summary.looks, strict=True)]
    charts = [
        (_("Mentees with at least one, by kind"), bars(_("Share of mentees"), reached, top=100, unit="%"))
    ]
    if persons or all(may_tell(count, summary.people) for count in summary.looks):
        looks = histogram(_("Mentees by number of looks"), bins, of=_("Looks"))
        charts.append((_("Looks for each mentee"), looks))
    return charts


def _reached(kind: str, count: int, people: int, *, told: bool) -> Bar:
    label = str(ExposureKind(kind).label)
    if not told:
        return Bar(label, None, _("not shown: fewer than five"))
    note = _("%(count)s of %(people)s") % {"count": decimal(count, 0), "people": decimal(people, 0)}
    return Bar(label, 100 * count / people, note)


def _row(person: Person, on: dt.date) -> list[object]:
    """As on the page, so in the file."""
    counts = [getattr(person, f"{name}_count") for name in (*KINDS, *TIERS)]
    total: int = person.total  # type: ignore[attr-defined]  # annotated
    entered: dt.date = person.entered  # type: ignore[attr-defined]  # annotated
    first: dt.date | None = person.first_chair  # type: ignore[attr-defined]  # annotated
    return [person.name, total, *counts, chair_words(entered, first, on=on)]


@member_view
def report_csv(request: MemberRequest) -> HttpResponse:
    """The table as a file: the same question, the same rules, all pages."""
    demand(can_follow_exposure(request.member), EXPOSURE_IS_FOLLOWED_BY)
    _form, people = _asked(request)
    on = timezone.localdate()
    order = sorting(request, COLUMNS, default="name")
    rows: Iterable[list[object]] = (_row(person, on) for person in people.order_by(*order.order))
    return csv_response("exposure.csv", [str(column.label) for column in COLUMNS], rows)
