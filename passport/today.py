"""What the Passport puts on the Today page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passport.enums import ReadOf, StampState
from passport.models import Stamp
from passport.permissions import can_verify_evidence
from passport.queries import stamps_to_verify
from passport.reads import record_reads
from people.member import Member
from people.today import DueItem

ANSWER_DAYS = 14  # within which somebody who submits evidence may expect an answer


SINGLY = 5


def due_items(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """Evidence to verify, for whoever may; the holder's declined claims."""
    return [*evidence_to_verify(member, slug, on), *evidence_to_complete(member, slug)]


def evidence_to_verify(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """The oldest claims one by one, and how many more there are. Their holders are told, as of any list."""
    if not can_verify_evidence(member):
        return []
    waiting = stamps_to_verify(member, on=on)
    oldest = list(waiting[: SINGLY + 1])
    record_reads([stamp.person_id for stamp in oldest[:SINGLY]], ReadOf.LIST, by=member)
    items = [
        DueItem(
            _("Verify %(milestone)s") % {"milestone": stamp.milestone.title},
            _("%(name)s waits for an answer.") % {"name": stamp.person.name},
            reverse("passport:milestone", args=[slug, stamp.person_id, stamp.milestone_id]),
            "rosette-discount-check",
            stamp.submitted_on + dt.timedelta(days=ANSWER_DAYS),
        )
        for stamp in oldest[:SINGLY]
    ]
    if len(oldest) > SINGLY:
        more = waiting.count() - SINGLY
        title = ngettext("Verify one more milestone", "Verify %(count)d more milestones", more)
        detail = _("People wait for an answer to their evidence.")
        due = oldest[SINGLY].submitted_on + dt.timedelta(days=ANSWER_DAYS)
        url = reverse("passport:inbox", args=[slug])
        items.append(DueItem(title % {"count": more}, detail, url, "rosette-discount-check", due))
    return items


def evidence_to_complete(member: Member, slug: str) -> list[DueItem]:
    """One's own claims that were declined and not made again."""
    items: list[DueItem] = []
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
