"""Questions about the year of a partnership programme."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from partnerships.enums import PhaseState
from partnerships.models import (
    PartnershipProgramme,
    PhaseAttendance,
    ProgrammeArtefact,
    ProgrammeCoaching,
    ProgrammeOutcome,
    ProgrammeParticipant,
    ProgrammePhase,
)
from tenancy.kept import kept


def phases_of(programme: PartnershipProgramme) -> QuerySet[ProgrammePhase]:
    """In the order of the year."""
    return (
        ProgrammePhase.objects.filter(programme=programme)
        .select_related("owner", "programme")
        .order_by("due_on", "kind", "pk")
    )


def year_of(programme: PartnershipProgramme) -> list[ProgrammePhase]:
    """The same, all of them, of a programme that is loaded."""
    found = kept(_year, programme.pk)
    for each in found:
        each.programme = programme
    return found


def _year(programme_id: UUID) -> QuerySet[ProgrammePhase]:
    found = ProgrammePhase.objects.filter(programme=programme_id).select_related("owner")
    return found.order_by("due_on", "kind", "pk")


def open_phases() -> QuerySet[ProgrammePhase]:
    """What is to come in programmes that are not closed, the next one first."""
    return (
        ProgrammePhase.objects.filter(state=PhaseState.OPEN, programme__closed_on=None)
        .select_related("programme__unit", "owner")
        .order_by("due_on", "pk")
    )


def phases_for(person_id: UUID, *, before: dt.date) -> QuerySet[ProgrammePhase]:
    """What is to come before a day and somebody sees to, or runs the programme of."""
    whose = Q(owner=person_id) | Q(programme__lead=person_id)
    return open_phases().filter(whose, due_on__lt=before)


def phases_to_remind(*, on: dt.date, again_after: dt.timedelta) -> QuerySet[ProgrammePhase]:
    """What is late, and of which nobody was reminded lately."""
    return open_phases().filter(Q(reminded_on=None) | Q(reminded_on__lte=on - again_after), due_on__lt=on)


def artefacts_of(programme: PartnershipProgramme) -> dict[str, ProgrammeArtefact]:
    """By their kind."""
    return {each.kind: each for each in kept(_artefacts, programme.pk)}


def _artefacts(programme_id: UUID) -> QuerySet[ProgrammeArtefact]:
    return ProgrammeArtefact.objects.filter(programme=programme_id).select_related("written_by")


def presence_at(phase: ProgrammePhase) -> dict[UUID, bool]:
    """Participant -> whether they were there; without those who were not expected."""
    rows = PhaseAttendance.objects.filter(phase=phase).values_list("participant_id", "present")
    return dict(rows)


@dataclass(slots=True)
class Record:
    """What somebody who takes part took part in."""

    presence: dict[UUID, bool] = field(default_factory=dict)  # phase -> whether they were there
    sessions: int = 0  # of coaching
    last_session: dt.date | None = None


def records_of(programme: PartnershipProgramme) -> dict[UUID, Record]:
    """Participant -> record. Two queries."""
    found: defaultdict[UUID, Record] = defaultdict(Record)
    for participant_id, phase_id, present in kept(_presence, programme.pk):
        found[participant_id].presence[phase_id] = present
    for participant_id, sessions, last in kept(_sessions, programme.pk):
        record = found[participant_id]
        record.sessions, record.last_session = sessions, last
    return found


def _presence(programme_id: UUID) -> QuerySet[PhaseAttendance, Any]:
    there = PhaseAttendance.objects.filter(phase__programme=programme_id)
    return there.values_list("participant_id", "phase_id", "present")


def _sessions(programme_id: UUID) -> QuerySet[ProgrammeCoaching, Any]:
    held = ProgrammeCoaching.objects.filter(participant__programme=programme_id).order_by()
    return held.values_list("participant_id").annotate(sessions=Count("pk"), last=Max(F("held_on")))


def coaching_of(participant: ProgrammeParticipant) -> QuerySet[ProgrammeCoaching]:
    """The newest session first."""
    return ProgrammeCoaching.objects.filter(participant=participant).order_by("-held_on")


def outcomes_of(programme: PartnershipProgramme) -> QuerySet[ProgrammeOutcome]:
    """What was declared first comes first."""
    return _outcomes(programme.pk)


def outcomes_told(programme: PartnershipProgramme) -> list[ProgrammeOutcome]:
    """The same, all of them."""
    return kept(_outcomes, programme.pk)


def _outcomes(programme_id: UUID) -> QuerySet[ProgrammeOutcome]:
    return ProgrammeOutcome.objects.filter(programme=programme_id).order_by("declared_on", "title")
