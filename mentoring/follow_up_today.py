"""What the exposure log and the ratings put on the Today page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.exposure_calendar import due_reminder
from mentoring.exposure_queries import mentors_without_log, reviews_visible_to
from mentoring.permissions import can_follow_exposure
from mentoring.satisfaction_queries import unrated
from people.member import Member
from people.today import DueItem
from surveys.pulse_calendar import open_quarters
from tenancy.jobs.periods import quarter_end, quarter_label


def logs_due(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """The log of a quarter, from its first reminder on while nothing is logged. A query only then."""
    return [
        DueItem(
            _("Log one exposure for %(quarter)s") % {"quarter": quarter_label(each.quarter)},
            _("One press is enough."),
            reverse("mentoring:exposure", args=[slug]),
            "eye",
            each.last_day,
        )
        for each in open_quarters(on)
        if due_reminder(each.quarter, on)
        and mentors_without_log(each.quarter, on=on).filter(pk=member.person_id).exists()
    ]


def ratings_due(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """The mentorships to rate for a quarter in its days of grace. A query only then."""
    items = [
        (each, unrated(member.person_id, each.quarter).count())
        for each in open_quarters(on)
        if on > quarter_end(each.quarter)
    ]
    return [
        DueItem(
            ngettext(
                "Rate your mentorship in %(quarter)s",
                "Rate your %(count)d mentorships in %(quarter)s",
                waiting,
            )
            % {"count": waiting, "quarter": quarter_label(each.quarter)},
            _("Three sentences; nobody else reads your answers."),
            reverse("mentoring:satisfaction", args=[slug]),
            "mood-smile",
            each.last_day,
        )
        for each, waiting in items
        if waiting
    ]


def logs_missing(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """For whoever follows the exposure log, the open reviews of missing ones. One query."""
    if not can_follow_exposure(member):
        return []
    count = reviews_visible_to(member, on=on).filter(closed_on=None).count()
    if not count:
        return []
    title = ngettext("An exposure log is missing", "%(count)d exposure logs are missing", count)
    return [
        DueItem(
            title % {"count": count},
            _("See the history, and close it with a reason."),
            reverse("mentoring:reviews", args=[slug]),
            "eye-question",
        )
    ]
