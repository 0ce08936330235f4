"""What the Passport puts on the Today page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passport.enums import StampState
from passport.models import Stamp
from passport.permissions import can_verify_evidence
from passport.queries import stamps_to_verify
from people.member import Member
from people.today import DueItem

ANSWER_DAYS = 14  # within which somebody who submits evidence may expect an answer


def due_items(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """Evidence to verify, for whoever may; the holder's declined claims."""
    items: list[DueItem] = []
    if can_verify_evidence(member):
        waiting = stamps_to_verify(member, on=on)
        oldest = list(waiting.values_list("submitted_on", flat=True)[:100])
        if oldest:
            count = len(oldest)
            title = ngettext("Verify a milestone", "Verify %(count)d milestones", count) % {"count": count}
            items.append(
                DueItem(
                    title,
                    _("People wait for an answer to their evidence."),
                    reverse("passport:inbox", args=[slug]),
                    "rosette-discount-check",
                    oldest[0] + dt.timedelta(days=ANSWER_DAYS),
                )
            )
    own = set(
        Stamp.objects.filter(person=member.person_id)
        .exclude(state=StampState.REVOKED)
        .values_list("milestone_id", "milestone__title", "state")
    )
    alive = {milestone for milestone, _title, state in own if state != StampState.DECLINED}
    for milestone, title, state in sorted(own, key=lambda row: row[1]):
        if state == StampState.DECLINED and milestone not in alive:
            items.append(
                DueItem(
                    _("Complete your evidence: %(title)s") % {"title": title},
                    _("The verifier wrote what is missing."),
                    reverse("passport:milestone", args=[slug, member.person_id, milestone]),
                    "rosette",
                )
            )
    return items
