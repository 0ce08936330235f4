"""Questions about talent reviews: who sees which, the agenda, and who stood where when one opened."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from people.member import Member
from people.models import Person
from people.queries import gone
from people.terms import months_later
from succession.enums import OPEN_STATES, CandidacyState, Flag, ReviewState
from succession.exposure import Cover, exposure_order, flags_of
from succession.models import (
    Candidacy,
    PoolAction,
    PoolDecision,
    PoolSnapshot,
    ReadinessAssessment,
    TalentReview,
)
from succession.permissions import can_plan_review, can_run_review
from succession.queries.covers import covers


def reviews_visible_to(member: Member) -> QuerySet[TalentReview]:
    """All for HR admins, their own for facilitators; with how many pools they have, of how many something was
    decided. The newest first."""
    mine = Q() if can_plan_review(member) else Q(facilitator=member.person_id)
    snapshots = PoolSnapshot.objects.filter(review=OuterRef("pk")).order_by().values("review")
    return (
        TalentReview.objects.filter(mine)
        .select_related("facilitator", "unit")
        .annotate(
            pools=Subquery(snapshots.annotate(many=Count("pk")).values("many")),
            decided=Subquery(snapshots.annotate(many=Count("decisions")).values("many")),
        )
        .order_by("-held_on", "pk")
    )


def review_visible_to(member: Member, review_id: UUID) -> TalentReview | None:
    found = TalentReview.objects.select_related("facilitator", "unit").filter(pk=review_id).first()
    if found is None or not can_run_review(member, found.facilitator_id):
        return None
    return found


def exposed_pools(review: TalentReview, *, on: dt.date) -> list[tuple[Cover, list[Flag]]]:
    """The pools in scope as they are on a day, the most exposed first. One statement."""
    path = review.unit.path if review.unit else ""
    found = [(each, flags_of(each, on=on)) for each in covers(on=on)]
    in_scope = [one for one in found if one[0].pool_id is not None and one[0].path.startswith(path)]
    return sorted(in_scope, key=lambda one: (*exposure_order(one[1], one[0].title), one[0].position_id))


def agenda_of(review: TalentReview) -> QuerySet[PoolSnapshot]:
    """With what was decided and who does what."""
    return snapshots().filter(review=review).order_by("place")


def snapshots() -> QuerySet[PoolSnapshot]:
    decisions = PoolDecision.objects.select_related("decided_by")
    actions = PoolAction.objects.select_related("owner").order_by("due_on", "pk")
    return PoolSnapshot.objects.select_related("review", "owner").prefetch_related(
        Prefetch("decisions", queryset=decisions, to_attr="decided"),
        Prefetch("actions", queryset=actions, to_attr="given"),
    )


def earlier_snapshots(review: TalentReview, pool_ids: Collection[UUID]) -> dict[UUID, PoolSnapshot]:
    """Of pools, those of the last closed review that covered each, with what it decided and who did what."""
    before = snapshots().filter(pool__in=pool_ids, review__state=ReviewState.CLOSED)
    if review.opened_at is not None:
        before = before.filter(review__opened_at__lt=review.opened_at)
    newest = before.order_by("pool", "-review__opened_at").distinct("pool")
    return {each.pool_id: each for each in newest}


def decisions_about(pool_id: UUID) -> QuerySet[PoolSnapshot]:
    """Of closed reviews, the latest first."""
    closed = snapshots().filter(pool=pool_id, review__state=ReviewState.CLOSED)
    return closed.order_by("-review__opened_at")


def pools_standing_in(person_id: UUID) -> QuerySet[Candidacy, UUID]:
    """The pools that somebody is in or asked for."""
    own = Candidacy.objects.filter(person=person_id, state__in=OPEN_STATES)
    return own.values_list("pool", flat=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate in a pool at a moment, and the rating that held then, fresh or stale."""

    candidacy: Candidacy
    rating: ReadinessAssessment | None
    is_stale: bool

    @property
    def person(self) -> Person:
        return self.candidacy.person

    @property
    def band(self) -> str | None:
        """What counts: nothing of a stale rating."""
        return self.rating.band if self.rating and not self.is_stale else None


def standings(pool_ids: Collection[UUID], *, at: dt.datetime, months: int) -> dict[UUID, list[Standing]]:
    """Who was in which pool at a moment, by name. `months`: after how many a rating was stale by the rule of
    that day. Two statements, however many pools: ratings are never changed, so that they can be asked."""
    day = timezone.localdate(at)
    held = (
        Candidacy.objects.filter(
            Q(over_on=None) | Q(over_on__gt=day),
            pool__in=pool_ids,
            answered_on__lte=day,
            state__in=[CandidacyState.MEMBER, CandidacyState.LEFT],
        )
        .exclude(person__in=gone(day))
        .select_related("person")
        .order_by("person__search_key", "pk")
    )
    people = list(held)
    ratings = ReadinessAssessment.objects.filter(candidacy__in=[each.pk for each in people], at__lte=at)
    newest = ratings.select_related("assessed_by").order_by("candidacy", "-at").distinct("candidacy")
    by_candidacy = {each.candidacy_id: each for each in newest}
    since = months_later(day, -months)
    found: defaultdict[UUID, list[Standing]] = defaultdict(list)
    for each in people:
        rating = by_candidacy.get(each.pk)
        stale = rating is not None and rating.assessed_on <= since
        found[each.pool_id].append(Standing(each, rating, stale))
    return found


def actions_of(person_id: UUID) -> QuerySet[PoolAction]:
    """What somebody was given, what waits first."""
    given = PoolAction.objects.filter(owner=person_id).select_related(
        "snapshot", "snapshot__review", "given_by"
    )
    return given.order_by(F("done_on").desc(nulls_first=True), "due_on", "pk")


def actions_waiting_for(person_id: UUID) -> QuerySet[PoolAction]:
    waiting = PoolAction.objects.filter(owner=person_id, done_on=None).select_related("snapshot")
    return waiting.order_by("due_on", "pk")


def reviews_to_run(person_id: UUID, *, until: dt.date) -> QuerySet[TalentReview]:
    """What a facilitator has in hand: open ones, and planned ones up to a day."""
    own = TalentReview.objects.filter(facilitator=person_id)
    return own.filter(Q(state=ReviewState.OPEN) | Q(state=ReviewState.PLANNED, held_on__lte=until)).order_by(
        "held_on", "pk"
    )
