"""New leaders on their way to a permanent appointment: gates decided, extended, near and overdue."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from clinicleader.demo.shapes import OrganizationShape
from clinicleader.demo.staff import Appointment, Person, Staff
from passport.quarantine import hold
from passport.scanning import scan
from sponsors.enums import (
    GateDecision,
    ObstacleKind,
    OnboardingState,
    Part,
    ProofState,
    SponsorshipState,
)
from sponsors.models import (
    Gate,
    GateItem,
    GateProof,
    Onboarding,
    OnboardingContents,
    Recommendation,
    SponsorProfile,
    Sponsorship,
)
from sponsors.plan.onboarding import GATES, HINDERED, following_day, latest_day, planned_day
from sponsors.services.onboarding_contents import install_contents
from web.pdf import Sheet, pdf_page

LONGEST: Final = dt.timedelta(days=1_200)  # since when leaders are onboarded here
PROPOSED: Final = dt.timedelta(days=180)  # whose appointment is younger has not begun
EXTENDED, LATE = 0.2, 0.2
LATELY: Final = dt.timedelta(days=90)
MORE_TIME: Final = dt.timedelta(days=90)
WORDS: Final = (
    "People ask for advice here when it is difficult, and go away with a plan.",
    "Grown into the role. The budget still takes longer than it should.",
    "Listens first, decides then. The team has noticed, and so have the neighbours.",
    "Good with the team, still shy with those above. That comes with practice.",
)
REASONS: Final = {
    GateDecision.GO_ON: "Both recommend it, and what was shown speaks for itself. Next year: more reach.",
    GateDecision.PERMANENT: "Three good years. The unit is better led than it was, and its people say so.",
    GateDecision.EXTEND: "The project began late because two colleagues were missing. More time is fair.",
    GateDecision.LEAVE: "We agreed that research is where the heart is. Thank you for two honest years.",
}
SHOWN: Final = (
    "Done with the team. What I would do differently: ask the night shift first.",
    "An afternoon well spent. I talk less now, and hear more.",
    "Shown to the head of the department, who asked hard questions.",
)
HINDRANCES: Final = (
    [ObstacleKind.TIME],
    [ObstacleKind.TIME, ObstacleKind.SUPPORT],
    [ObstacleKind.ROLE],
    [ObstacleKind.TIME, ObstacleKind.CAREER],
)
ENDS: Final = {
    GateDecision.PERMANENT: OnboardingState.PERMANENT,
    GateDecision.LEAVE: OnboardingState.LEFT,
}


def fill_onboardings(staff: Staff, shape: OrganizationShape, today: dt.date, rng: random.Random) -> None:
    """Last: new leaders choose sponsors whose places others left free."""
    _Filling(staff, shape, today, rng).write()


@dataclass(frozen=True, slots=True)
class Beside:
    """Who accompanies a leader."""

    sponsor: UUID
    manager: UUID
    chair: UUID


class _Filling:
    def __init__(self, staff: Staff, shape: OrganizationShape, today: dt.date, rng: random.Random) -> None:
        self.staff, self.today, self.rng = staff, today, rng
        self.zone = ZoneInfo(shape.time_zone)
        self.line = staff.managers()
        self.hr = staff.part("hr_admin").id
        running = Sponsorship.objects.filter(state=SponsorshipState.ACTIVE)
        self.sponsors = dict(running.values_list("leader_id", "sponsor_id"))
        self.taken = Counter(self.sponsors.values())
        profiles = SponsorProfile.objects.order_by("person__external_id")
        self.places = dict(profiles.values_list("person_id", "places"))

    def write(self) -> None:
        install_contents()
        self.contents = OnboardingContents.objects.get()
        items = GateItem.objects.filter(contents=self.contents).order_by("gate", "position")
        self.items = {
            number: [each for each in items if each.gate == number] for number in range(1, GATES + 1)
        }
        near = []
        for appointment in [*self._new_leaders(), *self._who_left()]:
            beside = self._beside(appointment)
            if beside is None:
                continue
            gate = self._onboard(appointment, beside)
            if gate is not None and gate.opens_on <= self.today:
                near.append((gate, appointment.person, beside))
        self._come_near(near)

    def _who_left(self) -> list[Appointment]:
        """Who gave the unit to somebody else soon after the third gate, and works here still."""
        found = [
            each
            for each in self.staff.appointments
            if each.position.leads_unit
            and each.term == 1
            and each.end is not None
            and planned_day(each.start, GATES) < each.end <= planned_day(each.start, GATES) + LATELY
            and each.end <= self.today
            and each.person.works_on(self.today)
        ]
        return sorted(found, key=lambda each: each.person.external_id)

    def _new_leaders(self) -> list[Appointment]:
        """First appointments to lead a unit, of those who still do."""
        found = [
            each
            for each in self.staff.appointments
            if each.position.leads_unit
            and each.term == 1
            and not each.interim
            and self.today - LONGEST < each.start < self.today - PROPOSED
            and (each.end is None or each.end > self.today)
            and each.person.works_on(self.today)
        ]
        return sorted(found, key=lambda each: each.person.external_id)

    def _beside(self, appointment: Appointment) -> Beside | None:
        """The sponsor, the immediate leader, and who leads them; nobody where there are no three."""
        leader = appointment.person
        manager = self.line.get(leader)
        above = self.line.get(manager) if manager else None
        if manager is None or above is None:
            return None
        sponsor = self.sponsors.get(leader.id) or self._choose(appointment, {leader.id, manager.id, above.id})
        if sponsor is None or sponsor in {manager.id, above.id}:
            return None
        return Beside(sponsor, manager.id, above.id)

    def _choose(self, appointment: Appointment, others: set[UUID]) -> UUID | None:
        """A persona chooses the executive, everybody else whoever has a place free."""
        leader = appointment.person
        wanted = self.staff.part("executive").id
        free = [
            each
            for each, places in self.places.items()
            if self.taken[each] < places and each not in {*others, wanted}
        ]
        sponsor = wanted if leader.part and wanted not in others else self.rng.choice(free) if free else None
        if sponsor is None:
            return None
        since = min(appointment.start + dt.timedelta(days=20), self.today)
        Sponsorship.objects.create(
            leader_id=leader.id,
            sponsor_id=sponsor,
            state=SponsorshipState.ACTIVE,
            why="My first unit to lead: I would like somebody to think aloud with.",
            asked_on=since,
            started_on=since,
        )
        self.sponsors[leader.id] = sponsor
        self.taken[sponsor] += 1
        return sponsor

    def _onboard(self, appointment: Appointment, beside: Beside) -> Gate | None:
        """Gate by gate up to today. The open one, if there is one."""
        leader, started = appointment.person, appointment.start
        onboarding = Onboarding.objects.create(
            leader_id=leader.id,
            role=appointment.position.title,
            contents=self.contents,
            started_on=started,
            started_by_id=self.hr,
        )
        number, attempt, due = 1, 1, planned_day(started, 1)
        while True:
            gate = Gate.objects.create(onboarding=onboarding, number=number, attempt=attempt, due_on=due)
            # A persona's is decided on its day or after: the one that is near stays to be looked at.
            held = due + dt.timedelta(days=self.rng.randint(0 if leader.part else -40, 8))
            if held >= self.today - dt.timedelta(days=1) or self._is_late(leader, due):
                return gate
            decision = self._decision(appointment, gate)
            until = (
                min(due + MORE_TIME, latest_day(started, number)) if decision == GateDecision.EXTEND else None
            )
            if decision != GateDecision.EXTEND:
                self._show_all(gate, beside, held)
            self._recommend(gate, beside, decision, held)
            self._decide(gate, beside, decision, held, until)
            if decision in ENDS:
                self._end(onboarding, ENDS[decision], beside, held)
                return None
            if until is not None:
                attempt, due = attempt + 1, until
            else:
                number, attempt, due = number + 1, 1, following_day(started, number, due)

    def _is_late(self, leader: Person, due: dt.date) -> bool:
        recent = self.today - dt.timedelta(days=60) < due < self.today
        return recent and not leader.part and self.rng.random() < LATE

    def _decision(self, appointment: Appointment, gate: Gate) -> GateDecision:
        left = appointment.end is not None and appointment.end <= self.today
        if left and gate.number == GATES:
            return GateDecision.LEAVE
        if left or appointment.person.part or gate.attempt > 1 or self.rng.random() >= EXTENDED:
            return onwards_of(gate)
        return GateDecision.EXTEND

    def _show_all(self, gate: Gate, beside: Beside, held: dt.date) -> None:
        GateProof.objects.bulk_create(
            self._proof(gate, item, beside, held - dt.timedelta(days=self.rng.randint(14, 60)))
            for item in self.items[gate.number]
        )

    def _proof(self, gate: Gate, item: GateItem, beside: Beside, day: dt.date) -> GateProof:
        proof = GateProof(
            onboarding=gate.onboarding,
            item=item,
            done_on=day - dt.timedelta(days=3),
            words=self.rng.choice(SHOWN),
            shown_by_id=gate.onboarding.leader_id,
            shown_on=day,
            state=ProofState.CONFIRMED,
            decided_by_id=beside.sponsor if item.is_private else beside.manager,
            decided_on=day + dt.timedelta(days=4),
        )
        if item.is_private:
            proof.words, proof.file_name = "", "profile.pdf"
            proof.file.save("profile.pdf", ContentFile(_profile()), save=False)
            scan(hold(proof.file).pk)
        return proof

    def _recommend(self, gate: Gate, beside: Beside, decision: GateDecision, held: dt.date) -> None:
        for part in Part:
            day = held - dt.timedelta(days=self.rng.randint(3, 12))
            self._word(gate, part, beside, decision, day)

    def _word(self, gate: Gate, part: Part, beside: Beside, decision: GateDecision, day: dt.date) -> None:
        Recommendation.objects.create(
            gate=gate,
            part=part,
            recommends=decision,
            words=self.rng.choice(WORDS),
            by_id=beside.sponsor if part == Part.SPONSOR else beside.manager,
            at=dt.datetime.combine(day, dt.time(15), self.zone),
        )

    def _decide(
        self, gate: Gate, beside: Beside, decision: GateDecision, held: dt.date, until: dt.date | None
    ) -> None:
        gate.decision, gate.reason, gate.until = decision, REASONS[decision], until
        gate.obstacles = self.rng.choice(HINDRANCES) if decision in HINDERED else []
        gate.sponsor_id, gate.manager_id = beside.sponsor, beside.manager
        gate.decided_by_id, gate.decided_on = beside.chair, held
        gate.save()

    def _end(self, onboarding: Onboarding, state: OnboardingState, beside: Beside, held: dt.date) -> None:
        onboarding.state = state
        onboarding.over_on, onboarding.over_by_id = held, beside.chair
        onboarding.save()

    def _come_near(self, near: list[tuple[Gate, Person, Beside]]) -> None:
        """Of gates that are near: the persona's waits for the sponsor, another one for the persona who is
        chair, named by HR; of the others the immediate leader has recommended."""
        chair, waits = self.staff.part("chair").id, False
        for gate, leader, beside in sorted(near, key=lambda each: (not each[1].part, each[0].due_on)):
            day = min(self.today, gate.due_on) - dt.timedelta(days=6)
            self._word(gate, Part.MANAGER, beside, onwards_of(gate), day)
            if leader.part or waits or chair in {leader.id, beside.sponsor, beside.manager}:
                self._show_most(gate, beside, day)
                continue
            waits = True
            self._show_all(gate, beside, day)
            self._word(gate, Part.SPONSOR, beside, onwards_of(gate), day)
            Onboarding.objects.filter(pk=gate.onboarding_id).update(chair_id=chair)

    def _show_most(self, gate: Gate, beside: Beside, day: dt.date) -> None:
        """All but the last two items: one waits to be confirmed, one is still to be shown."""
        *done, waiting, _missing = self.items[gate.number]
        proofs = [self._proof(gate, item, beside, day) for item in done]
        shown = self._proof(gate, waiting, beside, day)
        shown.state, shown.decided_by_id, shown.decided_on = ProofState.SHOWN, None, None
        GateProof.objects.bulk_create([*proofs, shown])


def onwards_of(gate: Gate) -> GateDecision:
    """What a gate comes to when it goes well."""
    return GateDecision.PERMANENT if gate.number == GATES else GateDecision.GO_ON


@cache
def _profile() -> bytes:
    """The report of an assessment, as nobody's."""
    return pdf_page(
        Sheet(
            title="Profile of emotional intelligence",
            above="Sample",
            lead="An invented report: the demonstration has something to download.",
            head=("Part", "Said"),
            groups=[("", [("Knowing oneself", "a strength"), ("Hearing others", "growing")])],
            widths=(2, 3),
            notes=[],
        )
    )
