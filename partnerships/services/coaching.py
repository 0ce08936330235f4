"""Coaching for everybody who takes part: who coaches, and sessions held."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import ProgrammeCoaching, ProgrammeParticipant
from partnerships.notices import programmes as notices
from partnerships.permissions import COACHING_IS_LOGGED_BY, can_log_coaching
from partnerships.services.programmes import locked_as_it_is, locked_programme, require_open
from people.access import demand
from people.member import Member
from people.models import Person
from people.notices import notify


@transaction.atomic
def name_coach(participant: ProgrammeParticipant, coach: Person, *, by: Member) -> ProgrammeParticipant:
    """Somebody else than themselves; who is coached is told."""
    kept = locked_programme(participant.programme, by)
    found = next(each for each in kept.participants_by_name if each.pk == participant.pk)
    if coach.pk == found.person_id:
        raise ValidationError({"coach": _("Nobody coaches themselves.")})
    found.coach = coach
    found.save(update_fields=["coach"])
    found.programme = kept
    notify({found.person_id} - {by.person_id}, notices.coached(found, coach))
    return found


@transaction.atomic
def log_coaching(participant: ProgrammeParticipant, held_on: dt.date, *, by: Member) -> ProgrammeCoaching:
    """A session that took place; no word of what was said."""
    kept = locked_as_it_is(participant.programme)
    demand(can_log_coaching(by, kept, participant), COACHING_IS_LOGGED_BY)
    require_open(kept)
    if not kept.start_date <= held_on <= timezone.localdate():
        raise ValidationError({"held_on": _("Choose a day from the programme’s first one until today.")})
    try:
        with transaction.atomic():
            return ProgrammeCoaching.objects.create(
                participant=participant, held_on=held_on, logged_by_id=by.person_id
            )
    except IntegrityError as error:
        if "partnerships_coaching_once" not in str(error):
            raise
        raise ValidationError({"held_on": _("A session on this day is logged already.")}) from error


@transaction.atomic
def strike_coaching(session: ProgrammeCoaching, *, by: Member) -> None:
    """It was logged by mistake."""
    kept = locked_as_it_is(session.participant.programme)
    demand(can_log_coaching(by, kept, session.participant), COACHING_IS_LOGGED_BY)
    require_open(kept)
    ProgrammeCoaching.objects.filter(pk=session.pk).delete()
