"""Who could follow whom: pools for most positions, candidates who said yes, ratings fresh and stale."""

from __future__ import annotations

import datetime as dt
import random
from typing import Final
from uuid import UUID

from django.utils import timezone

from clinicleader.demo.programmes import member_of
from clinicleader.demo.staff import Person as Hired
from clinicleader.demo.staff import Position as Titled
from clinicleader.demo.staff import Staff
from people.enums import Profession
from people.terms import months_later
from succession.enums import Band, CandidacyState, Intent, Proposers
from succession.intentions import months_to_leave
from succession.models import Candidacy, ExposureMonth, Intention, Pool, ReadinessAssessment
from succession.queries.terms import terms_in_force
from succession.services.exposure_months import figures_on
from succession.services.representation import switch_representation
from succession.services.scenarios import Question, simulate

WHY: Final = (
    "When the ward moved, everybody came to you with their questions, and went away with answers.",
    "You see what patients need before it becomes a complaint, and you bring others along.",
    "Your colleagues trust you; so do the nurses and the managers.",
    "You run the audit meeting so that people want to come.",
)
EVIDENCE: Final = {
    Band.READY_NOW: (
        "Deputised for four months; the rota held and two posts were filled.",
        "Led the pathway across three departments to its targets.",
    ),
    Band.ONE_TWO: (
        "Runs the quality programme alone since spring; has not had a budget yet.",
        "Chairs the service meeting well; first year as head of a team.",
    ),
    Band.THREE_FIVE: ("First projects with good results; clinical standing is high.",),
    Band.LATER: ("Finishing training; talent is plain to see.",),
}
STEP: Final = {
    Band.READY_NOW: "Sit in on the board for a quarter.",
    Band.ONE_TWO: "Hold the unit’s budget for a year, with a mentor from finance.",
    Band.THREE_FIVE: "Lead one project that crosses departments.",
    Band.LATER: "Finish the first stage of the Passport.",
}
PURPOSE: Final = (
    "To see whether people are overlooked when colleagues are tapped on the shoulder. Discussed once a year "
    "by HR and executives; no decision about a person rests on it."
)
NOTE: Final = "I would stay a month longer to hand over."
DECLINED: Final = "Not while the children are small. Ask me again in three years."
HAS_POOL, SAID_YES, SAID_NO, IS_RATED, IS_STALE = 0.9, 0.85, 0.06, 0.9, 0.1
DECLARES: Final = 0.4


def fill_succession(staff: Staff, today: dt.date, rng: random.Random) -> None:
    """After the appointments. Candidates come from the unit of the position and those beside it."""
    filling = _Filling(staff, today, rng)
    for place, position in enumerate(staff.positions):
        if rng.random() < HAS_POOL or place == 0:
            filling.fill(position)
    Pool.objects.bulk_create(filling.pools)
    Candidacy.objects.bulk_create(filling.candidacies)
    ReadinessAssessment.objects.bulk_create(filling.ratings)
    _declare(today, rng)
    for months in range(12, 0, -1):
        ExposureMonth.objects.create(**figures_on(months_later(today.replace(day=1), -months)))
    hr = member_of(staff.part("hr_admin"), today)
    simulate(Question("As planned"), by=hr)
    switch_representation(is_on=True, purpose=PURPOSE, by=hr)


def _declare(today: dt.date, rng: random.Random) -> None:
    """Of those whose term ends within two years two in five said what they intend; one leaves before."""
    ending = [(held, ends) for held, ends in terms_in_force(today) if today < ends <= months_later(today, 24)]
    said = []
    for held, ends in ending:
        if rng.random() < DECLARES:
            intent = rng.choice([Intent.ROLE, Intent.PRACTICE, Intent.PRACTICE, Intent.LEAVE])
            said.append(Intention(appointment=held, intent=intent, declared_on=today))
            months = months_to_leave(ends, on=today)
            if len(said) == 1 and months:
                said[0].leaves_on, said[0].note = months[len(months) // 2], NOTE
    Intention.objects.bulk_create(said)


class _Filling:
    def __init__(self, staff: Staff, today: dt.date, rng: random.Random) -> None:
        self.staff, self.today, self.rng = staff, today, rng
        self.here = [one for one in staff.people if one.end is None or one.end >= today]
        self.hr = staff.part("hr_admin").id
        self.holders: dict[UUID, UUID] = {
            one.position.id: one.person.id
            for one in staff.appointments
            if one.start <= today and (one.end is None or one.end > today)
        }
        self.pools: list[Pool] = []
        self.candidacies: list[Candidacy] = []
        self.ratings: list[ReadinessAssessment] = []

    def fill(self, position: Titled) -> None:
        opened = self.today - dt.timedelta(days=self.rng.randint(400, 700))
        clinical = position.type.value in {"department_chair", "division_chair", "medical_director", "dean"}
        pool = Pool(
            position_id=position.id,
            opened_on=opened,
            opened_by_id=self.hr,
            proposers=self.rng.choice(list(Proposers)),
            professions=[Profession.PHYSICIAN.value] if clinical and self.rng.random() < 0.4 else [],
        )
        self.pools.append(pool)
        near = [one for one in self.here if self._may_follow(one, position, pool)]
        leading = set(self.holders.values())
        leaders = [one for one in near if one.id in leading]
        others = [one for one in near if one.id not in leading]
        for group, sizes in ((leaders, (1, 2, 2, 3)), (others, (0, 1, 2, 2, 3))):
            for person in self.rng.sample(group, min(len(group), self.rng.choice(sizes))):
                self._candidate(pool, person, position)

    def _may_follow(self, person: Hired, position: Titled, pool: Pool) -> bool:
        """Of the unit itself, the ones below and the ones beside it; often they lead one of these."""
        unit, own = person.unit, position.unit
        near = unit.path.startswith(own.path) or (own.parent is not None and unit.parent is own.parent)
        return (
            near
            and person.id not in {self.holders.get(position.id), self.hr}
            and (not pool.professions or person.profession.value in pool.professions)
        )

    def _candidate(self, pool: Pool, person: Hired, position: Titled) -> None:
        by = self.holders.get(position.id, self.hr)
        asked = max(pool.opened_on, person.start, self.today - dt.timedelta(days=self.rng.randint(20, 640)))
        made = Candidacy(
            pool=pool,
            person_id=person.id,
            proposed_by_id=by,
            proposed_on=asked,
            why=self.rng.choice(WHY),
        )
        self.candidacies.append(made)
        answered = min(asked + dt.timedelta(days=self.rng.randint(1, 20)), self.today)
        chance = self.rng.random()
        if chance < SAID_YES:
            made.state, made.answered_on = CandidacyState.MEMBER, answered
            self._rate(made, by, answered)
        elif chance < SAID_YES + SAID_NO:
            made.state, made.answered_on, made.over_on = CandidacyState.DECLINED, answered, answered
            made.over_reason = DECLINED

    def _rate(self, candidacy: Candidacy, by: UUID, since: dt.date) -> None:
        if self.rng.random() > IS_RATED:
            return
        age = self.rng.randint(370, 500) if self.rng.random() < IS_STALE else self.rng.randint(5, 330)
        on = max(since, self.today - dt.timedelta(days=age))
        band = self.rng.choices(list(Band), (42, 33, 18, 7))[0]
        self.ratings.append(
            ReadinessAssessment(
                candidacy=candidacy,
                band=band,
                interim_cover=band == Band.READY_NOW and self.rng.random() < 0.6,
                evidence=self.rng.choice(EVIDENCE[band]),
                next_step=STEP[band],
                assessed_by_id=by,
                assessed_on=on,
                at=timezone.now() - dt.timedelta(days=(self.today - on).days),
            )
        )
