"""What stands in leaders' way: two years of it, most of it removed, some accepted, some overdue."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from clinicleader.demo.staff import Staff
from sponsors.enums import ObstacleAct, ObstacleKind, ObstacleState, SponsorshipState
from sponsors.models import Obstacle, ObstacleStep, Sponsorship

WORDS: Final = {
    ObstacleKind.TIME: "The clinic list is full on the days when the project meets.",
    ObstacleKind.STATUS: "Colleagues call it “going to meetings” and cover without much joy.",
    ObstacleKind.CAREER: "After this post there is none that the work would lead to.",
    ObstacleKind.UPWARD: "The weekly report for the board eats the hour for the ward.",
    ObstacleKind.POLITICS: "Two departments both say that the pathway is theirs.",
    ObstacleKind.SUPPORT: "No analyst: the figures for the project are counted by hand.",
    ObstacleKind.ROLE: "Nobody has said who decides about the rota, the nurse lead or the doctor.",
}
REMOVED: Final = (
    "Half a day a week is protected from next month on.",
    "The two heads met; it is written down who decides.",
    "An analyst comes on Tuesdays until the project ends.",
)
ACCEPTED: Final = "It will not change before the new building. We plan around it, and look again in a year."
LATER: Final = "The budget is decided in June, not before."
HAS_SOME, IS_REMOVED, IS_ACCEPTED = 0.55, 0.6, 0.15
EVERY: Final = 150  # days, more or less, from one to the next


def fill_obstacles(staff: Staff, today: dt.date, zone: str, rng: random.Random) -> None:
    """After the sponsorships. The fellow has one for the chair, and one between leader and sponsor."""
    filling = _Filling(staff, today, ZoneInfo(zone), rng)
    running = Sponsorship.objects.filter(state=SponsorshipState.ACTIVE)
    for each in running.order_by("leader__external_id"):
        if each.leader_id == staff.part("fellow").id:
            filling.of_the_fellow(each)
        elif rng.random() < HAS_SOME:
            filling.of_one(each)
    Obstacle.objects.bulk_create(filling.obstacles)
    ObstacleStep.objects.bulk_create(filling.steps)


class _Filling:
    def __init__(self, staff: Staff, today: dt.date, zone: ZoneInfo, rng: random.Random) -> None:
        self.staff, self.today, self.zone, self.rng = staff, today, zone, rng
        self.people = {one.id: one for one in staff.people}
        self.line = staff.managers()
        self.obstacles: list[Obstacle] = []
        self.steps: list[ObstacleStep] = []

    def of_the_fellow(self, sponsorship: Sponsorship) -> None:
        chair = self.staff.part("chair").id
        raised = self.today - dt.timedelta(days=20)
        self._raise(sponsorship, ObstacleKind.TIME, chair, raised, days=27)
        self._raise(sponsorship, ObstacleKind.POLITICS, sponsorship.sponsor_id, raised, days=60, private=True)

    def of_one(self, sponsorship: Sponsorship) -> None:
        """One after the other since the sponsorship began, for the immediate leader or the sponsor."""
        manager = self.line.get(self.people[sponsorship.leader_id])
        owners = [sponsorship.sponsor_id, *([manager.id] if manager else [])]
        for raised in self._days(sponsorship):
            kind, owner = self.rng.choice(list(WORDS)), self.rng.choice(owners)
            made = self._raise(sponsorship, kind, owner, raised, days=self.rng.randint(30, 80))
            self._follow(made)

    def _days(self, sponsorship: Sponsorship) -> Iterator[dt.date]:
        day = (sponsorship.started_on or self.today) + dt.timedelta(days=self.rng.randint(20, 90))
        while day < self.today:
            yield day
            day += dt.timedelta(days=EVERY + self.rng.randint(-50, 90))

    def _raise(
        self,
        sponsorship: Sponsorship,
        kind: ObstacleKind,
        owner_id: UUID,
        raised: dt.date,
        *,
        days: int,
        private: bool = False,
    ) -> Obstacle:
        made = Obstacle(
            leader_id=sponsorship.leader_id,
            kind=kind,
            words=WORDS[kind],
            private=private,
            raised_by_id=sponsorship.leader_id,
            raised_on=raised,
            owner_id=owner_id,
            due_on=raised + dt.timedelta(days=days),
        )
        self.obstacles.append(made)
        self._step(made, ObstacleAct.RAISED, raised, made.words, by=sponsorship.leader_id)
        return made

    def _follow(self, made: Obstacle) -> None:
        """What became of it, for some after another day was set; old ones are all over."""
        if self.rng.random() < 0.2 and made.due_on < self.today:
            day = made.due_on
            made.due_on += dt.timedelta(days=60)
            self._step(made, ObstacleAct.CHANGED, day, LATER, by=made.owner_id)
        over, chance = made.due_on - dt.timedelta(days=self.rng.randint(-10, 20)), self.rng.random()
        is_old = made.raised_on < self.today - dt.timedelta(days=200)
        if over >= self.today or (chance > IS_REMOVED + IS_ACCEPTED and not is_old):
            return
        is_accepted = IS_REMOVED < chance <= IS_REMOVED + IS_ACCEPTED
        made.state = ObstacleState.ACCEPTED if is_accepted else ObstacleState.REMOVED
        made.over_on = over
        words = ACCEPTED if is_accepted else self.rng.choice(REMOVED)
        self._step(made, ObstacleAct(made.state), over, words, by=made.owner_id)

    def _step(self, made: Obstacle, act: ObstacleAct, day: dt.date, words: str, *, by: UUID) -> None:
        at = dt.datetime.combine(day, dt.time(11), self.zone)
        self.steps.append(
            ObstacleStep(
                obstacle=made,
                act=act,
                by_id=by,
                at=at,
                owner_id=made.owner_id,
                due_on=made.due_on,
                words=words,
            )
        )
