"""Questions about pools and who is in them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from people.member import Member
from people.models import Appointment, Position
from people.queries import in_force
from succession.enums import OPEN_STATES, CandidacyState
from succession.models import Candidacy, Pool, ReadinessAssessment
from succession.permissions import can_see_candidacy
from succession.seats import PoolSeat


def pools() -> QuerySet[Pool]:
    return Pool.objects.select_related("position", "position__unit", "keeper")


def owned_by(person_id: UUID, *, on: dt.date) -> Q:
    """Pools of positions that somebody holds, and those they keep while nobody does."""
    holding = Appointment.objects.filter(in_force(on), position=OuterRef("position"))
    return Q(Exists(holding.filter(person=person_id))) | (Q(keeper=person_id) & ~Q(Exists(holding)))


def pools_owned_by(person_id: UUID, *, on: dt.date) -> QuerySet[Pool]:
    return pools().filter(owned_by(person_id, on=on)).order_by("position__title", "pk")


def seat_at(member: Member, pool: Pool | None, *, on: dt.date) -> PoolSeat:
    """Where a member stands towards a pool; one query."""
    return PoolSeat(
        pool is not None and Pool.objects.filter(owned_by(member.person_id, on=on), pk=pool.pk).exists()
    )


def pool_of(position_id: UUID) -> Pool | None:
    return pools().filter(position=position_id).first()


def candidacies() -> QuerySet[Candidacy]:
    """With their people, positions and ratings, the newest first."""
    ratings = ReadinessAssessment.objects.select_related("assessed_by").order_by("-at")
    return Candidacy.objects.select_related(
        "person", "person__unit", "proposed_by", "pool", "pool__position", "pool__position__unit"
    ).prefetch_related(Prefetch("assessments", queryset=ratings, to_attr="ratings"))


def candidates_of(pool: Pool) -> list[Candidacy]:
    """Who is in the pool or asked: two queries. `newest` is the rating in force."""
    found = (
        candidacies().filter(pool=pool, state__in=OPEN_STATES).order_by("state", "person__search_key", "pk")
    )
    return [with_newest(each) for each in found]


def former_candidates_of(pool: Pool) -> QuerySet[Candidacy]:
    """Who declined or is no longer in it, the latest first."""
    over = Candidacy.objects.exclude(state__in=OPEN_STATES).filter(pool=pool)
    return over.select_related("person").order_by("-over_on", "pk")


def with_newest(candidacy: Candidacy) -> Candidacy:
    ratings: list[ReadinessAssessment] = candidacy.ratings  # type: ignore[attr-defined]  # prefetched
    candidacy.newest = ratings[0] if ratings else None  # type: ignore[attr-defined]
    return candidacy


def candidacy_visible_to(
    member: Member, candidacy_id: UUID, *, on: dt.date
) -> tuple[Candidacy, PoolSeat] | None:
    found = candidacies().filter(pk=candidacy_id).first()
    if found is None:
        return None
    seat = seat_at(member, found.pool, on=on)
    if not can_see_candidacy(member, seat, found.person_id):
        return None
    return with_newest(found), seat


def own_candidacies(person_id: UUID) -> QuerySet[Candidacy]:
    """What somebody was asked for, and is in."""
    return candidacies().filter(person=person_id).order_by("-proposed_on", "pk")


def asked_of(person_id: UUID) -> QuerySet[Candidacy]:
    """What waits for somebody's yes or no."""
    return own_candidacies(person_id).filter(state=CandidacyState.ASKED)


def other_pools_of(candidacy: Candidacy) -> QuerySet[Candidacy]:
    """In which other pools the same person is: counted twice on paper, they can take one position."""
    others = Candidacy.objects.filter(person=candidacy.person_id, state=CandidacyState.MEMBER)
    return others.exclude(pk=candidacy.pk).select_related("pool__position").order_by("pool__position__title")


def positions_without_pool() -> QuerySet[Position]:
    return Position.objects.filter(pools=None)


def pools_to_look_through(person_id: UUID, *, on: dt.date) -> QuerySet[Pool]:
    """Pools of somebody with candidates whom nobody rated within a year."""
    since = (
        on.replace(year=on.year - 1)
        if (on.month, on.day) != (2, 29)
        else on.replace(year=on.year - 1, day=28)
    )
    fresh = ReadinessAssessment.objects.filter(candidacy=OuterRef("pk"), assessed_on__gt=since)
    unrated = Candidacy.objects.filter(~Exists(fresh), pool=OuterRef("pk"), state=CandidacyState.MEMBER)
    return pools_owned_by(person_id, on=on).filter(Exists(unrated))
