"""What surveys asks of somebody today."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from people.member import Member
from people.today import DueItem
from surveys.pulse_calendar import open_quarters
from surveys.queries import is_programme_member, pulses_of
from tenancy.jobs.periods import quarter_label


def due_items(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """The confidence pulses of open quarters that a programme member has not answered yet. Two queries."""
    if not is_programme_member(member.person_id, on=on):
        return []
    quarters = open_quarters(on)
    answered = set(
        pulses_of(member.person_id)
        .filter(quarter__in=[quarter.quarter for quarter in quarters])
        .values_list("quarter", flat=True)
    )
    return [
        DueItem(
            title=_("Confidence pulse %(quarter)s") % {"quarter": quarter_label(quarter.quarter)},
            detail=_("Ten questions, two minutes"),
            url=reverse("surveys:pulse", args=[slug, quarter.quarter]),
            icon="heart-rate-monitor",
            due=quarter.last_day,
        )
        for quarter in quarters
        if quarter.quarter not in answered
    ]
