"""What others said about leaders who have a sponsor: a closed round, and for the fellow one that runs."""

from __future__ import annotations

import datetime as dt
import random
from typing import Final
from uuid import UUID

from clinicleader.demo.staff import Person, Staff
from sponsors.enums import Aspect, Relation, RequestState, Source, SponsorshipState
from sponsors.models import IntakeRemark, IntakeRequest, IntakeRound, Sponsorship
from sponsors.queries.competencies import framework_for

WAS_ASKED: Final = 0.5
COWORKERS: Final = 5
RAN: Final = 14  # days
Said = tuple[str, Aspect, str]  # the competency's code, as what, and the words
# By the competency's code: what people say of it, as a strength, an opportunity and an area for development.
WORDS: Final[dict[str, tuple[Aspect, tuple[str, ...]]]] = {
    "listening": (
        Aspect.STRENGTH,
        (
            "Asks the night nurse first, and then the consultant.",
            "You leave the room feeling that somebody heard you.",
            "Lets silence work until the quiet ones speak.",
        ),
    ),
    "steadiness": (
        Aspect.STRENGTH,
        (
            "The worse it gets, the calmer the voice.",
            "Never makes anybody small in front of others.",
        ),
    ),
    "improvement": (
        Aspect.OPPORTUNITY,
        (
            "Has an eye for what delays patients. Give them a whole pathway.",
            "The discharge idea deserves more than our ward.",
            "Would lead a quality project well, and people would follow.",
        ),
    ),
    "partnership": (
        Aspect.OPPORTUNITY,
        (
            "Nurses trust them. That is rare, and should be used.",
            "Could bring us and the emergency department to one table.",
        ),
    ),
    "resources": (
        Aspect.DEVELOPMENT,
        (
            "Good ideas, but never a figure beside them.",
            "Has to learn what things cost before asking for more.",
            "Leaves the budget to others.",
        ),
    ),
    "hard-conversations": (
        Aspect.DEVELOPMENT,
        (
            "Waits too long until they say that something is not good enough.",
            "Would rather do the work again than tell somebody.",
        ),
    ),
}
OF_ONESELF: Final = {
    "listening": (Aspect.STRENGTH, "I think that people come to me because I listen."),
    "direction": (Aspect.DEVELOPMENT, "I find it hard to say where we are going, and why."),
}


def fill_intakes(staff: Staff, today: dt.date, rng: random.Random) -> None:
    """After competencies and sponsorships."""
    filling = _Filling(staff, today, rng)
    for each in Sponsorship.objects.filter(state=SponsorshipState.ACTIVE).order_by("leader__external_id"):
        leader = filling.people[each.leader_id]
        if leader.part or rng.random() < WAS_ASKED:
            filling.ask(each, leader)
    filling.write()


class _Filling:
    def __init__(self, staff: Staff, today: dt.date, rng: random.Random) -> None:
        self.staff, self.today, self.rng = staff, today, rng
        self.people = {one.id: one for one in staff.people}
        self.line = staff.managers()
        self.codes: dict[str, UUID] = {each.code: each.pk for each in framework_for(None) if each.code}
        self.rounds: list[IntakeRound] = []
        self.requests: list[IntakeRequest] = []
        self.remarks: list[IntakeRemark] = []

    def write(self) -> None:
        IntakeRound.objects.bulk_create(self.rounds)
        IntakeRequest.objects.bulk_create(self.requests)
        IntakeRemark.objects.bulk_create(self.remarks)

    def ask(self, sponsorship: Sponsorship, leader: Person) -> None:
        """Soon after the sponsorship began; the fellow's sponsor asks again now, and asks personas too."""
        started = sponsorship.started_on
        coworkers = self._coworkers(leader, sponsorship.sponsor_id)
        if started is None or len(coworkers) < COWORKERS:
            return
        opened = started + dt.timedelta(days=10)
        if opened + dt.timedelta(days=RAN) < self.today:
            self._closed(sponsorship, leader, coworkers, opened)
        if leader.part:
            self._running(sponsorship, leader, coworkers)

    def _coworkers(self, leader: Person, sponsor_id: UUID) -> list[Person]:
        others = [
            one
            for one in leader.unit.staff
            if one.works_on(self.today)
            and one.id not in {leader.id, sponsor_id}
            and one != self.line.get(leader)
        ]
        return self.rng.sample(others, min(COWORKERS, len(others)))

    def _closed(
        self, sponsorship: Sponsorship, leader: Person, coworkers: list[Person], opened: dt.date
    ) -> None:
        intake = IntakeRound(
            leader_id=leader.id,
            opened_by_id=sponsorship.sponsor_id,
            opened_on=opened,
            last_day=opened + dt.timedelta(days=RAN),
            closed_on=opened + dt.timedelta(days=RAN + 1),
            groups={Source.COWORKER: len(coworkers)},
        )
        self.rounds.append(intake)
        self._request(intake, leader, Relation.SELF, RequestState.ANSWERED)
        for one in coworkers:
            self._request(intake, one, Relation.COWORKER, RequestState.ANSWERED)
        for code, (aspect, said) in self.rng.sample(sorted(WORDS.items()), 5):
            for words in said:
                self._remark(intake, Source.COWORKER, (code, aspect, words))
        if (manager := self.line.get(leader)) is not None and manager.id != sponsorship.sponsor_id:
            self._request(intake, manager, Relation.MANAGER, RequestState.ANSWERED)
            said = "resources", Aspect.DEVELOPMENT, "I have not heard them ask what it costs. They could."
            self._remark(intake, Source.MANAGER, said, author=manager.id)
        for code, (aspect, words) in OF_ONESELF.items():
            self._remark(intake, Source.SELF, (code, aspect, words), author=leader.id)

    def _running(self, sponsorship: Sponsorship, leader: Person, coworkers: list[Person]) -> None:
        intake = IntakeRound(
            leader_id=leader.id,
            opened_by_id=sponsorship.sponsor_id,
            opened_on=self.today - dt.timedelta(days=6),
            last_day=self.today + dt.timedelta(days=8),
        )
        self.rounds.append(intake)
        self._request(intake, leader, Relation.SELF, RequestState.ASKED)
        manager = self.line.get(leader)
        personas = [self.staff.part(key) for key in ("resident", "leader")]
        personas = [one for one in personas if one != manager and one.id != sponsorship.sponsor_id]
        for one in personas:
            self._request(intake, one, Relation.COWORKER, RequestState.ASKED)
        for one in (one for one in coworkers if one not in personas):
            self._request(intake, one, Relation.COWORKER, RequestState.ANSWERED)
            code, (aspect, said) = self.rng.choice(sorted(WORDS.items()))
            self._remark(intake, Source.COWORKER, (code, aspect, self.rng.choice(said)))
        if manager is not None and manager.id != sponsorship.sponsor_id:
            self._request(intake, manager, Relation.MANAGER, RequestState.ASKED)

    def _request(self, intake: IntakeRound, one: Person, relation: Relation, state: RequestState) -> None:
        self.requests.append(IntakeRequest(round=intake, person_id=one.id, relation=relation, state=state))

    def _remark(self, intake: IntakeRound, source: Source, said: Said, *, author: UUID | None = None) -> None:
        code, aspect, words = said
        self.remarks.append(
            IntakeRemark(
                round=intake,
                source=source,
                author_id=author,
                aspect=aspect,
                competency_id=self.codes[code],
                words=words,
            )
        )
