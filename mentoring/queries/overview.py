"""What a programme director asks of all mentorships at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from mentoring.enums import ALIVE, MentorshipState, Tier
from mentoring.models import Contract, Mentorship, Session
from mentoring.queries.contracts import SIGNED
from people.member import Member
from people.models import CohortMembership, Person
from people.queries import employed, gone, in_force
from surveys.distributions import wilson_interval

TIERS = [tier.value for tier in Tier]  # of which a mentee has one running mentorship each at most


def leaders_directed_by(member: Member, *, cohort: UUID | None = None, on: dt.date) -> QuerySet[Person]:
    """The members of the cohorts that somebody directs, or of one of them."""
    return Person.objects.filter(employed(on), _in_cohorts("pk", member, cohort, on))


def mentorships_directed_by(
    member: Member, *, state: str = "", tier: str = "", cohort: UUID | None = None, on: dt.date
) -> QuerySet[Mentorship]:
    """Mentorships of those leaders, with whether a contract is signed and when they met; newest first."""
    found = Mentorship.objects.filter(_in_cohorts("mentee", member, cohort, on))
    if state:
        found = found.filter(state=state)
    if tier:
        found = found.filter(tier=tier)
    met = Session.objects.filter(
        mentorship=OuterRef("pk"), cancelled_at=None, starts_at__lte=timezone.now()
    ).values("mentorship")
    return (
        found.select_related("mentor", "mentee__unit")
        .annotate(
            has_contract=Exists(Contract.objects.filter(SIGNED, mentorship=OuterRef("pk"))),
            met_at=Subquery(met.annotate(last=Max("starts_at")).values("last")),
        )
        .order_by("-offered_on", "pk")
    )


def leaders_without_mentor(
    member: Member, *, tier: str = "", cohort: UUID | None = None, on: dt.date
) -> QuerySet[Person]:
    """Whom nobody mentors today, in a tier or at all; with how many offers are on their way."""
    under_way = Mentorship.objects.filter(
        mentee=OuterRef("pk"), state__in=ALIVE - {MentorshipState.ACTIVE}, **({"tier": tier} if tier else {})
    ).values("mentee")
    return (
        leaders_directed_by(member, cohort=cohort, on=on)
        .filter(~_mentored(tier))
        .select_related("unit")
        .annotate(under_way=Subquery(under_way.annotate(n=Count("pk")).values("n")))
        .order_by("search_key", "pk")
    )


@dataclass(frozen=True, slots=True)
class Share:
    """How many of n, with the interval of Wilson; shares 0 to 1, None of nobody."""

    n: int
    count: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Leaders without any mentor, and without one of each tier."""

    without: Share
    by_tier: dict[Tier, Share]


def coverage_of(member: Member, *, cohort: UUID | None = None, on: dt.date) -> Coverage:
    """The share of leaders whom nobody mentors (R172, target 0). Two queries, of memberships and mentorships:
    from the people's side PostgreSQL would read everybody who works here."""
    leaders = _memberships(member, cohort, on).exclude(person__in=gone(on))
    running = Mentorship.objects.filter(mentee__in=leaders.values("person"), state=MentorshipState.ACTIVE)
    n = leaders.aggregate(n=Count("person", distinct=True))["n"]
    mentored = running.aggregate(
        any=Count("mentee", distinct=True), **{tier: Count("pk", filter=Q(tier=tier)) for tier in TIERS}
    )
    return Coverage(
        share_of(n - mentored["any"], n), {tier: share_of(n - mentored[tier.value], n) for tier in Tier}
    )


def share_of(count: int, n: int) -> Share:
    if n == 0:
        return Share(0, 0, None, None, None)
    interval = wilson_interval(np.array([count]), np.array([n]))
    return Share(n, count, count / n, float(interval.low[0]), float(interval.high[0]))


def _mentored(tier: str) -> Exists:
    running = Mentorship.objects.filter(mentee=OuterRef("pk"), state=MentorshipState.ACTIVE)
    return Exists(running.filter(tier=tier) if tier else running)


def _in_cohorts(person: str, member: Member, cohort: UUID | None, on: dt.date) -> Q:
    """The rows whose field `person` is in a cohort that the member directs."""
    return Q(Exists(_memberships(member, cohort, on).filter(person=OuterRef(person))))


def _memberships(member: Member, cohort: UUID | None, on: dt.date) -> QuerySet[CohortMembership]:
    """In the cohorts that the member directs, or in one of them."""
    there = CohortMembership.objects.filter(in_force(on))
    if not member.directs_everyone:
        there = there.filter(cohort__in=member.directed_cohorts)
    return there if cohort is None else there.filter(cohort=cohort)
