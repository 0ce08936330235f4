"""Two talent reviews: one held last year, as the pools were then, and one planned for next week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.utils import timezone

from clinicleader.demo.staff import Staff
from succession.enums import Band, Flag, ReviewState
from succession.exposure import Cover, exposure_order, flags_of
from succession.models import PoolAction, PoolDecision, PoolSnapshot, TalentReview
from succession.models.candidacies import EXPIRES
from succession.queries.reviews import Standing, exposed_pools, pools_standing_in, standings
from succession.services.reviews import snapshot_of

AGO, AHEAD = dt.timedelta(days=340), dt.timedelta(days=7)
DISCUSSED: Final = 12  # pools, the most exposed ones
OUTCOMES: Final = (
    (
        "Ask two more people by the summer.",
        "One candidate is none: whoever leaves takes the bench along.",
        "Talk to the unit leads about whom they see in the role.",
    ),
    (
        "Keep the pool as it is.",
        "The first candidate deputised well, and the term has time left.",
        "Let the first candidate lead the budget round.",
    ),
    (
        "Look beyond the department.",
        "Nobody here is ready within two years, and the term ends before that.",
        "Name three people from the departments beside it.",
    ),
)


def fill_talent_reviews(staff: Staff, today: dt.date) -> None:
    """After the pools. An executive facilitates both; some actions wait."""
    hr, facilitator = staff.part("hr_admin").id, staff.part("executive").id
    then = timezone.now() - AGO
    held = TalentReview.objects.create(
        title=f"Talent review {(today - AGO).year}",
        held_on=today - AGO,
        facilitator_id=facilitator,
        planned_by_id=hr,
        state=ReviewState.OPEN,
        opened_at=then,
    )
    kept = PoolSnapshot.objects.bulk_create(snapshots_then(held, then))
    own = set(pools_standing_in(facilitator))
    discussed = [one for one in kept if one.pool_id not in own][:DISCUSSED]
    decide(discussed, then, by=facilitator, hr=hr)
    held.state, held.closed_at = ReviewState.CLOSED, then + dt.timedelta(hours=2)
    held.save(update_fields=["state", "closed_at"])
    TalentReview.objects.create(
        title=f"Talent review {(today + AHEAD).year}",
        held_on=today + AHEAD,
        facilitator_id=facilitator,
        planned_by_id=hr,
    )


def snapshots_then(review: TalentReview, then: dt.datetime) -> list[PoolSnapshot]:
    """What the review would have kept: terms and candidates of that day."""
    on = timezone.localdate(then)
    covers = [cover for cover, _flags in exposed_pools(review, on=on)]
    people = standings([one.pool_id for one in covers if one.pool_id], at=then, months=EXPIRES)
    counted = [counted_then(one, people[one.pool_id]) for one in covers if one.pool_id]
    flagged = [(one, flags_of(one, on=on)) for one in counted]
    flagged.sort(key=lambda one: exposure_order(one[1], one[0].title))
    return [snapshot_of(review, cover, flags, place) for place, (cover, flags) in enumerate(flagged, start=1)]


def counted_then(cover: Cover, people: list[Standing]) -> Cover:
    bands = Counter(one.band for one in people if one.band)
    return replace(
        cover,
        members=len(people),
        ready=bands[Band.READY_NOW],
        soon=bands[Band.READY_NOW] + bands[Band.ONE_TWO],
        three_five=bands[Band.THREE_FIVE],
        later=bands[Band.LATER],
        stale=sum(one.is_stale for one in people),
        unassessed=sum(one.rating is None for one in people),
        interim_cover=sum(bool(one.band and one.rating and one.rating.interim_cover) for one in people),
    )


def decide(kept: list[PoolSnapshot], then: dt.datetime, *, by: UUID, hr: UUID) -> None:
    """What suits each pool; every third action goes to HR, whose last ones are not done yet."""
    due = timezone.localdate(then) + dt.timedelta(days=90)
    for place, snapshot in enumerate(kept):
        words, reason, task = OUTCOMES[outcome_of(snapshot)]
        PoolDecision.objects.create(
            snapshot=snapshot, words=words, reason=reason, decided_by_id=by, decided_at=then
        )
        owner = hr if place % 3 == 0 else snapshot.owner_id or hr
        waits = owner == hr and place > DISCUSSED // 2
        PoolAction.objects.create(
            snapshot=snapshot,
            words=task,
            owner_id=owner,
            due_on=due,
            given_by_id=by,
            done_on=None if waits else due - dt.timedelta(days=8),
        )


def outcome_of(snapshot: PoolSnapshot) -> int:
    """Which of the outcomes: nobody soon, few, enough."""
    if snapshot.soon == 0:
        return 2
    return 0 if Flag.BELOW in snapshot.flags or Flag.SINGLE in snapshot.flags else 1
