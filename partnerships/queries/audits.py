"""Questions about the cultural audits of a partnership programme. None about answers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from partnerships.models import PartnershipProgramme, ProgrammeAudit
from surveys.built_in import CULTURAL_AUDIT
from surveys.enums import WaveState
from surveys.models import Instrument, RollEntry, Wave
from surveys.queries import instruments_to_launch
from tenancy.kept import first_kept, kept


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a survey asked of those who take part: how many of how many, who was not, and how many besides."""

    participants: int
    left_out: list[str]
    others: int

    @property
    def all(self) -> int:
        return self.participants + len(self.left_out)


def audits_of(programme: PartnershipProgramme) -> QuerySet[ProgrammeAudit]:
    """That of the start before that of the end."""
    return _audits(programme.pk)


def audits_told(programme: PartnershipProgramme) -> list[ProgrammeAudit]:
    """The same, both of them."""
    return kept(_audits, programme.pk)


def _audits(programme_id: UUID) -> QuerySet[ProgrammeAudit]:
    found = ProgrammeAudit.objects.filter(programme=programme_id).order_by("-which")
    return found.select_related("wave__instrument", "wave__unit", "wave__cohort")


def audit_waves() -> QuerySet[Wave]:
    """Surveys with the cultural audit that were opened here, so that it is settled whom they ask."""
    return (
        Wave.objects.filter(instrument__key=CULTURAL_AUDIT.key, imported=False)
        .exclude(state=WaveState.DRAFT)
        .select_related("instrument", "unit", "cohort")
        .order_by("-opens_on", "title")
    )


def audit_instrument() -> Instrument | None:
    """The cultural audit in the version that is in use."""
    return first_kept(_audit_instruments)


def _audit_instruments() -> QuerySet[Instrument]:
    return instruments_to_launch().filter(key=CULTURAL_AUDIT.key)[:1]


def asked_of(programme: PartnershipProgramme, wave: Wave) -> Asked:
    """By the roll, which is frozen at the launch. One query."""
    roll = set(RollEntry.objects.filter(wave=wave).values_list("person_id", flat=True))
    people = {each.person_id: each.person.name for each in programme.participants_by_name}
    left_out = [name for person_id, name in people.items() if person_id not in roll]
    return Asked(len(people) - len(left_out), left_out, len(roll - set(people)))
