"""What mentoring puts on the Today page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.enums import MentorshipState, Tier
from mentoring.follow_up_today import logs_due, logs_missing, ratings_due
from mentoring.mentorship_queries import waiting_for
from mentoring.models import Mentorship
from people.member import Member
from people.today import DueItem

ANSWER_DAYS = 14  # within which the other side may expect a yes or a no
MOST = 10


def due_items(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """Mentorships that wait for the member's yes or no, logs and ratings that are due, logs that are missing.
    One query, and one more for each of the others when it is its time or the member's task."""
    return [
        *(to_answer(mentorship, slug) for mentorship in waiting_for(member.person_id)[:MOST]),
        *logs_due(member, slug, on),
        *ratings_due(member, slug, on),
        *logs_missing(member, slug, on),
    ]


def to_answer(mentorship: Mentorship, slug: str) -> DueItem:
    """A mentor is asked to take somebody on, then the mentee to confirm."""
    if mentorship.state == MentorshipState.OFFERED:
        asked_on = mentorship.offered_on
        title = _("Will you mentor %(name)s?") % {"name": mentorship.mentee.name}
        detail = _("As %(tier)s. Accept or decline.")
    else:
        asked_on = mentorship.accepted_on or mentorship.offered_on
        title = _("Confirm your mentor: %(name)s") % {"name": mentorship.mentor.name}
        detail = _("As %(tier)s. It begins when you confirm.")
    return DueItem(
        title,
        detail % {"tier": str(Tier(mentorship.tier).label).lower()},
        reverse("mentoring:mentorship", args=[slug, mentorship.pk]),
        "heart-handshake",
        asked_on + dt.timedelta(days=ANSWER_DAYS),
    )
