"""Beginning a partnership programme, and who takes part in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import ParticipantKind, PhaseState
from partnerships.models import Partnership, PartnershipProgramme, ProgrammeParticipant, ProgrammePhase
from partnerships.notices import programmes as notices
from partnerships.permissions import (
    PROGRAMME_IS_RUN_BY,
    PROGRAMMES_ARE_BEGUN_BY,
    can_begin_programme,
    can_run_programme,
)
from partnerships.queries.programmes import programmes
from partnerships.year import due_days
from people.access import demand
from people.member import Member
from people.models import Person, Unit
from people.notices import notify


@dataclass(frozen=True, slots=True)
class Outline:
    """A programme as somebody begins it: with one executive at least who goes through it too (R206), and has
    as a rule done the like before (`done_before`)."""

    title: str
    purpose: str
    unit: Unit
    lead: Person
    sponsor: Person
    done_before: str
    start_date: dt.date


@transaction.atomic
def begin_programme(outline: Outline, *, by: Member) -> PartnershipProgramme:
    """A year for a unit and what lies below it, with its usual phases; partnerships are brought in from here
    on. Whoever runs it and the sponsor are told."""
    demand(can_begin_programme(by), PROGRAMMES_ARE_BEGUN_BY)
    made = _create(outline)
    _seat(made, outline.sponsor, ParticipantKind.SPONSOR, done_before=outline.done_before.strip())
    ProgrammePhase.objects.bulk_create(
        ProgrammePhase(
            programme=made, kind=planned.kind, title=str(planned.title), due_on=due_on, owner_id=made.lead_id
        )
        for planned, due_on in due_days(made.start_date)
    )
    notify({made.lead_id} - {by.person_id}, notices.led(made))
    notify({outline.sponsor.pk} - {by.person_id, made.lead_id}, notices.begun(made))
    return made


@transaction.atomic
def bring_partnership(
    programme: PartnershipProgramme, partnership: Partnership, *, by: Member
) -> list[ProgrammeParticipant]:
    """Its partners of today take part from now on; of one that is in it already, whoever is new."""
    kept = locked_programme(programme, by)
    _require_below(kept, partnership)
    there = {each.person_id for each in kept.participants_by_name}
    seated = [
        _seat(kept, each.person, ParticipantKind.PARTNER, partnership=partnership)
        for each in partnership.current
        if each.person_id not in there
    ]
    if not seated:
        raise ValidationError({"partnership": _("All of its partners take part already.")})
    notify({each.person_id for each in seated} - {by.person_id}, notices.begun(kept))
    return seated


@transaction.atomic
def bring_sponsor(
    programme: PartnershipProgramme, person: Person, done_before: str, *, by: Member
) -> ProgrammeParticipant:
    """One more executive who goes through it with the partners."""
    kept = locked_programme(programme, by)
    if any(each.person_id == person.pk for each in kept.participants_by_name):
        raise ValidationError({"person": _("%(name)s takes part already.") % {"name": person.name}})
    made = _seat(kept, person, ParticipantKind.SPONSOR, done_before=done_before.strip())
    notify({person.pk} - {by.person_id}, notices.begun(kept))
    return made


@transaction.atomic
def release_participant(participant: ProgrammeParticipant, *, by: Member) -> ProgrammeParticipant:
    """From today without them; what they took part in stays. One sponsor at least remains."""
    kept = locked_programme(participant.programme, by)
    left = next(each for each in kept.participants_by_name if each.pk == participant.pk)
    if left.left_on is not None:
        raise ValidationError(_("They have left already."))
    sponsors = [each for each in kept.participants_by_name if each.is_sponsor and each.left_on is None]
    if sponsors == [left]:
        raise ValidationError(
            _("%(name)s is the only executive who takes part: bring in another one first.")
            % {"name": left.person.name}
        )
    left.left_on = max(timezone.localdate(), kept.start_date)
    left.save(update_fields=["left_on"])
    return left


@transaction.atomic
def close_programme(programme: PartnershipProgramme, *, by: Member) -> PartnershipProgramme:
    """Nothing more is asked of anybody. What was to come is done or dropped by then."""
    kept = locked_programme(programme, by)
    if to_come := ProgrammePhase.objects.filter(programme=kept, state=PhaseState.OPEN).order_by("due_on"):
        titles = ", ".join(each.title for each in to_come)
        raise ValidationError(_("Still to come: %(titles)s. Finish or drop it first.") % {"titles": titles})
    kept.closed_on = timezone.localdate()
    kept.save(update_fields=["closed_on"])
    return kept


def locked_programme(programme: PartnershipProgramme, by: Member) -> PartnershipProgramme:
    """As it is now, for what whoever runs it does while it is open; whoever else changes something waits."""
    kept = locked_as_it_is(programme)
    demand(can_run_programme(by, kept), PROGRAMME_IS_RUN_BY)
    require_open(kept)
    return kept


def locked_as_it_is(programme: PartnershipProgramme) -> PartnershipProgramme:
    """As it is now; for what others than whoever runs it do, too."""
    PartnershipProgramme.objects.select_for_update().get(pk=programme.pk)
    return programmes().get(pk=programme.pk)


def require_open(programme: PartnershipProgramme) -> None:
    if not programme.is_open:
        raise ValidationError(_("This programme is closed. What was written stays as it is."))


def _create(outline: Outline) -> PartnershipProgramme:
    try:
        with transaction.atomic():
            return PartnershipProgramme.objects.create(
                title=outline.title.strip(),
                purpose=outline.purpose.strip(),
                unit=outline.unit,
                lead=outline.lead,
                start_date=outline.start_date,
            )
    except IntegrityError as error:
        if "partnerships_programme_title" not in str(error):
            raise
        raise ValidationError({"title": _("Another programme has this title.")}) from error


def _require_below(programme: PartnershipProgramme, partnership: Partnership) -> None:
    names = {"theirs": partnership.unit.name, "unit": programme.unit.name}
    if not partnership.unit.path.startswith(programme.unit.path):
        raise ValidationError(
            {"partnership": _("The partnership of %(theirs)s is not below %(unit)s.") % names}
        )
    if partnership.end_date is not None:
        raise ValidationError({"partnership": _("The partnership of %(theirs)s is over.") % names})


def _seat(
    programme: PartnershipProgramme,
    person: Person,
    kind: ParticipantKind,
    *,
    partnership: Partnership | None = None,
    done_before: str = "",
) -> ProgrammeParticipant:
    return ProgrammeParticipant.objects.create(
        programme=programme, person=person, kind=kind, partnership=partnership, done_before=done_before
    )
