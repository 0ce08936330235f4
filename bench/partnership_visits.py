"""What the pages of partnerships are opened with."""

from __future__ import annotations

from bench.mentoring_visits import first_of
from partnerships.models import Meeting, PartnershipProgramme, ProgrammeParticipant, ProgrammePhase


def arguments_of_partnerships() -> dict[str, object]:
    """By the name of an argument: the programme, and the partnership that met most."""
    return {
        "partnership_id": Meeting.objects.values_list("partnership_id", flat=True).first(),
        "programme_id": first_of(PartnershipProgramme.objects.all()),
        "phase_id": first_of(ProgrammePhase.objects.all()),
        "item_id": first_of(ProgrammeParticipant.objects.all()),
    }
