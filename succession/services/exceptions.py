"""Asking for leave to hold a position beyond its limit, and giving it (C8)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.enums import Role
from people.member import Member
from people.models import Person, Position, TermException
from people.notices import notify
from people.role_queries import holders_of
from succession import notices
from succession.permissions import (
    EXCEPTIONS_ARE_APPROVED_BY,
    EXCEPTIONS_ARE_ASKED_BY,
    can_approve_exception,
    can_ask_exception,
)


@dataclass(frozen=True, slots=True)
class Plea:
    """For whom, in which position, until and with which day, and why."""

    position: Position
    person: Person
    expires_on: dt.date
    reason: str


@transaction.atomic
def ask_exception(plea: Plea, *, by: Member) -> TermException:
    """Executives are told, but for whom it is."""
    demand(can_ask_exception(by), EXCEPTIONS_ARE_ASKED_BY)
    Position.objects.select_for_update().get(pk=plea.position.pk)  # two at once: the second finds the first
    _check(plea, by=by)
    made = TermException.objects.create(
        position=plea.position,
        person=plea.person,
        expires_on=plea.expires_on,
        reason=plea.reason.strip(),
        asked_by_id=by.person_id,
        asked_on=timezone.localdate(),
    )
    notify({*holders_of(Role.EXECUTIVE)} - {by.person_id, plea.person.pk}, notices.exception_asked(made))
    return made


def _check(plea: Plea, *, by: Member) -> None:
    today = timezone.localdate()
    if plea.person.pk == by.person_id:
        raise ValidationError(
            {"person": _("Nobody asks for an exception for themselves: another HR admin asks for you.")}
        )
    if plea.person.has_left(today):
        raise ValidationError({"person": _("%(name)s no longer works here.") % {"name": plea.person.name}})
    if plea.expires_on <= today:
        raise ValidationError({"expires_on": _("An exception ends on a day to come: this one is past.")})
    if not plea.reason.strip():
        raise ValidationError({"reason": _("Say why: whoever approves it reads it.")})
    same = TermException.objects.filter(position=plea.position, person=plea.person, approved_on=None)
    if same.filter(expires_on__gte=today).exists():
        raise ValidationError({"person": _("One for %(name)s is waiting.") % {"name": plea.person.name}})


@transaction.atomic
def approve_exception(exception: TermException, *, by: Member) -> TermException:
    """By an executive who neither asked for it nor gains by it. HR is told."""
    locked = TermException.objects.select_for_update().get(pk=exception.pk)
    allowed = can_approve_exception(by, asked_by=locked.asked_by_id, person_id=locked.person_id)
    demand(allowed, EXCEPTIONS_ARE_APPROVED_BY)
    today = timezone.localdate()
    if locked.approved_on is not None:
        raise ValidationError(_("It has been approved meanwhile."))
    if locked.expires_on < today:
        raise ValidationError(_("Its last day is past: it has to be asked for anew."))
    locked.approved_by_id, locked.approved_on = by.person_id, today
    locked.save(update_fields=["approved_by", "approved_on"])
    told = {locked.asked_by_id, *holders_of(Role.HR_ADMIN)} - {by.person_id}
    notify(told, notices.exception_approved(locked))
    return locked
