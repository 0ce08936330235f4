"""The credit ledger: computed from mentorships and rule each time, so that it always agrees with them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from mentoring.credit import MONTHS, NOTHING, Credit, Worth, credit_for, months_in_year
from mentoring.enums import Side
from mentoring.exposure_queries import BEGUN, mentorships_owing
from mentoring.models import CreditRule, Exposure, Mentorship, Satisfaction
from mentoring.models.credit import FULL_TIME_HOURS
from people.models import Person
from surveys.pulse_calendar import GRACE
from tenancy.jobs.periods import quarter_end, quarter_of


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


def mentor_years(year: int, *, on: dt.date) -> list[MentorYear]:
    """Everybody who mentored in a year, by name. A constant number of queries."""
    worth = worth_of(rule_for(year))
    months: defaultdict[UUID, list[int]] = defaultdict(list)
    mentees: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for mentor, mentee, start, over in mentorships_in(year).values_list(
        "mentor_id", "mentee_id", "started_on", "over_on"
    ):
        months[mentor].append(_months(start, over, year, on))
        mentees[mentor].add(mentee)
    missing, raters = _missing_logs(year, on), _raters(year, on)
    return [
        MentorYear(
            person,
            len(mentees[person.pk]),
            credit_for(sum(months[person.pk]), worth),
            max(months[person.pk]) == MONTHS,
            tuple(missing[person.pk]),
            raters.get(person.pk, 0),
        )
        for person in Person.objects.filter(pk__in=months).order_by("search_key", "pk")
    ]


def closed_quarters(year: int, on: dt.date) -> list[str]:
    """The quarters of a year whose days of grace are over."""
    quarters = [f"{year}Q{number}" for number in range(1, 5)]
    return [each for each in quarters if quarter_end(each) + GRACE < on]


def _missing_logs(year: int, on: dt.date) -> dict[UUID, list[str]]:
    """By mentor the closed quarters in which a log was owed and none came. Five queries at most."""
    days = Exposure.objects.filter(day__year=year).values_list("mentorship__mentor", "day").distinct()
    logged = {(mentor, quarter_of(day)) for mentor, day in days}
    missing: defaultdict[UUID, list[str]] = defaultdict(list)
    for quarter in closed_quarters(year, on):
        for mentor in set(mentorships_owing(quarter).values_list("mentor_id", flat=True)):
            if (mentor, quarter) not in logged:
                missing[mentor].append(quarter)
    return missing


def _raters(year: int, on: dt.date) -> dict[UUID, int]:
    """By mentor how many mentees rated in the closed quarters of a year."""
    given = Satisfaction.objects.filter(side=Side.MENTEE, quarter__in=closed_quarters(year, on))
    rows = given.values_list("mentorship__mentor").annotate(raters=Count("mentorship__mentee", distinct=True))
    return dict(rows.order_by())


def _months(start: dt.date | None, over: dt.date | None, year: int, on: dt.date) -> int:
    return months_in_year(start, over, year, until=on) if start else 0
