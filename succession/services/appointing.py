"""From the panel's decision to a term, a partnership and an onboarding."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.appointed import leader_chosen
from people.member import Member
from people.models import Appointment, Person
from people.notices import notify
from people.queries import in_force
from people.terms import years_later
from succession import selection_notices as notices
from succession.enums import Rung, SelectionState, SelectionStep
from succession.models import Selection
from succession.queries.selections import holder_until
from succession.services.selections import everybody_in, locked_for, log, take_rung_of

FURTHEST = dt.timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True)
class Term:
    """From when, and perhaps with whom the unit is led."""

    start: dt.date
    partner: Person | None = None


@transaction.atomic
def appoint(selection: Selection, *, term: Term, by: Member) -> Selection:
    """Put the decision on record: one term of the position's length. Rooms that hear of it begin what
    follows, in the same transaction; what they refuse is refused here."""
    locked = locked_for(selection, by, SelectionState.DECIDED)
    _check_start(locked, term.start)
    assert locked.chosen is not None  # noqa: S101 - a constraint
    held_before = Appointment.objects.filter(position=locked.position_id, person=locked.chosen, interim=False)
    try:
        with transaction.atomic():
            made = Appointment.objects.create(
                position=locked.position,
                person=locked.chosen,
                start_date=term.start,
                end_date=years_later(term.start, locked.position.term_years),
                term_number=held_before.count() + 1,
            )
    except IntegrityError as error:
        words = _("The limit of terms or another appointment of this position does not allow it.")
        raise ValidationError({"start": words}) from error
    take_rung_of(locked, Rung.SELECT)
    locked.state, locked.appointment, locked.over_on = SelectionState.APPOINTED, made, timezone.localdate()
    locked.save(update_fields=["state", "appointment", "over_on"])
    log(locked, SelectionStep.APPOINTED)
    leader_chosen.send(sender=Appointment, appointment=made, partner=term.partner, by=by)
    notify(everybody_in(locked) - {by.person_id}, notices.appointed(locked))
    return locked


def _check_start(selection: Selection, start: dt.date) -> None:
    """Nobody holds it on that day but as interim cover, which ends then."""
    today = timezone.localdate()
    if not today <= start <= today + FURTHEST:
        raise ValidationError({"start": _("Choose a day between today and in two years.")})
    held = holder_until(selection.position_id, on=start) or holder_until(selection.position_id, on=today)
    if held is not None and (held.end_date is None or held.end_date > start):
        until = date_format(held.end_date) if held.end_date else _("further notice")
        words = _("%(name)s holds it until %(day)s: choose that day, or end the appointment first.")
        raise ValidationError({"start": words % {"name": held.person.name, "day": until}})
    covering = Appointment.objects.filter(in_force(start), position=selection.position_id, interim=True)
    covering.filter(start_date__lt=start).update(end_date=start)
