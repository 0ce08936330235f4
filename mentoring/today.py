"""What mentoring puts on the Today page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.enums import MentorshipState, Tier
from mentoring.follow_up_today import logs_due, logs_missing, ratings_due
from mentoring.mentorship_queries import waiting_for
from mentoring.models import Mentorship
from mentoring.profile_queries import Prepared, prepared
from people.member import Member
from people.today import DueItem

ANSWER_DAYS = 14  # within which the other side may expect a yes or a no
MOST = 10


def due_items(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """Mentorships that wait for the member's yes or no, logs and ratings that are due, logs that are missing,
    what the next matching lacks. Two queries, and one more for each of the others when it is its time or the
    member's task."""
    return [
        *(to_answer(mentorship, slug) for mentorship in waiting_for(member.person_id)[:MOST]),
        *logs_due(member, slug, on),
        *ratings_due(member, slug, on),
        *logs_missing(member, slug, on),
        *to_prepare(prepared(member.person_id, on=on), slug),
    ]


def to_prepare(own: Prepared, slug: str) -> list[DueItem]:
    """A mentee says what a mentor is wanted for, a mentor when there is time. None of it has a date."""
    items = []
    if own.is_in_cohort and not own.has_interests:
        title = _("Say what you would like a mentor for")
        detail = _("The next matching of your cohort compares it with what mentors offer.")
        items.append(DueItem(title, detail, reverse("mentoring:interests", args=[slug]), "sparkles"))
    hours = reverse("mentoring:hours", args=[slug])
    if own.offers and own.problem:
        items.append(DueItem(_("Your calendar could not be read"), own.problem, hours, "calendar-x"))
    if own.offers and not own.has_hours:
        detail = _("You offer to mentor. Without free half-hours others are proposed before you.")
        items.append(DueItem(_("Say when you can be met"), detail, hours, "clock"))
    return items


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
