"""Who leads a unit together: dyads and triads with a year of meetings, and one whose half has moved."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from clinicleader.demo.staff import Appointment, Person, Staff, Unit
from partnerships.enums import ChangeCause, CheckState, Decider, GoalState, Part, Scale
from partnerships.models import (
    CheckAnswer,
    CheckPlace,
    Meeting,
    Partner,
    PartnerChange,
    Partnership,
    PartnershipCheck,
    Responsibility,
    SharedGoal,
)
from partnerships.models.checks import word_of
from people.enums import Profession, UnitKind

PARTNERSHIPS, TRIADS, YEAR = 8, 3, 365
SHARES: Final = (10, 15, 20)
MINUTES: Final = (20, 30, 30, 45, 60)
CHARTERS: Final = (
    (
        "Patients of this service meet one team, not a medical and a managerial one. We answer for quality, "
        "people and money together, and we settle between us what we disagree on before others have to."
    ),
    (
        "We bring the waiting list down without wearing out the staff. What we decide we decide on figures "
        "that both of us have seen."
    ),
    (
        "A service where people want to work and where they would send their own family. We speak with one "
        "voice outside, and openly with each other."
    ),
)
MATTERS: Final = (
    ("Clinical standards and pathways", Decider.PHYSICIAN),
    ("Recruiting doctors", Decider.PHYSICIAN),
    ("Budget within the year", Decider.ADMINISTRATOR),
    ("Rooms, equipment and suppliers", Decider.ADMINISTRATOR),
    ("New posts and business cases", Decider.TOGETHER),
    ("Answers to serious complaints", Decider.TOGETHER),
)
NURSING: Final = (("Rotas and skill mix of the wards", Decider.NURSE), ("Recruiting nurses", Decider.NURSE))
GOALS: Final = (
    ("Every discharge letter on the day of discharge", -120, GoalState.REACHED),
    ("First appointment within six weeks", 90, GoalState.OPEN),
    ("Agency spending down by a third", 200, GoalState.OPEN),
    ("A joint morning round on every ward", -40, GoalState.DROPPED),
)
WORDS: Final = (
    "Rota gaps in August; we ask for one more locum and stop after that.",
    "Figures of the month: beds fine, overtime not.",
    "Talked about last week's quarrel in the meeting. Settled.",
    "Prepared the business case together; he does the numbers, I the need.",
    "Who says what to the department about the move.",
    "Nothing urgent, and that was good.",
    "Complaint of the family: we go there together.",
)
# What somebody wrote to a scale, where they wrote anything.
WORDS_OF: Final = {
    Scale.VISION: "We agree on the aim, less on how fast.",
    Scale.COMMUNICATION: "Better since we meet before the department does.",
    Scale.CLARITY: "New posts still land on both desks.",
    Scale.CONFLICT: "We say it by now. It was overdue.",
    Scale.TRUST: "I would call them first.",
}
CHECKED_BEFORE: Final = (210, 30)  # days ago


def fill_partnerships(staff: Staff, today: dt.date, rng: random.Random) -> None:
    """A few departments, that of the personas among them."""
    _Filling(staff, today, rng).write()


class _Filling:
    def __init__(self, staff: Staff, today: dt.date, rng: random.Random) -> None:
        self.staff, self.today, self.rng = staff, today, rng
        self.held = {
            one.person.id: one
            for one in staff.appointments
            if one.start <= today and (one.end is None or one.end > today)
        }
        self.given: Counter[UUID] = Counter()
        self.partnerships: list[Partnership] = []
        self.partners: list[Partner] = []
        self.responsibilities: list[Responsibility] = []
        self.goals: list[SharedGoal] = []
        self.meetings: list[Meeting] = []
        self.checks: list[PartnershipCheck] = []
        self.places: list[CheckPlace] = []
        self.answers: list[CheckAnswer] = []

    def write(self) -> None:
        for place, unit in enumerate(self._departments()):
            self._pair(unit, with_nurse=place < TRIADS)
        Partnership.objects.bulk_create(self.partnerships)
        Partner.objects.bulk_create(self.partners)
        Responsibility.objects.bulk_create(self.responsibilities)
        SharedGoal.objects.bulk_create(self.goals)
        Meeting.objects.bulk_create(self.meetings)
        PartnershipCheck.objects.bulk_create(self.checks)
        CheckPlace.objects.bulk_create(self.places)
        CheckAnswer.objects.bulk_create(self.answers)
        PartnerChange.objects.create(
            partner=self.partners[-1], cause=ChangeCause.MOVED, noticed_on=self.today - dt.timedelta(days=2)
        )

    def _departments(self) -> list[Unit]:
        """Led by a physician; the personas' own first."""
        led = [
            unit
            for unit in self.staff.units
            if unit.kind == UnitKind.DEPARTMENT
            and unit.leader is not None
            and unit.leader.profession == Profession.PHYSICIAN
            and unit.leader.works_on(self.today)
        ]
        own = [unit for unit in led if unit.leader is self.staff.part("chair")]
        others = [unit for unit in led if unit not in own]
        return own + self.rng.sample(others, min(len(others), PARTNERSHIPS - len(own)))

    def _pair(self, unit: Unit, *, with_nurse: bool) -> None:
        leader, administrator = unit.leader, self._administrator()
        assert leader is not None  # noqa: S101 - _departments() has only such
        people = {Part.PHYSICIAN: leader, Part.ADMINISTRATOR: administrator}
        nurse = self._nurse_below(unit)
        if with_nurse and nurse is not None:
            people[Part.NURSE] = nurse
        earliest = max(one.start for one in people.values())
        start = max(earliest, self.today - dt.timedelta(days=YEAR + self.rng.randint(0, YEAR)))
        made = Partnership(unit_id=unit.id, charter=self.rng.choice(CHARTERS), start_date=start)
        self.partnerships.append(made)
        self.partners += [self._partner(made, part, person) for part, person in people.items()]
        matters = MATTERS + (NURSING if Part.NURSE in people else ())
        self.responsibilities += [
            Responsibility(partnership=made, matter=matter, decider=decider) for matter, decider in matters
        ]
        self.goals += self._goals(made)
        self.meetings += self._meetings(made, list(people.values()))
        for place, days in enumerate(CHECKED_BEFORE):
            day = self.today - dt.timedelta(days=days)
            if day > made.start_date:
                self._check(made, list(people.values()), day, better=place)

    def _administrator(self) -> Person:
        """One administrator may serve several departments."""
        here = [
            one
            for one in self.staff.working(self.today)
            if one.profession == Profession.ADMINISTRATOR and not one.part and self.given[one.id] < 60
        ]
        here.sort(key=lambda one: (one.id not in self.held, one.external_id))
        return self.rng.choice(here[: PARTNERSHIPS // 2])

    def _nurse_below(self, unit: Unit) -> Person | None:
        """Who leads a ward of the department."""
        wards = [one for one in self.staff.units if one.parent is unit and one.leader is not None]
        nurses = [one.leader for one in wards if one.leader and one.leader.profession == Profession.NURSE]
        return next((one for one in nurses if one.works_on(self.today)), None)

    def _partner(self, partnership: Partnership, part: Part, person: Person) -> Partner:
        share = self.rng.choice(SHARES)
        self.given[person.id] += share
        held: Appointment | None = self.held.get(person.id)
        return Partner(
            partnership=partnership,
            person_id=person.id,
            part=part,
            share=share,
            start_date=partnership.start_date,
            unit_id=person.unit.id,
            position_id=held.position.id if held else None,
        )

    def _goals(self, partnership: Partnership) -> Iterator[SharedGoal]:
        for title, days, state in self.rng.sample(GOALS, 3):
            due = self.today + dt.timedelta(days=days)
            over = None if state == GoalState.OPEN else max(due, partnership.start_date)
            yield SharedGoal(partnership=partnership, title=title, due_on=due, state=state, over_on=over)

    def _meetings(self, partnership: Partnership, people: list[Person]) -> Iterator[Meeting]:
        """Every week or two of the last year; some weeks nobody found the time."""
        day = max(partnership.start_date, self.today - dt.timedelta(days=YEAR))
        while (day := day + dt.timedelta(days=self.rng.choice((7, 7, 14, 21)))) <= self.today:
            yield Meeting(
                partnership=partnership,
                held_on=day,
                minutes=self.rng.choice(MINUTES),
                words=self.rng.choice(WORDS),
                logged_by_id=self.rng.choice(people).id,
            )

    def _check(self, partnership: Partnership, people: list[Person], day: dt.date, *, better: int) -> None:
        """All answered within a week; half a year later mostly a little better."""
        over = day + dt.timedelta(days=7)
        made = PartnershipCheck(
            partnership=partnership,
            opened_on=day,
            opened_by_id=people[0].id,
            state=CheckState.REVEALED,
            over_on=over,
        )
        self.checks.append(made)
        at = dt.datetime.combine(over, dt.time(9), dt.UTC)
        for person in people:
            scores = {scale: min(self.rng.randint(2, 4) + better, 5) for scale in Scale}
            words = {word_of(scale): words for scale, words in WORDS_OF.items() if self.rng.random() < 0.3}
            self.places.append(CheckPlace(check_round=made, person_id=person.id, answered_at=at))
            self.answers.append(
                CheckAnswer(check_round=made, person_id=person.id, answered_at=at, **scores, **words)
            )
