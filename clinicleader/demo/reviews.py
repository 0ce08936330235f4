"""Two years of reviews: most held in time, some late or overdue; one waits for its second signature."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from clinicleader.demo.staff import Staff
from sponsors.enums import Decision, ReviewCause, SponsorshipState
from sponsors.models import Action, RegimenVersion, Review, ReviewCall, ReviewNote, Sponsorship
from sponsors.plan.reviews import EARLY, USUAL_DAYS, due_day

IN_TIME, OVERDUE = 0.8, 0.25
LATELY: Final = dt.timedelta(days=75)  # what is overdue now was due since
DECISIONS: Final = (
    (Decision.CONTINUE, "The plan does what it should. Keep the pace, and protect the time for it."),
    (Decision.ADJUST, "The second goal came too early: more time for it, and a look at how others do it."),
    (Decision.STEP_UP, "Ready for more. The next step is to lead people who do not report to them."),
    (Decision.CONTINUE, "Slower than planned, and for good reasons. Nothing in the plan is wrong."),
)
NOTES: Final = (
    "Under way, and it shows in the meetings.",
    "Begun late, now on its way.",
    "Harder than we thought; somebody to ask would help.",
    "Better than planned.",
)
VIEWS: Final = (
    "I learn most where I am not sure of myself. More of that, please.",
    "It is a lot beside the clinic. The coaching helps me to choose.",
    "",
)
NEW_SCOPE: Final = "Looks after the second ward as well from January."

SIGNED: Final = ("sponsor_id", "sponsor_signed_at", "manager_id", "manager_signed_at", "closed_on", "version")


def fill_reviews(staff: Staff, today: dt.date, zone: str, rng: random.Random) -> None:
    """After the regimens."""
    _Filling(staff, today, zone, rng).write()


class _Filling:
    def __init__(self, staff: Staff, today: dt.date, zone: str, rng: random.Random) -> None:
        self.people = {one.id: one for one in staff.people}
        self.line = staff.managers()
        self.today, self.zone, self.rng = today, ZoneInfo(zone), rng
        self.versions: dict[UUID, list[RegimenVersion]] = {}
        self.actions: dict[UUID, list[Action]] = {}

    def write(self) -> None:
        for version in RegimenVersion.objects.defer("content").order_by("number"):
            self.versions.setdefault(version.leader_id, []).append(version)
        for action in Action.objects.filter(private=False).order_by("due_on", "title", "pk"):
            self.actions.setdefault(action.leader_id, []).append(action)
        running = Sponsorship.objects.filter(state=SponsorshipState.ACTIVE, leader__in=self.versions)
        histories = [list(self._history(each)) for each in running.order_by("leader__external_id")]
        for round_of_all in zip_longest(*histories):
            self._hold([review for review in round_of_all if review is not None])
        self._wait_for_signature(running.get(leader__in=self._fellows()))

    def _history(self, sponsorship: Sponsorship) -> Iterator[Review]:
        """One review after the other; the last one is open."""
        leader_id = sponsorship.leader_id
        begun = timezone.localdate(self.versions[leader_id][0].published_at)
        while True:
            due = due_day(begun, every=USUAL_DAYS)
            held = due + dt.timedelta(days=self._days_beside())
            if held >= self.today or not self._is_held(leader_id, due):
                yield Review(leader_id=leader_id, begun_on=begun, due_on=due)
                return
            decision, reason = self.rng.choice(DECISIONS)
            review = Review(
                leader_id=leader_id,
                begun_on=begun,
                due_on=due,
                decision=decision,
                reason=reason,
                next_on=due_day(held, every=USUAL_DAYS),
                leader_view=self.rng.choice(VIEWS),
                closed_on=held,
            )
            self._sign(review, sponsorship, held)
            yield review
            begun = held

    def _days_beside(self) -> int:
        """How long before its day a review is held, or after it."""
        return -self.rng.randint(0, 9) if self.rng.random() < IN_TIME else self.rng.randint(2, 30)

    def _is_held(self, leader_id: UUID, due: dt.date) -> bool:
        """By two; some of the last ones are not. Those of personas are, until somebody has them to hold."""
        leader = self.people[leader_id]
        if self.line.get(leader) is None:
            return False
        return bool(leader.part) or due < self.today - LATELY or self.rng.random() >= OVERDUE

    def _sign(self, review: Review, sponsorship: Sponsorship, day: dt.date) -> None:
        at = dt.datetime.combine(day, dt.time(16), self.zone)
        review.manager_id, review.manager_signed_at = self.line[self.people[review.leader_id]].id, at
        review.sponsor_id, review.sponsor_signed_at = sponsorship.sponsor_id, at
        known = [each for each in self.versions[review.leader_id] if each.published_at <= at]
        review.version = known[-1].number if known else 1

    def _hold(self, reviews: list[Review]) -> None:
        """As people do: written while they are open, then signed; what is signed takes no more words."""
        signed = [{name: getattr(each, name) for name in SIGNED} for each in reviews]
        for review in reviews:
            for name in SIGNED:
                setattr(review, name, None)
        Review.objects.bulk_create(reviews)
        closed = [
            (review, values) for review, values in zip(reviews, signed, strict=True) if values["closed_on"]
        ]
        ReviewNote.objects.bulk_create(
            note for review, values in closed for note in self._notes(review, values["closed_on"])
        )
        for review, values in closed:
            for name, value in values.items():
                setattr(review, name, value)
        Review.objects.bulk_update([review for review, _values in closed], SIGNED)

    def _notes(self, review: Review, on: dt.date) -> Iterator[ReviewNote]:
        for action in self.actions.get(review.leader_id, []):
            if action.start_on <= on and (action.over_on is None or action.over_on > on):
                yield ReviewNote(
                    review=review,
                    action=action,
                    title=action.title,
                    domain=action.domain,
                    words=self.rng.choice(NOTES),
                )

    def _fellows(self) -> list[UUID]:
        return [one.id for one in self.people.values() if one.part == "fellow"]

    def _wait_for_signature(self, sponsorship: Sponsorship) -> None:
        """The fellow's: a new scope called it, the immediate leader has signed, the sponsor has not."""
        review = Review.objects.get(leader=sponsorship.leader_id, closed_on=None)
        called_on = max(review.begun_on, self.today - dt.timedelta(days=9))
        call = ReviewCall(
            review=review,
            cause=ReviewCause.SCOPE,
            words=NEW_SCOPE,
            called_by_id=sponsorship.sponsor_id,
            called_on=called_on,
            due_on=called_on + EARLY,
        )
        call.save()
        still_open = [each for each in self.actions.get(review.leader_id, []) if not each.is_over]
        ReviewNote.objects.bulk_create(
            ReviewNote(review=review, action=each, title=each.title, domain=each.domain, words=words)
            for each, words in zip(still_open, self.rng.choices(NOTES, k=len(still_open)), strict=True)
        )
        manager = self.line[self.people[review.leader_id]]
        review.decision, review.reason = DECISIONS[2]
        review.next_on, review.leader_view = self.today + dt.timedelta(days=60), VIEWS[0]
        review.due_on = min(review.due_on, call.due_on)
        review.manager_id, review.changed_by_id, review.revision = manager.id, manager.id, 2
        review.manager_signed_at = timezone.now() - dt.timedelta(days=1)
        review.save()
