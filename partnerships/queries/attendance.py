"""Who was there: of a whole programme, of one participant, at one phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from partnerships.models import PartnershipProgramme, ProgrammeParticipant, ProgrammePhase
from partnerships.permissions import can_see_to_phase
from partnerships.queries.phases import Record, presence_at, records_of, year_of
from people.member import Member


class Mark(NamedTuple):
    """At a phase at which presence counts: there, missed, not expected (None)."""

    phase: ProgrammePhase
    present: bool | None


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody with their marks."""

    participant: ProgrammeParticipant
    record: Record
    marks: list[Mark]


def counted_phases(programme: PartnershipProgramme) -> list[ProgrammePhase]:
    """Those at which it matters who was there, in the order of the year."""
    return [each for each in year_of(programme) if each.counts_presence]


def lines_of(programme: PartnershipProgramme, counted: list[ProgrammePhase]) -> list[Line]:
    """Everybody who takes part or once did. Two queries."""
    records = records_of(programme)
    found = [(each, records.get(each.pk, Record())) for each in programme.participants_by_name]
    return [
        Line(each, record, [Mark(phase, record.presence.get(phase.pk)) for phase in counted])
        for each, record in found
    ]


def marks_of(participant: ProgrammeParticipant) -> list[Mark]:
    """One's own of the year, with what is to come. Three queries."""
    presence = records_of(participant.programme).get(participant.pk, Record()).presence
    return [Mark(each, presence.get(each.pk)) for each in counted_phases(participant.programme)]


class Presence(NamedTuple):
    participant: ProgrammeParticipant
    present: bool


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many of how many were there; by name for whoever sees to it, for others their own alone."""

    there: int
    expected: int
    people: list[Presence]


def attendance_shown_to(member: Member, programme: PartnershipProgramme, phase: ProgrammePhase) -> Attendance:
    """One query."""
    presence, sees_all = presence_at(phase), can_see_to_phase(member, programme, phase)
    people = [
        Presence(each, presence[each.pk])
        for each in programme.participants_by_name
        if each.pk in presence and (sees_all or each.person_id == member.person_id)
    ]
    return Attendance(sum(presence.values()), len(presence), people)
