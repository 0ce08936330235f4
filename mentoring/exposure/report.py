"""Uniform exposure: what each mentee of a programme was given a look at, and who was given none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from mentoring.enums import ExposureKind, Tier
from mentoring.exposure.calendar import CHAIR_LEVEL_WITHIN
from mentoring.permissions import can_follow_exposure
from people.member import Member
from people.models import CohortMembership, Person
from people.programme_queries import cohorts_visible_to
from people.queries import employed, in_force
from surveys.disclosure import THRESHOLD_FLOOR
from tenancy.jobs.periods import quarter_of, quarter_start
from tenancy.scope import current_organization_id

KINDS: Final = [kind.value for kind in ExposureKind]
TIERS: Final = [tier.value for tier in Tier]
MOST = 4  # looks: so many or more are one column of the chart
_SUMMARY: Final = (Path(__file__).resolve().parent.parent / "sql" / "exposure_summary.sql").read_text()


@dataclass(frozen=True, slots=True)
class Report:
    """The mentees of which cohorts on a day, and what was logged since when. None: of every cohort."""

    cohorts: list[UUID] | None
    since: dt.date
    on: dt.date


@dataclass(frozen=True, slots=True)
class Summary:
    """The mentees of a report summed up. `in_time`: chair-level exposure within six months of entering, out
    of the `due`, who entered at least so long ago or have had it. `reached`: how many had each kind."""

    people: int
    none: int
    in_time: int
    due: int
    reached: dict[str, int]
    looks: list[int]  # how many had none, one, two, three, four or more


def begin_of(period: str, on: dt.date) -> dt.date:
    """The first day of a period that the form offers."""
    if period == "quarter":
        return quarter_start(quarter_of(on))
    return on.replace(year=on.year - 1, day=min(on.day, 28)) if period == "year" else dt.date.min


def report_for(member: Member, *, since: dt.date, on: dt.date, cohort: UUID | None = None) -> Report:
    """The cohorts a member may see, or one of them; every cohort for whoever sees no persons."""
    if not can_follow_exposure(member):
        return Report(None, since, on)
    cohorts = cohorts_visible_to(member)
    if cohort is not None:
        cohorts = cohorts.filter(pk=cohort)
    return Report(list(cohorts.values_list("pk", flat=True)), since, on)


def mentees_of(report: Report) -> QuerySet[Person]:
    """The people of a report."""
    return Person.objects.filter(employed(report.on), Exists(_theirs(report)))


def with_looks(mentees: QuerySet[Person], report: Report) -> QuerySet[Person]:
    """Mentees of a report with `total`, a count by kind and by tier, `entered` and `first_chair`, the day of
    the first chair-level exposure. One query however many."""
    logs = "mentorships__exposures"
    logged = Q(**{f"{logs}__day__gte": report.since}, **{f"{logs}__day__lte": report.on})
    chair_level = Q(mentorships__tier=Tier.CHAIR) | Q(**{f"{logs}__kind": ExposureKind.CHAIR_MEETING})
    counts: dict[str, Any] = {}
    for kind in KINDS:
        counts[f"{kind}_count"] = Count(logs, filter=logged & Q(**{f"{logs}__kind": kind}))
    for tier in TIERS:
        counts[f"{tier}_count"] = Count(logs, filter=logged & Q(mentorships__tier=tier))
    return mentees.annotate(
        total=Count(logs, filter=logged),
        entered=Subquery(_theirs(report).order_by("start_date").values("start_date")[:1]),
        first_chair=Min(f"{logs}__day", filter=chair_level),
        **counts,
    )


def _theirs(report: Report) -> QuerySet[CohortMembership]:
    theirs = CohortMembership.objects.filter(in_force(report.on), person=OuterRef("pk"))
    return theirs if report.cohorts is None else theirs.filter(cohort__in=report.cohorts)


def summary_of(report: Report) -> Summary:
    """The people of a report summed up, in one query."""
    asked: dict[str, Any] = {
        "organization": current_organization_id(),
        "cohorts": report.cohorts,
        "today": report.on,
        "since": report.since,
        "kinds": KINDS,
        "most": MOST,
        "within": CHAIR_LEVEL_WITHIN.days,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUMMARY, asked)
        people, in_time, due, reached, looks = cursor.fetchone()
    return Summary(people, looks[0], in_time, due, dict(zip(KINDS, reached, strict=True)), looks)


@dataclass(frozen=True, slots=True)
class ToldSummary:
    """A summary as somebody may be told it; None is not told."""

    people: int
    none: int | None
    in_time: int | None
    due: int
    reached: dict[str, int | None]
    looks: list[int] | None


def summary_told(summary: Summary, *, persons: bool) -> ToldSummary:
    """All of it to whoever sees the persons; to others nothing of a small group."""

    def told(part: int, of: int = summary.people) -> int | None:
        return part if persons or may_tell(part, of) else None

    looks = [told(count) for count in summary.looks]
    return ToldSummary(
        people=summary.people,
        none=told(summary.none),
        in_time=told(summary.in_time, summary.due),
        due=summary.due,
        reached={kind: told(count) for kind, count in summary.reached.items()},
        looks=None if None in looks else summary.looks,
    )


def may_tell(part: int, people: int) -> bool:
    """Whether whoever sees no persons may be told of a part: neither it nor the rest is a small group."""
    return all(each == 0 or each >= THRESHOLD_FLOOR for each in (part, people - part))


def chair_words(entered: dt.date, first: dt.date | None, *, on: dt.date) -> str:
    """Whether somebody was where a chair works within six months of entering the programme."""
    last_day = entered + CHAIR_LEVEL_WITHIN
    if first is not None:
        return _("within six months") if first <= last_day else _("later")
    return _("still time") if on <= last_day else _("missing")
