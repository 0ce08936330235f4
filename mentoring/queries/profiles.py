"""Questions about mentors, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mentoring.enums import Tier
from mentoring.models import Capacity, Expertise, Interest, MentorProfile, WeeklyHours
from mentoring.queries.rule import rule_in_force
from mentoring.tiers import offered_tiers
from people.enums import CareerStage, PositionType
from people.models import Appointment, CohortMembership, Person
from people.queries import in_force


def profile_of(person_id: UUID) -> MentorProfile | None:
    """Somebody's own profile, with places; None for whoever never made one."""
    return MentorProfile.objects.filter(person=person_id).prefetch_related("capacities").first()


def expertise_of(mentor: MentorProfile | None) -> set[UUID]:
    """The tags a mentor offers, without those that were retired since."""
    if mentor is None:
        return set()
    offered = Expertise.objects.filter(mentor=mentor, tag__retired_on=None)
    return set(offered.values_list("tag_id", flat=True))


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the matching lacks of somebody, as the Today page asks for it."""

    offers: bool  # takes new mentees
    has_hours: bool
    problem: str  # with the calendar
    is_in_cohort: bool
    has_interests: bool


def unprepared(person_id: UUID, *, on: dt.date) -> QuerySet[Person, dict[str, Any]]:
    """Somebody of whom the next matching lacks something, on either side: one row of `Prepared`, or none."""
    offer = MentorProfile.objects.filter(person=OuterRef("pk"), offering=True)
    own = Person.objects.filter(pk=person_id).annotate(
        offers=Exists(offer),
        has_hours=Exists(WeeklyHours.objects.filter(mentor__person=OuterRef("pk"))),
        problem=Coalesce(Subquery(offer.values("problem")[:1]), Value("")),
        is_in_cohort=Exists(CohortMembership.objects.filter(in_force(on), person=OuterRef("pk"))),
        has_interests=Exists(Interest.objects.filter(person=OuterRef("pk"), tag__retired_on=None)),
    )
    lacks = Q(is_in_cohort=True, has_interests=False) | Q(offers=True) & (Q(has_hours=False) | ~Q(problem=""))
    found: QuerySet[Person, dict[str, Any]] = own.filter(lacks).values(*Prepared.__slots__)
    return found


def tiers_open_to(person_id: UUID, *, on: dt.date) -> frozenset[Tier]:
    """The tiers in which somebody may offer places on a day. Three queries."""
    stage, grade = Person.objects.values_list("career_stage", "training_grade").get(pk=person_id)
    held = Appointment.objects.filter(in_force(on), person=person_id).values_list("position__type", flat=True)
    return offered_tiers(
        CareerStage(stage),
        grade,
        [PositionType(each) for each in held],
        years_ahead=rule_in_force().years_ahead,
    )


def mentors(*, on: dt.date, tag: UUID | None = None, tier: Tier | None = None) -> QuerySet[MentorProfile]:
    """Who offers to mentor and is here, with all their cards show; of a tag or tier, if one is named."""
    # On the person that is joined for the card: a subquery would look through everybody first.
    here = Q(person__end_date=None) | Q(person__end_date__gte=on)
    found = MentorProfile.objects.filter(here, offering=True)
    if tag is not None:
        found = found.filter(Exists(Expertise.objects.filter(mentor=OuterRef("pk"), tag=tag)))
    if tier is not None:
        places = Capacity.objects.filter(mentor=OuterRef("pk"), tier=tier, places__gt=0)
        found = found.filter(Exists(places))
    offered = Expertise.objects.filter(tag__retired_on=None).select_related("tag").order_by("tag__name")
    return found.select_related("person__unit").prefetch_related(
        Prefetch("expertise", offered), Prefetch("capacities", Capacity.objects.filter(places__gt=0))
    )
