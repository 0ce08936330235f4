"""The credit ledger: computed from mentorships and rule each time, so that it always agrees with them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import BooleanField, Count, ExpressionWrapper, Model, Q, QuerySet
from django.db.models.functions import ExtractQuarter

from mentoring.credit import MONTHS, NOTHING, Credit, Worth, credit_for, months_in_year
from mentoring.enums import Side
from mentoring.models import CreditRule, Exposure, Mentorship, Satisfaction
from mentoring.models.credit import FULL_TIME_HOURS
from mentoring.queries.exposure import BEGUN, ran_in
from people.models import Person
from surveys.pulse_calendar import GRACE
from tenancy.jobs.periods import quarter_end

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A mentorship's credit in a year."""

    mentorship: Mentorship
    credit: Credit


@dataclass(frozen=True, slots=True)
class MentorYear:
    """A mentor's year: the credit over all mentees, and what the award and the grant look at. `missing`: the
    closed quarters without a log that was owed. `raters`: mentees who rated in closed quarters."""

    person: Person
    mentees: int
    credit: Credit
    full_year: bool
    missing: tuple[str, ...]
    raters: int


def rule_for(year: int) -> CreditRule | None:
    """The version that counts for a year; None before there is any, when nothing is credited."""
    return (
        CreditRule.objects.select_related("changed_by")
        .filter(from_year__lte=year)
        .order_by("-version")
        .first()
    )


def rule_history() -> QuerySet[CreditRule]:
    """All versions, newest first."""
    return CreditRule.objects.select_related("changed_by").order_by("-version")


def worth_of(rule: CreditRule | None) -> Worth:
    """A rule as the arithmetic needs it."""
    if rule is None:
        return Worth(Decimal(0), FULL_TIME_HOURS, 0)
    return Worth(rule.percent_fte, rule.full_time_hours, rule.points)


def mentorships_in(year: int) -> QuerySet[Mentorship]:
    """The mentorships that ran on some day of a year."""
    running = Q(over_on=None) | Q(over_on__gte=dt.date(year, 1, 1))
    return Mentorship.objects.filter(running, state__in=BEGUN, started_on__lte=dt.date(year, 12, 31))


def ledger_of(mentor_id: UUID, year: int, *, on: dt.date) -> list[LedgerLine]:
    """A mentor's mentorships of a year, each with its credit until a day. Two queries."""
    worth = worth_of(rule_for(year))
    pairs = mentorships_in(year).filter(mentor=mentor_id).select_related("mentee")
    return [
        LedgerLine(each, credit_for(_months(each.started_on, each.over_on, year, on), worth))
        for each in pairs.order_by("started_on", "pk")
    ]


def total_of(lines: Iterable[LedgerLine]) -> Credit:
    """A ledger summed up."""
    total = NOTHING
    for line in lines:
        total += line.credit
    return total


def years_of(mentor_id: UUID, *, on: dt.date) -> list[int]:
    """The years in which somebody mentored, newest first."""
    first = (
        Mentorship.objects.filter(mentor=mentor_id, state__in=BEGUN)
        .order_by("started_on")
        .values_list("started_on", flat=True)
        .first()
    )
    return list(range(on.year, first.year - 1, -1)) if first else []


def mentors_in(year: int) -> QuerySet[Person]:
    """Everybody who mentored in a year, by name."""
    mentors = mentorships_in(year).values("mentor")
    return Person.objects.filter(pk__in=mentors).order_by("search_key", "pk")


def count_mentors_in(year: int) -> int:
    """How many they are, counted without reading who they are."""
    return mentorships_in(year).values("mentor").distinct().count()


def mentor_years(
    year: int, *, on: dt.date, rule: CreditRule | None, mentors: Sequence[Person] | None = None
) -> list[MentorYear]:
    """Everybody who mentored in a year by name, or some of them in their order. A constant number of
    queries."""
    people = list(mentors_in(year)) if mentors is None else mentors
    asked = None if mentors is None else [person.pk for person in people]
    worth = worth_of(rule)
    months: defaultdict[UUID, list[int]] = defaultdict(list)
    mentees: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for mentor, mentee, start, over in _of(mentorships_in(year), "mentor", asked).values_list(
        "mentor_id", "mentee_id", "started_on", "over_on"
    ):
        months[mentor].append(_months(start, over, year, on))
        mentees[mentor].add(mentee)
    missing: defaultdict[UUID, list[str]] = defaultdict(list)
    for mentor, quarter in sorted(logs_owed(year, on=on, mentors=asked) - logs_made(year, mentors=asked)):
        missing[mentor].append(quarter)
    raters = _raters(year, on, asked)
    return [
        MentorYear(
            person,
            len(mentees[person.pk]),
            credit_for(sum(months[person.pk]), worth),
            max(months[person.pk]) == MONTHS,
            tuple(missing[person.pk]),
            raters.get(person.pk, 0),
        )
        for person in people
    ]


def closed_quarters(year: int, on: dt.date) -> list[str]:
    """The quarters of a year whose days of grace are over."""
    quarters = [f"{year}Q{number}" for number in range(1, 5)]
    return [each for each in quarters if quarter_end(each) + GRACE < on]


def logs_owed(year: int, *, on: dt.date, mentors: Collection[UUID] | None = None) -> set[tuple[UUID, str]]:
    """Mentors with the closed quarters of a year in which they owed a log; of some mentors, if they are
    named. One query."""
    quarters = closed_quarters(year, on)
    ran = {f"in_{each}": BoolOr(ExpressionWrapper(ran_in(each), BooleanField())) for each in quarters}
    rows = _of(mentorships_in(year), "mentor", mentors).values_list("mentor").annotate(**ran).order_by()
    return {
        (mentor, quarter)
        for mentor, *owes in rows
        for quarter, owed in zip(quarters, owes, strict=True)
        if owed
    }


def logs_made(year: int, *, mentors: Collection[UUID] | None = None) -> set[tuple[UUID, str]]:
    """Mentors with the quarters of a year in which they logged something. One query."""
    made = _of(Exposure.objects.filter(day__year=year), "mentorship__mentor", mentors)
    rows = made.values_list("mentorship__mentor", ExtractQuarter("day")).order_by().distinct()
    return {(mentor, f"{year}Q{number}") for mentor, number in rows}


def _raters(year: int, on: dt.date, mentors: Collection[UUID] | None) -> dict[UUID, int]:
    """By mentor how many mentees rated in the closed quarters of a year."""
    given = Satisfaction.objects.filter(side=Side.MENTEE, quarter__in=closed_quarters(year, on))
    rows = _of(given, "mentorship__mentor", mentors).values_list("mentorship__mentor")
    return dict(rows.annotate(raters=Count("mentorship__mentee", distinct=True)).order_by())


def _of(rows: QuerySet[Row], path: str, mentors: Collection[UUID] | None) -> QuerySet[Row]:
    return rows if mentors is None else rows.filter(**{f"{path}__in": mentors})


def _months(start: dt.date | None, over: dt.date | None, year: int, on: dt.date) -> int:
    return months_in_year(start, over, year, until=on) if start else 0
