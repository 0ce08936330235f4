"""Plans of leaders who have a sponsor: what was published, what changed since, and how far it is."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from clinicleader.demo.staff import Person, Staff
from sponsors.enums import ActionKind, ActionState, Domain, Outcome, SponsorshipState
from sponsors.models import (
    Acknowledgement,
    Action,
    Diagnosis,
    Goal,
    Proposal,
    RegimenChange,
    RegimenVersion,
    Sponsorship,
)
from sponsors.plan.cautions import cautions_of
from sponsors.plan.items import Plan, plan_as_json
from sponsors.queries.regimens import plan_of

HAS_PLAN, REVISED, DONE = 0.7, 0.5, 0.85
LASTS: Final = 300  # days from the first action's start to the last one's end

Row = tuple[str, ActionKind, str, Domain | None, int]
# Per goal: what it is for, and its actions: title, kind, need, domain, hours.
GOALS: Final[tuple[tuple[str, Outcome, tuple[Row, ...]], ...]] = (
    (
        "Lead an improvement that outlives me",
        Outcome.RENEW,
        (
            (
                "Take on the discharge project",
                ActionKind.PROJECT,
                "To lead people who do not report to them",
                Domain.QUALITY,
                40,
            ),
            (
                "Present it to the quality board",
                ActionKind.EXPOSURE,
                "To be known beyond the department",
                None,
                6,
            ),
            (
                "Measure again after three months",
                ActionKind.PROJECT,
                "To stay with it when the applause is over",
                Domain.QUALITY,
                12,
            ),
        ),
    ),
    (
        "Understand the money of the service",
        Outcome.EXECUTE,
        (
            (
                "Sit with the service-line manager at month's end",
                ActionKind.EXPERIENCE,
                "To see where the numbers come from",
                Domain.FINANCE,
                16,
            ),
            ("Budget balancing pod", ActionKind.POD, "To try it where it costs nothing", Domain.FINANCE, 2),
            (
                "Write the case for one more nurse",
                ActionKind.PROJECT,
                "To ask for money and be answered",
                Domain.FINANCE,
                10,
            ),
        ),
    ),
    (
        "Bring two teams behind one way of working",
        Outcome.ALIGN,
        (
            (
                "Chair the joint morning meeting for a quarter",
                ActionKind.EXPERIENCE,
                "To be heard without raising the voice",
                None,
                24,
            ),
            (
                "Coaching on difficult conversations",
                ActionKind.COACHING,
                "To say no and stay friends",
                Domain.COACHING,
                8,
            ),
            (
                "Shadow the chief nurse for a day",
                ActionKind.EXPOSURE,
                "To see the hospital from the other side",
                None,
                8,
            ),
        ),
    ),
)
OUTCOMES: Final = (
    "It went better than feared; two things to do differently next time.",
    "Done, and the others ask when we do it again.",
    "Learned most from what went wrong in the second week.",
)
FIRST: Final = "The plan we agreed on after the first talk."
LATER: Final = "After the review: more time where it is needed."
WISH: Final = "I would like to see how the board decides about a new building."


def fill_regimens(staff: Staff, today: dt.date, zone: str, rng: random.Random) -> None:
    """After the conferences, whose diagnoses the actions answer. A persona with a sponsor has a plan that
    changed and is to be read."""
    _Filling(staff, today, zone, rng).write()


class _Filling:
    def __init__(self, staff: Staff, today: dt.date, zone: str, rng: random.Random) -> None:
        self.people = {one.id: one for one in staff.people}
        self.line = staff.managers()
        self.today, self.zone, self.rng = today, ZoneInfo(zone), rng
        self.goals: list[Goal] = []
        self.actions: list[Action] = []
        self.versions: list[RegimenVersion] = []
        self.changes: list[RegimenChange] = []
        self.read: list[Acknowledgement] = []
        self.wishes: list[Proposal] = []
        self.done: dict[str, dt.date] = {}

        self.diagnoses: dict[tuple[UUID, str], UUID] = {}  # the newest of a leader and domain

    def write(self) -> None:
        told = Diagnosis.objects.order_by("released_at").values_list("conference__leader", "domain", "pk")
        self.diagnoses = {(leader, domain): diagnosis for leader, domain, diagnosis in told}
        running = Sponsorship.objects.filter(state=SponsorshipState.ACTIVE).order_by("leader__external_id")
        for each in running:
            leader = self.people[each.leader_id]
            if leader.part or self.rng.random() < HAS_PLAN:
                self._plan(each, leader)
        Goal.objects.bulk_create(self.goals)
        Action.objects.bulk_create(self.actions)
        RegimenVersion.objects.bulk_create(self.versions)
        RegimenChange.objects.bulk_create(self.changes)
        Acknowledgement.objects.bulk_create(self.read)
        Proposal.objects.bulk_create(self.wishes)

    def _plan(self, sponsorship: Sponsorship, leader: Person) -> None:
        begun = (sponsorship.started_on or self.today) + dt.timedelta(days=14)
        if begun > self.today:
            return
        goals, actions = self._parts(sponsorship, leader, begun)
        first = self._publish(sponsorship, 1, plan_of(goals, actions), begun, FIRST)
        self.read.append(Acknowledgement(version=first, at=self._at(begun + dt.timedelta(days=2))))
        revised = min(begun + dt.timedelta(days=95), self.today - dt.timedelta(days=3))
        if begun < revised and (leader.part or self.rng.random() < REVISED):
            self._revise(sponsorship, goals, actions, revised)
        if leader.part:
            self.wishes.append(Proposal(leader_id=leader.id, words=WISH))
        self.goals += goals
        self.actions += actions

    def _parts(
        self, sponsorship: Sponsorship, leader: Person, begun: dt.date
    ) -> tuple[list[Goal], list[Action]]:
        goals, actions = [], []
        for title, outcome, rows in self.rng.sample(GOALS, 2):
            goal = Goal(leader_id=leader.id, title=title, outcome=outcome)
            goals.append(goal)
            for place, (name, kind, need, domain, hours) in enumerate(rows):
                start = begun + dt.timedelta(days=LASTS * place // len(rows))
                action = Action(
                    leader_id=leader.id,
                    goal=goal,
                    title=name,
                    kind=kind,
                    need=need,
                    domain=domain or "",
                    diagnosis_id=self.diagnoses.get((leader.id, domain)) if domain else None,
                    owner_id=self.rng.choice([leader.id, leader.id, sponsorship.sponsor_id]),
                    hours=Decimal(hours),
                    start_on=start,
                    due_on=start + dt.timedelta(days=self.rng.randint(40, 100)),
                    evidence="Notes of the meeting",
                )
                self._go(action)
                actions.append(action)
        return goals, sorted(actions, key=lambda action: action.due_on)

    def _go(self, action: Action) -> None:
        """What was due is mostly done, what has begun is under way."""
        if action.due_on < self.today and self.rng.random() < DONE:
            action.state, action.over_on = ActionState.DONE, action.due_on
            action.outcome = self.rng.choice(OUTCOMES)
            self.done[str(action.pk)] = action.due_on
        elif action.start_on <= self.today:
            action.state = ActionState.STARTED

    def _revise(
        self, sponsorship: Sponsorship, goals: list[Goal], actions: list[Action], on: dt.date
    ) -> None:
        """The review moved an open action, and the manager gave it more time."""
        open_ones = [each for each in actions if not each.is_over]
        if not open_ones:
            return
        moved = open_ones[-1]
        moved.due_on += dt.timedelta(days=30)
        moved.hours += 8
        moved.revision += 1
        manager = self.line.get(self.people[sponsorship.leader_id])
        by = manager.id if manager else sponsorship.sponsor_id
        self.changes.append(
            RegimenChange(
                leader_id=sponsorship.leader_id,
                item_id=moved.pk,
                by_id=by,
                reason="The ward moves in that month.",
                at=self._at(on) - dt.timedelta(hours=1),
            )
        )
        self._publish(sponsorship, 2, plan_of(goals, actions), on, LATER)

    def _publish(
        self, sponsorship: Sponsorship, number: int, plan: Plan, on: dt.date, reason: str
    ) -> RegimenVersion:
        over = {key for key, day in self.done.items() if day <= on}
        made = RegimenVersion(
            leader_id=sponsorship.leader_id,
            number=number,
            content=plan_as_json(plan),
            cautions=[str(each) for each in cautions_of(plan, over=over, on=on)],
            reason=reason,
            published_by_id=sponsorship.sponsor_id,
            published_at=self._at(on),
        )
        self.versions.append(made)
        return made

    def _at(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(10), self.zone)
