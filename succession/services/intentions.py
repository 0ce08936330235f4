"""The holder of a position says what they intend, or takes it back."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.enums import Role
from people.member import Member
from people.models import Appointment
from people.notices import notify
from people.role_queries import holders_of
from people.terms import term_end
from succession import notices
from succession.enums import OPEN_STATES, Intent
from succession.intentions import Declared, may_stand_again, months_to_leave
from succession.models import Candidacy, Intention
from succession.permissions import INTENTIONS_ARE_DECLARED_BY, can_declare_intention


@transaction.atomic
def declare_intention(
    appointment: Appointment, declared: Declared, note: str = "", *, by: Member
) -> Intention:
    """What was said before stays as history. HR is told that something was said, but nobody in the pool."""
    held = Appointment.objects.select_for_update(of=("self",)).select_related("position")
    locked = held.get(pk=appointment.pk)
    demand(can_declare_intention(by, locked.person_id), INTENTIONS_ARE_DECLARED_BY)
    today = timezone.localdate()
    _check(locked, declared, today)
    said = declared.intent != Intent.UNSAID
    made = Intention.objects.create(
        appointment=locked,
        intent=declared.intent,
        leaves_on=declared.leaves_on,
        note=note.strip() if said else "",
        declared_on=today,
    )
    pool = Candidacy.objects.filter(pool__position=locked.position, state__in=OPEN_STATES)
    told = {*holders_of(Role.HR_ADMIN)} - {by.person_id, *pool.values_list("person", flat=True)}
    notify(told, notices.intention_declared(locked, by=by.name))
    return made


def _check(held: Appointment, declared: Declared, today: dt.date) -> None:
    if held.interim:
        raise ValidationError(_("Interim cover has no term: it ends when somebody is appointed."))
    if held.start_date > today or (held.end_date is not None and held.end_date <= today):
        raise ValidationError(_("Only who holds a position today says what they intend."))
    if declared.intent == Intent.AGAIN and not may_stand_again(held.term_number, held.position.max_terms):
        raise ValidationError({"intent": _("This is the last term that the rule allows.")})
    if declared.leaves_on is None:
        return
    if declared.intent in {Intent.UNSAID, Intent.AGAIN}:
        raise ValidationError({"leaves_on": _("A month is for who leaves before the term ends.")})
    ends = term_end(held.start_date, held.end_date, held.position.term_years)
    if declared.leaves_on not in months_to_leave(ends, on=today):
        raise ValidationError({"leaves_on": _("Choose a month to come, before the term ends.")})
