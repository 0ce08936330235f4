"""Questions about mentorships, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from mentoring.enums import ALIVE, Initiator, MentorshipState, Tier
from mentoring.models import Mentorship
from mentoring.permissions import can_see_mentorship
from people.enums import Role
from people.member import Member
from people.models import CohortMembership, RoleGrant
from people.queries import in_force

SHOWN_OF_THE_PAST = 20


def mentorships() -> QuerySet[Mentorship]:
    """With the two people and where they work."""
    return Mentorship.objects.select_related("mentor__unit", "mentee__unit")


def mentorships_shown_to(person_id: UUID) -> QuerySet[Mentorship]:
    """A person's own. A mentee sees what the mentor has not accepted only if they asked."""
    unseen = Q(mentee=person_id, accepted_on=None) & ~Q(initiator=Initiator.MENTEE)
    return mentorships().filter(Q(mentor=person_id) | Q(mentee=person_id)).exclude(unseen)


def mentors_of(person_id: UUID) -> QuerySet[Mentorship]:
    """Running ones in which somebody is the mentee, the oldest first."""
    running = Mentorship.objects.filter(mentee=person_id, state=MentorshipState.ACTIVE)
    return running.select_related("mentor").order_by("started_on", "pk")


def waiting_for(person_id: UUID) -> QuerySet[Mentorship]:
    """What somebody has to answer: offers as a mentor, acceptances as a mentee. The oldest first."""
    return (
        mentorships()
        .filter(
            Q(mentor=person_id, state=MentorshipState.OFFERED)
            | Q(mentee=person_id, state=MentorshipState.ACCEPTED)
        )
        .order_by("offered_on", "pk")
    )


def mentorship_visible_to(member: Member, mentorship_id: UUID, *, on: dt.date) -> Mentorship | None:
    """One of the own, or of a cohort the member directs; the mentee's cohorts are on it as `cohort_ids`."""
    cohorts = CohortMembership.objects.filter(in_force(on), person=OuterRef("mentee")).values("cohort_id")
    mentorship = (
        mentorships()
        .select_related("over_by")
        .annotate(cohort_ids=ArraySubquery(cohorts))
        .filter(pk=mentorship_id)
        .first()
    )
    if mentorship is None or not can_see_mentorship(member, mentorship, cohorts_of_mentee(mentorship)):
        return None
    return mentorship


def living_in_tier(mentorship: Mentorship) -> tuple[Mentorship | None, Mentorship | None]:
    """What runs in the tier of a mentorship's mentee, and what has been asked and not begun; one query."""
    found = mentorships().filter(mentee=mentorship.mentee_id, tier=mentorship.tier, state__in=ALIVE)
    running, asked = None, None
    for each in found:
        running, asked = (each, asked) if each.is_running else (running, each)
    return running, asked


def cohorts_of_mentee(mentorship: Mentorship) -> frozenset[UUID]:
    """Of a mentorship that came from `mentorship_visible_to`."""
    return frozenset(mentorship.cohort_ids)  # type: ignore[attr-defined]  # annotated


def cohorts_of(person_id: UUID, *, on: dt.date) -> QuerySet[CohortMembership, UUID]:
    """The cohorts somebody is in on a day."""
    return CohortMembership.objects.filter(in_force(on), person=person_id).values_list("cohort_id", flat=True)


def directors_of_mentee(person_id: UUID, *, on: dt.date) -> set[UUID]:
    """Who directs a programme of somebody, or all of them."""
    directs = Q(cohort=None) | Q(cohort__in=cohorts_of(person_id, on=on))
    grants = RoleGrant.objects.filter(directs, role=Role.PROGRAMME_DIRECTOR)
    return set(grants.values_list("person_id", flat=True))


@dataclass(frozen=True, slots=True)
class Place:
    """A tier of somebody's mentors, taken or open. `asked`: somebody was asked, and it has not begun."""

    tier: Tier
    mentorship: Mentorship | None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Relations:
    """Everybody somebody learns from and helps on, as their own page shows it."""

    places: list[Place]
    mentees: list[Mentorship]
    waiting: list[Mentorship]
    past: list[Mentorship]

    @property
    def has_mentor(self) -> bool:
        """Whether there is anything to show of one's mentors."""
        return any(place.mentorship is not None or place.asked for place in self.places)


def relations_of(person_id: UUID) -> Relations:
    """A person's mentorships: living ones by what they are, the latest of the past. Two queries.
    Of offers that they do not see yet they learn the tier alone."""
    alive: list[Mentorship] = []
    past: list[Mentorship] = []
    for mentorship in mentorships_shown_to(person_id).order_by("-offered_on", "pk"):
        (alive if mentorship.state in ALIVE else past).append(mentorship)
    offers = Mentorship.objects.filter(mentee=person_id, state=MentorshipState.OFFERED)
    asked = set(offers.values_list("tier", flat=True))
    own = [each for each in alive if each.mentee_id == person_id]
    asked |= {each.tier for each in own if each.is_before_start}
    # What runs stands in the place until what follows has begun.
    mine = {Tier(each.tier): each for each in sorted(own, key=lambda each: each.is_running)}
    return Relations(
        places=[Place(tier, mine.get(tier), tier in asked) for tier in Tier],
        mentees=sorted((each for each in alive if each.mentor_id == person_id), key=_by_mentee),
        waiting=[each for each in reversed(alive) if each.waits_for == person_id],
        past=[each for each in past if each.state == MentorshipState.ENDED][:SHOWN_OF_THE_PAST],
    )


def _by_mentee(mentorship: Mentorship) -> tuple[str, str]:
    return mentorship.mentee.search_key, str(mentorship.pk)
