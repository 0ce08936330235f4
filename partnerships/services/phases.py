"""The phases of a programme: planned, held with whoever was there, dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import AuditPoint, PhaseKind, PhaseState
from partnerships.models import (
    PartnershipProgramme,
    PhaseAttendance,
    ProgrammeAudit,
    ProgrammeOutcome,
    ProgrammePhase,
)
from partnerships.notices import programmes as notices
from partnerships.permissions import PHASE_IS_SEEN_TO_BY, can_see_to_phase
from partnerships.queries.phases import phases_to_remind
from partnerships.services.programmes import locked_as_it_is, locked_programme, require_open
from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify

REMIND_AGAIN_AFTER: Final = dt.timedelta(days=7)
AUDIT_OF: Final = {PhaseKind.AUDIT_START: AuditPoint.START, PhaseKind.AUDIT_END: AuditPoint.END}


@transaction.atomic
def add_away_day(
    programme: PartnershipProgramme, title: str, due_on: dt.date, *, by: Member
) -> ProgrammePhase:
    """One more. Whoever runs the programme sees to it, until somebody else does."""
    kept = locked_programme(programme, by)
    _require_within(kept, due_on)
    return ProgrammePhase.objects.create(
        programme=kept, kind=PhaseKind.AWAY_DAY, title=title.strip(), due_on=due_on, owner_id=kept.lead_id
    )


@transaction.atomic
def plan_phase(phase: ProgrammePhase, due_on: dt.date, owner: Person, *, by: Member) -> ProgrammePhase:
    """Another day, or somebody else who sees to it, who is told."""
    kept = _locked_phase(phase, by)
    _require_open(kept)
    _require_within(kept.programme, due_on)
    if owner.pk != kept.owner_id:
        notify({owner.pk} - {by.person_id}, notices.to_see_to(kept))
    kept.due_on, kept.owner, kept.reminded_on = due_on, owner, None
    kept.save(update_fields=["due_on", "owner", "reminded_on"])
    return kept


@transaction.atomic
def finish_phase(
    phase: ProgrammePhase, over_on: dt.date, present: Collection[UUID], words: str, *, by: Member
) -> ProgrammePhase:
    """It has taken place. `present`: the participants who were there, where that is counted; the others who
    took part on that day missed it."""
    kept = _locked_phase(phase, by)
    _require_open(kept)
    _require_done(kept, over_on)
    people = kept.programme.participants_by_name
    expected = [each for each in people if each.left_on is None or each.left_on > over_on]
    if not {each.pk for each in expected}.issuperset(present):
        raise ValidationError({"present": _("Name only those who took part on that day.")})
    if kept.counts_presence:
        PhaseAttendance.objects.bulk_create(
            PhaseAttendance(phase=kept, participant=each, present=each.pk in present) for each in expected
        )
    return _close(kept, PhaseState.DONE, over_on, words)


@transaction.atomic
def drop_phase(phase: ProgrammePhase, words: str, *, by: Member) -> ProgrammePhase:
    """It will not take place, and why."""
    kept = _locked_phase(phase, by)
    _require_open(kept)
    if not words.strip():
        raise ValidationError({"words": _("Say why it does not take place.")})
    return _close(kept, PhaseState.DROPPED, timezone.localdate(), words)


@transaction.atomic
def reopen_phase(phase: ProgrammePhase, *, by: Member) -> ProgrammePhase:
    """It was noted wrongly: who was there is noted anew."""
    kept = _locked_phase(phase, by)
    PhaseAttendance.objects.filter(phase=kept).delete()
    kept.state, kept.over_on = PhaseState.OPEN, None
    kept.save(update_fields=["state", "over_on"])
    return kept


@transaction.atomic
def remind_of_late_phases(*, on: dt.date) -> int:
    """Whoever sees to what is late, and whoever runs the programme, once a week. Gives how many are late."""
    late = phases_to_remind(on=on, again_after=REMIND_AGAIN_AFTER)
    found = list(late.select_for_update(of=("self",)))
    for phase in found:
        notify({phase.owner_id, phase.programme.lead_id}, notices.late(phase))
        phase.reminded_on = on
    ProgrammePhase.objects.bulk_update(found, ["reminded_on"])
    return len(found)


def _locked_phase(phase: ProgrammePhase, by: Member) -> ProgrammePhase:
    """As it is now, in a programme that is open, for whoever sees to it."""
    programme = locked_as_it_is(phase.programme)
    kept = ProgrammePhase.objects.select_for_update().get(pk=phase.pk)
    demand(can_see_to_phase(by, programme, kept), PHASE_IS_SEEN_TO_BY)
    require_open(programme)
    kept.programme = programme
    return kept


def _require_open(phase: ProgrammePhase) -> None:
    if not phase.is_open:
        raise ValidationError(
            _("Meanwhile it is noted as %(state)s.") % {"state": phase.get_state_display().lower()}
        )


def _require_within(programme: PartnershipProgramme, due_on: dt.date) -> None:
    if due_on < programme.start_date:
        raise ValidationError({"due_on": _("This is before the programme begins.")})


def _require_done(phase: ProgrammePhase, over_on: dt.date) -> None:
    if not phase.programme.start_date <= over_on <= timezone.localdate():
        raise ValidationError({"over_on": _("Choose a day from the programme’s first one until today.")})
    which = AUDIT_OF.get(PhaseKind(phase.kind))
    if which and not ProgrammeAudit.objects.filter(programme=phase.programme, which=which).exists():
        raise ValidationError(_("Attach the survey that was this audit first."))
    if phase.kind == PhaseKind.FOLLOW_UP:
        _require_measured(phase.programme)


def _require_measured(programme: PartnershipProgramme) -> None:
    """The follow-up is done when all that was declared has been looked at."""
    unknown = ProgrammeOutcome.objects.filter(programme=programme, measured_on=None).order_by("title")
    if titles := ", ".join(unknown.values_list("title", flat=True)):
        raise ValidationError(_("Note first how it stands: %(titles)s.") % {"titles": titles})


def _close(phase: ProgrammePhase, state: PhaseState, over_on: dt.date, words: str) -> ProgrammePhase:
    phase.state, phase.over_on, phase.words = state, over_on, words.strip()
    phase.save(update_fields=["state", "over_on", "words"])
    return phase
