"""What the clinic puts on the Today page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from people.member import Member
from people.today import DueItem
from sponsors.models import Sponsorship
from sponsors.queries.sponsorships import requests_to

ANSWER_DAYS = 14  # within which a leader may expect a yes or a no
MOST = 10


def due_items(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """Requests to sponsor somebody. One query."""
    return [to_answer(each, slug) for each in requests_to(member.person_id)[:MOST]]


def to_answer(sponsorship: Sponsorship, slug: str) -> DueItem:
    return DueItem(
        _("Will you sponsor %(name)s?") % {"name": sponsorship.leader.name},
        _("As their primary sponsor. Accept or decline."),
        reverse("sponsors:sponsorship", args=[slug, sponsorship.pk]),
        "stethoscope",
        sponsorship.asked_on + dt.timedelta(days=ANSWER_DAYS),
    )
