"""Who missed a part of a programme, and who sees to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import AuditPoint, PhaseKind, PhaseState
from partnerships.models import (
    Feedback,
    PartnershipProgramme,
    ProgrammeException,
    ProgrammeParticipant,
    ProgrammePhase,
)
from partnerships.permissions import can_run_programme
from partnerships.queries.findings import IN_PERSON_AFTER
from partnerships.queries.phases import records_of, year_of
from people.member import Member
from tenancy.kept import kept


@dataclass(frozen=True, slots=True)
class Gap:
    """Somebody missed a part of the programme; `exception`: who sees to it, once somebody does."""

    participant: ProgrammeParticipant
    phase: ProgrammePhase
    exception: ProgrammeException | None

    @property
    def key(self) -> str:
        return f"{self.participant.pk} {self.phase.pk}"

    @property
    def words(self) -> str:
        names = {"name": self.participant.person.name, "phase": self.phase.title}
        if self.phase.kind == PhaseKind.COACHING:
            return _("%(name)s has not been coached") % names
        if self.phase.kind in {PhaseKind.AUDIT_START, PhaseKind.AUDIT_END}:
            return _("%(name)s has not had what the audit found") % names
        return _("%(name)s missed “%(phase)s”") % names

    @property
    def is_settled(self) -> bool:
        return self.exception is not None and not self.exception.is_open


def gaps_of(programme: PartnershipProgramme, year: Sequence[ProgrammePhase] | None = None) -> list[Gap]:
    """Who was not there, has not been coached when it should be done, or has not had what an audit found
    after four weeks; in the order of the year. What was followed up stays on the list, whatever became of
    it since. Five queries, or four with its `year` at hand."""
    waiting = _without_feedback(programme)
    seen_to = {(each.participant_id, each.phase_id): each for each in kept(_exceptions, programme.pk)}
    records = records_of(programme)
    absent = {
        (participant_id, phase_id)
        for participant_id, record in records.items()
        for phase_id, present in record.presence.items()
        if not present
    }
    uncoached = {
        each.pk
        for each in programme.participants_by_name
        if each.left_on is None and not (each.pk in records and records[each.pk].sessions)
    }
    # At most phases nobody missed anything: they are passed over at once, however many take part.
    concerned = {phase_id for _who, phase_id in (*seen_to, *absent)}
    kinds = {kind for _who, kind in waiting}
    return [
        Gap(each, phase, exception)
        for phase in (year_of(programme) if year is None else year)
        for due in [_is_coaching_due(phase)]
        if due or phase.pk in concerned or phase.kind in kinds
        for each in programme.participants_by_name
        for exception in [seen_to.get((each.pk, phase.pk))]
        if exception
        or (each.person_id, phase.kind) in waiting
        or (due and each.pk in uncoached)
        or (phase.kind != PhaseKind.COACHING and (each.pk, phase.pk) in absent)
    ]


def gaps_shown_to(member: Member, programme: PartnershipProgramme) -> list[Gap] | None:
    """All of them for whoever runs the programme, one's own for whoever sees to some; None for others."""
    gaps = gaps_of(programme)
    if can_run_programme(member, programme):
        return gaps
    own = [gap for gap in gaps if gap.exception is not None and gap.exception.owner_id == member.person_id]
    return own or None


def _is_coaching_due(phase: ProgrammePhase) -> bool:
    """Whether everybody should have been coached by now."""
    return phase.kind == PhaseKind.COACHING and (phase.is_late or phase.state == PhaseState.DONE)


def _without_feedback(programme: PartnershipProgramme) -> set[tuple[UUID, str]]:
    """Who was told of an audit's findings and has neither opened them nor been told in person (R211): the
    person, and the phase of that audit."""
    rows = kept(_unheard, programme.pk, timezone.localdate() - IN_PERSON_AFTER)
    phase_of = {AuditPoint.START.value: PhaseKind.AUDIT_START, AuditPoint.END.value: PhaseKind.AUDIT_END}
    return {(person_id, phase_of[which]) for person_id, which in rows}


def _unheard(programme_id: UUID, last: dt.date) -> QuerySet[Feedback, Any]:
    rows = Feedback.objects.filter(
        analysis__audit__programme=programme_id, told_on__lte=last, opened_on=None, spoken_on=None
    )
    return rows.values_list("person_id", "analysis__audit__which")


def exceptions_of(programme: PartnershipProgramme) -> QuerySet[ProgrammeException]:
    return _exceptions(programme.pk)


def _exceptions(programme_id: UUID) -> QuerySet[ProgrammeException]:
    return ProgrammeException.objects.filter(phase__programme=programme_id).select_related("owner")


def exceptions_for(person_id: UUID) -> QuerySet[ProgrammeException]:
    """What somebody is to see to, the oldest first."""
    return (
        ProgrammeException.objects.filter(owner=person_id, settled_on=None, phase__programme__closed_on=None)
        .select_related("participant__person", "phase")
        .order_by("opened_on", "pk")
    )
