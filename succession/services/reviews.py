"""Planning, opening, holding and closing a talent review."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Person, Unit
from people.notices import notify
from succession import notices
from succession.enums import Flag, ReviewState
from succession.exposure import Cover
from succession.models import PoolAction, PoolDecision, PoolSnapshot, TalentReview
from succession.permissions import (
    ACTION_IS_DONE_BY,
    POOL_IS_DISCUSSED_BY,
    REVIEW_IS_RUN_BY,
    REVIEWS_ARE_PLANNED_BY,
    can_finish_action,
    can_plan_review,
    can_run_review,
)
from succession.queries.reviews import exposed_pools, pools_standing_in


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """When, by whom, of which pools: all, or those of a unit and the units below it."""

    title: str
    held_on: dt.date
    facilitator: Person
    unit: Unit | None = None


@transaction.atomic
def plan_review(plan: ReviewPlan, *, by: Member) -> TalentReview:
    """The facilitator is told."""
    demand(can_plan_review(by), REVIEWS_ARE_PLANNED_BY)
    _check(plan)
    made = TalentReview.objects.create(
        title=plan.title.strip(),
        held_on=plan.held_on,
        facilitator=plan.facilitator,
        unit=plan.unit,
        planned_by_id=by.person_id,
    )
    notify({plan.facilitator.pk} - {by.person_id}, notices.review_planned(made))
    return made


def _check(plan: ReviewPlan) -> None:
    today = timezone.localdate()
    if not plan.title.strip():
        raise ValidationError({"title": _("Give it a name: people look for it later.")})
    if plan.held_on < today:
        raise ValidationError({"held_on": _("A review is planned for today or a day to come.")})
    if plan.facilitator.has_left(today):
        said = _("%(name)s no longer works here.") % {"name": plan.facilitator.name}
        raise ValidationError({"facilitator": said})


@transaction.atomic
def change_review(review: TalentReview, plan: ReviewPlan, *, by: Member) -> TalentReview:
    """While it is planned. Another facilitator is told."""
    demand(can_plan_review(by), REVIEWS_ARE_PLANNED_BY)
    _check(plan)
    locked = _locked(review, by=by)
    _require_planned(locked)
    is_another = locked.facilitator_id != plan.facilitator.pk
    locked.title, locked.held_on = plan.title.strip(), plan.held_on
    locked.facilitator, locked.unit = plan.facilitator, plan.unit
    locked.save(update_fields=["title", "held_on", "facilitator", "unit"])
    if is_another:
        notify({plan.facilitator.pk} - {by.person_id}, notices.review_planned(locked))
    return locked


@transaction.atomic
def cancel_review(review: TalentReview, *, by: Member) -> None:
    """One that never opened."""
    demand(can_plan_review(by), REVIEWS_ARE_PLANNED_BY)
    locked = _locked(review, by=by)
    _require_planned(locked)
    locked.delete()


@transaction.atomic
def open_review(review: TalentReview, *, by: Member) -> TalentReview:
    """Every pool in scope is kept as it is now: one statement reads all, one writes all. It is held on the
    day on which it opens, whatever was planned."""
    locked = _locked(review, by=by)
    _require_planned(locked)
    exposed = exposed_pools(locked, on=timezone.localdate())
    if not exposed:
        raise ValidationError(_("There is no pool in its scope: set up pools first."))
    locked.state, locked.opened_at, locked.held_on = ReviewState.OPEN, timezone.now(), timezone.localdate()
    locked.save(update_fields=["state", "opened_at", "held_on"])
    PoolSnapshot.objects.bulk_create(
        snapshot_of(locked, cover, flags, place) for place, (cover, flags) in enumerate(exposed, start=1)
    )
    return locked


def snapshot_of(review: TalentReview, cover: Cover, flags: list[Flag], place: int) -> PoolSnapshot:
    assert cover.pool_id is not None  # noqa: S101 - in scope are pools
    return PoolSnapshot(
        review=review,
        pool_id=cover.pool_id,
        place=place,
        title=cover.title,
        unit_name=cover.unit,
        owner_id=cover.owner_id,
        term_ends=cover.term_ends,
        ready_target=cover.ready_target,
        soon_target=cover.soon_target,
        members=cover.members,
        ready_now=cover.ready,
        one_two=cover.soon - cover.ready,
        three_five=cover.three_five,
        later=cover.later,
        stale=cover.stale,
        unassessed=cover.unassessed,
        interim_cover=cover.interim_cover,
        flags=[flag.value for flag in flags],
    )


@transaction.atomic
def decide(snapshot: PoolSnapshot, *, words: str, reason: str, by: Member) -> PoolDecision:
    """What comes of the pool, and why. Said again before the review closes, it takes the place of what was
    said."""
    _demand_discussion(snapshot, by=by)
    if not words.strip():
        raise ValidationError({"words": _("Say what you decided.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: whoever looks at it in a year asks for it.")})
    decision, _made = PoolDecision.objects.update_or_create(
        snapshot=snapshot,
        defaults={
            "words": words.strip(),
            "reason": reason.strip(),
            "decided_by_id": by.person_id,
            "decided_at": timezone.now(),
        },
    )
    return decision


@transaction.atomic
def give_action(
    snapshot: PoolSnapshot, *, words: str, owner: Person, due_on: dt.date, by: Member
) -> PoolAction:
    """Somebody does something until a day. They are told, not what it is: they read it on the page."""
    _demand_discussion(snapshot, by=by)
    if not words.strip():
        raise ValidationError({"words": _("Say what is to be done.")})
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": _("An action is due today or on a day to come.")})
    made = PoolAction.objects.create(
        snapshot=snapshot, words=words.strip(), owner=owner, due_on=due_on, given_by_id=by.person_id
    )
    notify({owner.pk} - {by.person_id}, notices.action_given(made))
    return made


@transaction.atomic
def take_back_action(action: PoolAction, *, by: Member) -> None:
    """While the review is open."""
    _demand_discussion(action.snapshot, by=by)
    PoolAction.objects.filter(pk=action.pk).delete()


@transaction.atomic
def finish_action(action: PoolAction, *, by: Member) -> PoolAction:
    """By its owner, also when the review has closed."""
    locked = PoolAction.objects.select_for_update().get(pk=action.pk)
    demand(can_finish_action(by, locked.owner_id), ACTION_IS_DONE_BY)
    if locked.done_on is not None:
        raise ValidationError(_("It has been done meanwhile."))
    locked.done_on = timezone.localdate()
    locked.save(update_fields=["done_on"])
    return locked


@transaction.atomic
def close_review(review: TalentReview, *, by: Member) -> TalentReview:
    """Nothing is changed from now on. Owners of pools about which something was decided are told."""
    locked = _locked(review, by=by)
    _require_open(locked)
    locked.state, locked.closed_at = ReviewState.CLOSED, timezone.now()
    locked.save(update_fields=["state", "closed_at"])
    decided = PoolDecision.objects.filter(snapshot__review=locked, snapshot__owner__isnull=False)
    owners = set(decided.values_list("snapshot__owner", flat=True))
    notify(owners - {by.person_id, None}, notices.review_closed(locked))
    return locked


def _locked(review: TalentReview, *, by: Member) -> TalentReview:
    locked = TalentReview.objects.select_related("unit").select_for_update(of=("self",)).get(pk=review.pk)
    demand(can_run_review(by, locked.facilitator_id), REVIEW_IS_RUN_BY)
    return locked


def _require_planned(review: TalentReview) -> None:
    if not review.is_planned:
        raise ValidationError(_("It has been opened meanwhile."))


def _require_open(review: TalentReview) -> None:
    if not review.is_open:
        raise ValidationError(
            _("It has moved on meanwhile: %(state)s.") % {"state": review.get_state_display().lower()}
        )


def _demand_discussion(snapshot: PoolSnapshot, *, by: Member) -> None:
    """The review is locked, so that nobody closes it while something is written; nobody decides about a pool
    in which they stand."""
    review = _locked(snapshot.review, by=by)
    demand(snapshot.pool_id not in pools_standing_in(by.person_id), POOL_IS_DISCUSSED_BY)
    _require_open(review)
