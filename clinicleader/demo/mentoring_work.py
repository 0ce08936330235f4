"""What the pairs of the demo do together: contracts, deliverables on their way, a session each month."""

from __future__ import annotations

import datetime as dt
import random
from uuid import UUID
from zoneinfo import ZoneInfo

from clinicleader.demo.staff import Staff
from mentoring.contract_preset import CONFIDENTIALITY, DELIVERABLES, PURPOSE, RHYTHM
from mentoring.enums import DeliverableState, MeetingFormat, MentorshipState, NoteFor
from mentoring.models import Contract, Deliverable, Mentorship, Session, SessionNote
from mentoring.session_notes import sealed

# Chance of a contract, of a deliverable done by its day, of the next session being planned.
AGREED, DONE, PLANNED = 0.75, 0.7, 0.6
AGENDAS = (
    "What I saw in the last meeting, and what I did not understand.",
    "The difficult conversation that I keep putting off.",
    "Where the project stands, and whom I need for it.",
    "My next step: which door to knock at.",
)
REPORTS = (
    "Done, and talked over in our session.",
    "I led it, and wrote half a page on what I would do differently.",
    "I was there for the whole meeting and we spoke about it afterwards.",
)


def fill_mentoring_work(staff: Staff, today: dt.date, zone: str, rng: random.Random) -> None:
    """For the mentorships that run; the resident's peer has something to attest."""
    running = list(
        Mentorship.objects.filter(state=MentorshipState.ACTIVE).order_by("mentee__external_id", "tier")
    )
    resident = staff.part("resident").id
    at = ZoneInfo(zone)
    _agree(
        [one for one in running if one.mentee_id == resident or rng.random() < AGREED],
        resident,
        today,
        at,
        rng,
    )
    _meet(running, resident, today, at, rng)


def _agree(
    mentorships: list[Mentorship], resident: UUID, today: dt.date, zone: ZoneInfo, rng: random.Random
) -> None:
    contracts, deliverables = [], []
    for one in mentorships:
        began = one.started_on or today
        contract = Contract(
            mentorship=one,
            version=1,
            purpose=PURPOSE,
            rhythm=RHYTHM,
            confidentiality=CONFIDENTIALITY,
            drafted_by_id=one.mentee_id,
            drafted_at=dt.datetime.combine(began, dt.time(17), zone),
        )
        contracts.append(contract)
        for position, (title, days) in enumerate(DELIVERABLES, 1):
            due = began + dt.timedelta(days=days)
            made = Deliverable(contract=contract, title=title, due_on=due, position=position)
            if due < today and (one.mentee_id == resident or rng.random() < DONE):
                _report(made, one, rng, attested=one.mentee_id != resident or position == 1)
            deliverables.append(made)
    Contract.objects.bulk_create(contracts)
    Deliverable.objects.bulk_create(deliverables)
    for contract in contracts:
        contract.mentee_signed_at = contract.drafted_at
        contract.mentor_signed_at = contract.drafted_at + dt.timedelta(days=2)
    Contract.objects.bulk_update(contracts, ["mentee_signed_at", "mentor_signed_at"])


def _report(made: Deliverable, one: Mentorship, rng: random.Random, *, attested: bool) -> None:
    made.reported_on = made.due_on - dt.timedelta(days=rng.randint(1, 9))
    made.report, made.state = rng.choice(REPORTS), DeliverableState.REPORTED
    if attested:
        made.state, made.attested_by_id = DeliverableState.COMPLETED, one.mentor_id
        made.attested_on = made.reported_on + dt.timedelta(days=1)


def _meet(
    mentorships: list[Mentorship], resident: UUID, today: dt.date, zone: ZoneInfo, rng: random.Random
) -> None:
    sessions, notes = [], []
    for one in mentorships:
        day = (one.started_on or today) + dt.timedelta(days=rng.randint(5, 20))
        while day < today:
            sessions.append(_session(one, day, zone, rng))
            day += dt.timedelta(days=rng.randint(26, 38))
        if one.mentee_id == resident or rng.random() < PLANNED:
            sessions.append(_session(one, today + dt.timedelta(days=rng.randint(2, 6)), zone, rng))
        if one.mentee_id == resident and len(sessions) > 1:
            notes.append(
                SessionNote(
                    session=sessions[-2],
                    author_id=resident,
                    readers=NoteFor.BOTH,
                    text=sealed("Ask who decides before asking what is decided."),
                    written_at=sessions[-2].ends_at,
                )
            )
    Session.objects.bulk_create(sessions)
    SessionNote.objects.bulk_create(notes)


def _session(one: Mentorship, day: dt.date, zone: ZoneInfo, rng: random.Random) -> Session:
    if day.weekday() > 4:
        day += dt.timedelta(days=2)
    starts_at = dt.datetime.combine(day, dt.time(rng.choice([8, 12, 16]), rng.choice([0, 30])), zone)
    return Session(
        mentorship=one,
        starts_at=starts_at,
        minutes=rng.choice([30, 45, 60]),
        format=rng.choice(MeetingFormat.values),
        agenda=rng.choice(AGENDAS),
        changed_at=starts_at - dt.timedelta(days=7),
    )
