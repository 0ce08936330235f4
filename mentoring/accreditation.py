"""Figures of a year for the annual self-study: counts of the whole organisation, each with what it is of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from mentoring.enums import MentorshipState
from mentoring.models import Exposure, Mentorship, Satisfaction
from mentoring.queries.credit import closed_quarters, logs_made, logs_owed, mentorships_in
from mentoring.queries.exposure import ran_in
from people.models import CohortMembership
from people.queries import gone, in_force
from web.numbers import decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A count and what it is out of; None where it is of nothing."""

    label: str
    count: int
    of: int | None = None

    @property
    def share(self) -> str:
        """In whole percent; empty where there is nothing to be a share of."""
        return f"{decimal(100 * self.count / self.of, 0)} %" if self.of else ""


def figures_for(year: int, *, on: dt.date) -> list[Figure]:
    """Mentees, mentorships, exposure logs and ratings of a year, as they stand on a day of it or at its end.
    A constant number of queries."""
    day = min(on, dt.date(year, 12, 31))
    return [*_mentees(day), *_mentorships(year), *_logs(year, on), *_ratings(year, on)]


def _mentees(day: dt.date) -> list[Figure]:
    """Of memberships and mentorships: from the people's side PostgreSQL would read all who work here."""
    members = CohortMembership.objects.filter(in_force(day)).exclude(person__in=gone(day))
    running = Mentorship.objects.filter(
        Q(over_on=None) | Q(over_on__gt=day), mentee__in=members.values("person"), started_on__lte=day
    )
    people = members.aggregate(n=Count("person", distinct=True))["n"]
    mentored = running.aggregate(n=Count("mentee", distinct=True))["n"]
    return [
        Figure(_("People in a programme"), people),
        Figure(_("of them with a mentor"), mentored, people),
        Figure(_("of them without a mentor (target 0)"), people - mentored, people),
    ]


def _mentorships(year: int) -> list[Figure]:
    row = mentorships_in(year).aggregate(
        all=Count("pk"),
        mentors=Count("mentor", distinct=True),
        begun=Count("pk", filter=Q(started_on__year=year)),
        ended=Count("pk", filter=Q(state=MentorshipState.ENDED, over_on__year=year)),
    )
    return [
        Figure(_("Mentors"), row["mentors"]),
        Figure(_("Mentorships that ran"), row["all"]),
        Figure(_("of them begun in the year"), row["begun"], row["all"]),
        Figure(_("of them ended in the year"), row["ended"], row["all"]),
    ]


def _logs(year: int, on: dt.date) -> list[Figure]:
    row = Exposure.objects.filter(day__year=year).aggregate(
        all=Count("pk"), mentees=Count("mentorship__mentee", distinct=True)
    )
    mentees = mentorships_in(year).aggregate(mentees=Count("mentee", distinct=True))["mentees"]
    owed = logs_owed(year, on=on)
    return [
        Figure(_("Looks at leadership logged"), row["all"]),
        Figure(_("Mentees who were given one"), row["mentees"], mentees),
        Figure(_("Quarterly logs made, of those asked for"), len(owed & logs_made(year)), len(owed)),
    ]


def _ratings(year: int, on: dt.date) -> list[Figure]:
    quarters = closed_quarters(year, on)
    given = Satisfaction.objects.filter(quarter__in=quarters).count()
    asked = Mentorship.objects.aggregate(
        **{f"in_{quarter}": Count("pk", filter=ran_in(quarter)) for quarter in quarters}
    )
    return [Figure(_("Ratings given, by both sides"), given, 2 * sum(asked.values()))]
