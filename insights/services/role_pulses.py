"""The role pulse: opened by HR, answered by everybody who leads, closed when its last day is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from insights import notices
from insights.models import RolePulse, RolePulseLeader
from insights.permissions import (
    ROLE_PULSE_IS_FOR,
    ROLE_PULSES_ARE_OPENED_BY,
    can_open_role_pulse,
)
from insights.queries.role_pulses import is_asked, leaders, pulses_over, role_pulses, structure_of_each
from insights.role_box import Became, clear_traces, close_box, open_box, put_in
from people.access import demand
from people.member import Member
from people.notices import notify

SHORTEST, LONGEST = dt.timedelta(days=7), dt.timedelta(days=60)
APART: Final = dt.timedelta(days=150)  # twice a year at most: who is asked too often stops answering
FEWEST: Final = 10  # leaders asked: the answers of fewer cannot be mixed

_WHY: Final = {
    Became.AGAIN: "You have answered already: everybody answers once.",
    Became.CLOSED: "The role pulse is closed: answers count until its last day.",
    Became.LEFT: "Who has left does not answer any more.",
    Became.UNFIT: "Answer all seven sentences, each from 1 to 5.",
}


@transaction.atomic
def open_role_pulse(*, closes_on: dt.date, by: Member) -> RolePulse:
    """Ask everybody who leads today. Who, and as what they are counted, is frozen."""
    demand(can_open_role_pulse(by), ROLE_PULSES_ARE_OPENED_BY)
    today = timezone.localdate()
    if not today + SHORTEST <= closes_on <= today + LONGEST:
        raise ValidationError({"closes_on": _("Choose a day between seven and sixty days from today.")})
    newest = role_pulses().first()
    if newest is not None and not newest.is_closed:
        raise ValidationError(_("A role pulse is open. The next one opens when it is closed."))
    if newest is not None and newest.opened_on + APART > today:
        raise ValidationError(_("The last one was opened less than five months ago: twice a year is enough."))
    roll = write_roll(RolePulse(opened_on=today, opened_by_id=by.person_id, closes_on=closes_on))
    notify({each.person_id for each in roll}, notices.role_pulse_opened(roll[0].pulse))
    return roll[0].pulse


def write_roll(pulse: RolePulse) -> list[RolePulseLeader]:
    """Save a pulse with everybody who leads when it opens, and open its box. ValidationError for too few."""
    people = leaders(on=pulse.opened_on)
    found = structure_of_each(people, on=pulse.opened_on)
    professions = dict(people.values_list("pk", "profession"))
    pulse.asked = len(found)
    if pulse.asked < FEWEST:
        words = _("%(asked)d people lead: among fewer than %(fewest)d no answer is mixed with enough others.")
        raise ValidationError(words % {"asked": pulse.asked, "fewest": FEWEST})
    pulse.save(force_insert=True)
    roll = RolePulseLeader.objects.bulk_create(
        (
            RolePulseLeader(
                pulse=pulse, person_id=person, profession=professions[person], structure=structure
            )
            for person, structure in sorted(found.items())
        ),
        batch_size=2000,
    )
    open_box(pulse)
    return roll


def answer_role_pulse(pulse: RolePulse, answers: Sequence[int], *, by: Member) -> None:
    """Put the seven answers of whoever acts into the box. ValidationError where they were not counted."""
    demand(is_asked(pulse, by.person_id), ROLE_PULSE_IS_FOR)
    became = put_in(pulse, answers)
    if became != Became.COUNTED:
        raise ValidationError(_(_WHY[became]))


def close_role_pulses_that_are_over() -> int:
    """All whose last day is past; whoever was asked is told. How many."""
    closed = 0
    for pulse in pulses_over(timezone.localdate()):
        close_box(pulse)
        transaction.on_commit(clear_traces)
        roll = RolePulseLeader.objects.filter(pulse=pulse).values_list("person_id", flat=True)
        notify({*roll, pulse.opened_by_id}, notices.role_pulse_closed(pulse))
        closed += 1
    return closed
