"""Uniform exposure: what each mentee of a programme was given a look at, and who was given none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from mentoring.enums import ExposureKind, Tier
from mentoring.exposure_calendar import CHAIR_LEVEL_WITHIN
from mentoring.permissions import can_follow_exposure
from people.member import Member
from people.models import Cohort, CohortMembership, Person
from people.programme_queries import cohorts_visible_to
from people.queries import employed, in_force
from surveys.disclosure import THRESHOLD_FLOOR
from tenancy.jobs.periods import quarter_of, quarter_start

KINDS: Final = [kind.value for kind in ExposureKind]
TIERS: Final = [tier.value for tier in Tier]
MOST = 4  # looks: so many or more are one column of the chart


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which mentees, and what was logged since when. No cohort: all that the member may see."""

    since: dt.date
    cohort: UUID | None = None


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


def mentees_for(member: Member, chosen: ReportFilter, *, on: dt.date) -> QuerySet[Person]:
    """The people in the cohorts a member may see, in all cohorts for whoever sees no persons, with `total`, a
    count by kind and by tier, `entered` and `first_chair`, the day of the first chair-level exposure. One
    query however many."""
    persons = can_follow_exposure(member)
    cohorts = cohorts_visible_to(member) if persons else Cohort.objects.all()
    if persons and chosen.cohort is not None:
        cohorts = cohorts.filter(pk=chosen.cohort)
    theirs = CohortMembership.objects.filter(
        in_force(on), cohort__in=cohorts.values("pk"), person=OuterRef("pk")
    )
    first = theirs.order_by("start_date").values("start_date")[:1]
    logs = "mentorships__exposures"
    logged = Q(**{f"{logs}__day__gte": chosen.since}, **{f"{logs}__day__lte": on})
    chair_level = Q(mentorships__tier=Tier.CHAIR) | Q(**{f"{logs}__kind": ExposureKind.CHAIR_MEETING})
    counts: dict[str, Any] = {}
    for kind in KINDS:
        counts[f"{kind}_count"] = Count(logs, filter=logged & Q(**{f"{logs}__kind": kind}))
    for tier in TIERS:
        counts[f"{tier}_count"] = Count(logs, filter=logged & Q(mentorships__tier=tier))
    return Person.objects.filter(employed(on), Exists(theirs)).annotate(
        total=Count(logs, filter=logged),
        entered=Subquery(first),
        first_chair=Min(f"{logs}__day", filter=chair_level),
        **counts,
    )


def summary_of(people: QuerySet[Person], *, on: dt.date) -> Summary:
    """The same people summed up, in one query."""
    begun = on - CHAIR_LEVEL_WITHIN
    in_time = Q(first_chair__lte=F("entered") + CHAIR_LEVEL_WITHIN)
    counts = {f"with_{kind}": Count("pk", filter=Q(**{f"{kind}_count__gt": 0})) for kind in KINDS}
    looks = {f"looks{number}": Count("pk", filter=Q(total=number)) for number in range(MOST)}
    row = people.aggregate(
        people=Count("pk"),
        in_time=Count("pk", filter=in_time),
        due=Count("pk", filter=in_time | Q(entered__lt=begun)),
        **counts,
        **looks,
    )
    some = [row[f"looks{number}"] for number in range(MOST)]
    return Summary(
        row["people"],
        row["looks0"],
        row["in_time"],
        row["due"],
        {kind: row[f"with_{kind}"] for kind in KINDS},
        [*some, row["people"] - sum(some)],
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
