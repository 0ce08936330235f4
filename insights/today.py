"""What insights put on the Today page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from insights.models import RolePulse
from insights.notices import ICON
from insights.queries.role_pulses import pulses_to_answer
from people.member import Member
from people.today import DueItem, Source, one_by_one


def sources(member: Member, slug: str, on: dt.date) -> list[Source]:
    """A role pulse that asks somebody, until they have answered."""
    person = member.person_id
    return [one_by_one(lambda: pulses_to_answer(person, on=on), lambda each: to_answer(each, slug))]


def to_answer(pulse: RolePulse, slug: str) -> DueItem:
    return DueItem(
        _("Answer the role pulse"),
        _("Seven sentences about leading. Nobody sees your answers."),
        reverse("insights:role_pulse_answer", args=[slug, pulse.pk]),
        ICON,
        pulse.closes_on,
    )
