"""Questions about the exposure log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mentoring.enums import MentorshipState
from mentoring.exposure.calendar import LEAST_DAYS
from mentoring.models import Exposure, ExposureReminder, ExposureReview, Mentorship
from people.enums import Role
from people.member import Member
from people.models import CohortMembership, Person, RoleGrant
from people.queries import employed, in_force
from tenancy.jobs.periods import quarter_end, quarter_start

BEGUN = [MentorshipState.ACTIVE, MentorshipState.ENDED]


def in_quarter(quarter: str) -> Q:
    """Exposures of a quarter."""
    return Q(day__gte=quarter_start(quarter), day__lte=quarter_end(quarter))


def ran_in(quarter: str) -> Q:
    """Mentorships that ran, or are going to run, long enough in a quarter to owe a log of it."""
    begin, end, least = quarter_start(quarter), quarter_end(quarter), dt.timedelta(days=LEAST_DAYS)
    lasted = Q(over_on__gte=begin + least) & Q(over_on__gte=F("started_on") + least)
    begun = Q(state__in=BEGUN, started_on__lte=end + dt.timedelta(days=1) - least)
    return begun & (Q(over_on=None) | lasted)


def mentorships_owing(quarter: str) -> QuerySet[Mentorship]:
    """The mentorships whose mentors owe a log of a quarter."""
    return Mentorship.objects.filter(ran_in(quarter))


def mentors_without_log(quarter: str, *, on: dt.date) -> QuerySet[Person]:
    """The mentors here on a day who owe a log of a quarter and have logged nothing in it."""
    logged = Exposure.objects.filter(in_quarter(quarter), mentorship__mentor=OuterRef("pk"))
    owing = mentorships_owing(quarter).filter(mentor=OuterRef("pk"))
    return Person.objects.filter(Exists(owing), ~Exists(logged), employed(on)).order_by("pk")


def mentorships_to_log(mentor_id: UUID, *, since: dt.date) -> QuerySet[Mentorship]:
    """The mentorships for which a mentor may log something that happened since a day."""
    return (
        Mentorship.objects.filter(Q(over_on=None) | Q(over_on__gte=since), mentor=mentor_id, state__in=BEGUN)
        .select_related("mentee")
        .order_by("mentee__search_key", "pk")
    )


def exposures_given_by(mentor_id: UUID) -> QuerySet[Exposure]:
    """What a mentor logged, newest first."""
    return (
        Exposure.objects.filter(mentorship__mentor=mentor_id)
        .select_related("mentorship__mentee")
        .order_by("-day", "-logged_at", "pk")
    )


def exposures_of(mentee_id: UUID) -> QuerySet[Exposure]:
    """What a mentee was given a look at, newest first."""
    return (
        Exposure.objects.filter(mentorship__mentee=mentee_id)
        .select_related("mentorship__mentor")
        .order_by("-day", "pk")
    )


def mentees_in(cohort_ids: Collection[UUID], *, on: dt.date) -> QuerySet[CohortMembership]:
    """Who is in some cohorts on a day."""
    return CohortMembership.objects.filter(in_force(on), cohort__in=cohort_ids)


def reviews_visible_to(member: Member, *, on: dt.date) -> QuerySet[ExposureReview]:
    """Missing logs of the mentors whose mentees are in a programme that the member directs; HR admins and
    directors of everything see all."""
    reviews = ExposureReview.objects.select_related("mentor", "closed_by")
    if member.has(Role.HR_ADMIN) or member.directs_everyone:
        return reviews
    directed = mentees_in(member.directed_cohorts, on=on).values("person")
    theirs = Mentorship.objects.filter(mentor=OuterRef("mentor"), state__in=BEGUN, mentee__in=directed)
    return reviews.filter(Exists(theirs))


def directors_for(mentor_ids: Collection[UUID], *, on: dt.date) -> set[UUID]:
    """Who is told of missing logs: the directors of the mentors' mentees, and of everything. Two queries."""
    mentees = Mentorship.objects.filter(mentor__in=mentor_ids, state__in=BEGUN).values("mentee")
    cohorts = CohortMembership.objects.filter(in_force(on), person__in=mentees).values("cohort")
    grants = RoleGrant.objects.filter(Q(cohort=None) | Q(cohort__in=cohorts), role=Role.PROGRAMME_DIRECTOR)
    return set(grants.values_list("person_id", flat=True))


def reminders_of(mentor_id: UUID, quarter: str) -> QuerySet[ExposureReminder]:
    """When a mentor was reminded of a quarter."""
    return ExposureReminder.objects.filter(mentor=mentor_id, quarter=quarter).order_by("sent_on")
