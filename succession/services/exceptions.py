"""Asking for leave to hold a position beyond its limit, giving it and refusing it (C8)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

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
    EXCEPTIONS_ARE_ASKED_BY,
    EXCEPTIONS_ARE_DECIDED_BY,
    can_ask_exception,
    can_decide_exception,
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
        raise ValidationError({"reason": _("Say why: whoever decides reads it.")})
    same = TermException.objects.filter(
        position=plea.position, person=plea.person, approved_on=None, refused_on=None
    )
    if same.filter(expires_on__gte=today).exists():
        raise ValidationError({"person": _("One for %(name)s is waiting.") % {"name": plea.person.name}})


@transaction.atomic
def approve_exception(exception: TermException, *, by: Member) -> TermException:
    """By an executive who neither asked for it nor gains by it. HR is told."""
    locked = _locked(exception, by=by)
    locked.approved_by_id, locked.approved_on = by.person_id, timezone.localdate()
    locked.save(update_fields=["approved_by", "approved_on"])
    notify(_hr_with(locked, by), notices.exception_approved(locked))
    return locked


@transaction.atomic
def refuse_exception(exception: TermException, *, reason: str, by: Member) -> TermException:
    """By such an executive too, with a reason that HR reads. It may be asked for anew."""
    locked = _locked(exception, by=by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: whoever asked reads it.")})
    locked.refused_by_id, locked.refused_on = by.person_id, timezone.localdate()
    locked.refusal = reason.strip()
    locked.save(update_fields=["refused_by", "refused_on", "refusal"])
    notify(_hr_with(locked, by), notices.exception_refused(locked))
    return locked


def _locked(exception: TermException, *, by: Member) -> TermException:
    """One that still waits."""
    locked = TermException.objects.select_for_update(of=("self",)).get(pk=exception.pk)
    allowed = can_decide_exception(by, asked_by=locked.asked_by_id, person_id=locked.person_id)
    demand(allowed, EXCEPTIONS_ARE_DECIDED_BY)
    if locked.approved_on is not None:
        raise ValidationError(_("It has been approved meanwhile."))
    if locked.refused_on is not None:
        raise ValidationError(_("It has been refused meanwhile."))
    if locked.expires_on < timezone.localdate():
        raise ValidationError(_("Its last day is past: it has to be asked for anew."))
    return locked


def _hr_with(exception: TermException, by: Member) -> set[UUID]:
    """HR admins and who asked, but whoever acts."""
    return {exception.asked_by_id, *holders_of(Role.HR_ADMIN)} - {by.person_id}
