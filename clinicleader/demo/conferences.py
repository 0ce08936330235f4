"""Case conferences of leaders who have a team: evidence, diagnoses, what the leaders asked and were told."""

from __future__ import annotations

import datetime as dt
import random
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from clinicleader.demo.staff import Person, Staff
from sponsors.enums import DiagnosisKind, Domain, EvidenceKind, SponsorshipState
from sponsors.models import (
    Attendee,
    Conference,
    ConferenceEvidence,
    Diagnosis,
    DiagnosisAcknowledgement,
    DiagnosisQuestion,
    Sponsorship,
    TeamSeat,
)

HELD_AFTER, AGAIN_AFTER = dt.timedelta(days=7), dt.timedelta(days=120)
READ, ASKED, ANSWERED = 0.9, 0.5, 0.9
QUESTIONS: Final = (
    "What does this leader need to lead people who do not report to them?",
    "What stands between this leader and a service of their own?",
)
# What each domain sees and recommends: kind, words, prescription.
SEEN: Final[dict[Domain, tuple[DiagnosisKind, str, str]]] = {
    Domain.COACHING: (
        DiagnosisKind.AREA,
        "Listens well in small rounds, and falls silent when it gets loud.",
        "Practise one hard conversation a month, and talk it over afterwards.",
    ),
    Domain.FINANCE: (
        DiagnosisKind.AREA,
        "Decides from the clinic’s side, and asks for money too late and without numbers.",
        "A budget of their own, however small, and somebody to ask.",
    ),
    Domain.QUALITY: (
        DiagnosisKind.OPPORTUNITY,
        "Sees where care gets stuck, and others follow to look.",
        "An improvement that goes beyond the own ward, to be led from idea to habit.",
    ),
    Domain.PEOPLE: (
        DiagnosisKind.AREA,
        "Puts off what is unpleasant, until it has become a case for us.",
        "Sit in on two hiring rounds, then lead one.",
    ),
    Domain.LEARNING: (
        DiagnosisKind.OPPORTUNITY,
        "Learns fast by doing, little by courses.",
        "No further course this year: real work with time to look back.",
    ),
    Domain.CLINICAL: (
        DiagnosisKind.OPPORTUNITY,
        "Colleagues ask for their opinion, and get one that is honest.",
        "Keep a clinic day, and chair the morning meeting.",
    ),
}
EVIDENCE: Final = (
    (EvidenceKind.INDEX, "The unit’s leader index rose by two points; “inform” is the lowest behaviour."),
    (EvidenceKind.SCORE, "Readiness: team leadership strong, financial acumen the lowest dimension."),
    (EvidenceKind.PASSPORT, "Two stamps this year; the quality project is still open."),
    (EvidenceKind.OBSERVATION, "Chaired the morning meeting for me: everybody spoke, and it ended in time."),
)
PRESCRIPTION: Final = (
    "Real work first, with somebody beside it: one project beyond the own ward, coaching for the "
    "conversations that come with it."
)
ASKING: Final = (
    "Could you give me an example?",
    "How would I notice that it gets better?",
    "Is it something others say too?",
)
ANSWER: Final = "Let us talk it over on Thursday; two examples are from the last quarter."


def fill_conferences(staff: Staff, today: dt.date, zone: str, rng: random.Random) -> None:
    """After the sponsorships, before the regimens: diagnosis comes before prescription."""
    _Filling(staff, today, zone, rng).write()


class _Filling:
    def __init__(self, staff: Staff, today: dt.date, zone: str, rng: random.Random) -> None:
        self.people = {one.id: one for one in staff.people}
        self.line = staff.managers()
        self.today, self.zone, self.rng = today, ZoneInfo(zone), rng
        self.conferences: list[Conference] = []
        self.attendees: list[Attendee] = []
        self.evidence: list[ConferenceEvidence] = []
        self.diagnoses: list[Diagnosis] = []
        self.read: list[DiagnosisAcknowledgement] = []
        self.questions: list[DiagnosisQuestion] = []

    def write(self) -> None:
        teams: dict[UUID, list[TeamSeat]] = {}
        for seat in TeamSeat.objects.order_by("leader__external_id", "domain"):
            teams.setdefault(seat.leader_id, []).append(seat)
        running = Sponsorship.objects.filter(state=SponsorshipState.ACTIVE, leader__in=teams)
        for each in running.order_by("leader__external_id"):
            self._confer(each, teams[each.leader_id])
        for model, rows in (
            (Conference, self.conferences),
            (Attendee, self.attendees),
            (ConferenceEvidence, self.evidence),
            (Diagnosis, self.diagnoses),
            (DiagnosisAcknowledgement, self.read),
            (DiagnosisQuestion, self.questions),
        ):
            model._default_manager.bulk_create(rows)  # type: ignore[arg-type]  # each its own rows

    def _confer(self, sponsorship: Sponsorship, team: list[TeamSeat]) -> None:
        """A first conference a week after the beginning, another one four months later; a persona's next one
        is called already."""
        leader = self.people[sponsorship.leader_id]
        first = (sponsorship.started_on or self.today) + HELD_AFTER
        for question, day in zip(QUESTIONS, (first, first + AGAIN_AFTER), strict=True):
            if day < self.today - dt.timedelta(days=2):
                self._hold(sponsorship, team, question, day)
        if leader.part:
            self._call(sponsorship, team, QUESTIONS[1], self.today + dt.timedelta(days=6))

    def _call(
        self, sponsorship: Sponsorship, team: list[TeamSeat], question: str, day: dt.date
    ) -> Conference:
        made = Conference(
            leader_id=sponsorship.leader_id,
            question=question,
            held_on=day,
            opened_by_id=sponsorship.sponsor_id,
            opened_at=self._at(min(day, self.today), -5),
        )
        manager: Person | None = self.line.get(self.people[sponsorship.leader_id])
        guests = {sponsorship.sponsor_id, *(seat.specialist_id for seat in team)}
        guests |= {manager.id} if manager else set()
        self.conferences.append(made)
        self.attendees += [Attendee(conference=made, person_id=guest) for guest in sorted(guests)]
        for kind, words in self.rng.sample(EVIDENCE, 2):
            self.evidence.append(
                ConferenceEvidence(
                    conference=made,
                    kind=kind,
                    words=words,
                    noted_by_id=self.rng.choice(sorted(guests)),
                    noted_at=made.opened_at + dt.timedelta(hours=2),
                )
            )
        return made

    def _hold(self, sponsorship: Sponsorship, team: list[TeamSeat], question: str, day: dt.date) -> None:
        made = self._call(sponsorship, team, question, day)
        made.prescription, made.review_on = PRESCRIPTION, day + dt.timedelta(days=90)
        made.concluded_at = self._at(day, 2)
        for seat in team:
            kind, words, prescription = SEEN[Domain(seat.domain)]
            diagnosis = Diagnosis(
                conference=made,
                author_id=seat.specialist_id,
                domain=seat.domain,
                kind=kind,
                words=words,
                prescription=prescription,
                released_at=self._at(day, 1),
            )
            self.diagnoses.append(diagnosis)
            if self.rng.random() < READ:
                self.read.append(DiagnosisAcknowledgement(diagnosis=diagnosis, at=self._at(day, 8)))
            if self.rng.random() < ASKED:
                self._ask(diagnosis, day)

    def _ask(self, diagnosis: Diagnosis, day: dt.date) -> None:
        asked = DiagnosisQuestion(
            diagnosis=diagnosis, words=self.rng.choice(ASKING), asked_at=self._at(day, 9)
        )
        answered = asked.asked_at + dt.timedelta(hours=self.rng.randint(5, 240))
        if answered.date() < self.today and self.rng.random() < ANSWERED:
            asked.answer, asked.answered_by_id = ANSWER, diagnosis.author_id
            asked.answered_at = answered
        self.questions.append(asked)

    def _at(self, day: dt.date, hours: int) -> dt.datetime:
        """So many hours after ten o'clock."""
        return dt.datetime.combine(day, dt.time(10), self.zone) + dt.timedelta(hours=hours)
