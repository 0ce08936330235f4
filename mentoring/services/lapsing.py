"""Offers that nobody answers: a reminder, and then they lapse, so that place and mentee are free."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from mentoring.enums import MentorshipState, OverCause
from mentoring.models import Mentorship
from mentoring.notices import mentorships as notices
from mentoring.queries.mentorships import directors_of_mentee
from mentoring.queries.rule import answer_by, rule_in_force
from mentoring.services.endings import close
from people.notices import notify


def remind_of_offers(*, on: dt.date) -> int:
    """Remind whoever was asked the rule's days before a day and has not answered; returns how many.

    A day is worked once by the job ledger, and so nobody is reminded twice.
    """
    rule = rule_in_force()
    asked_on = on - dt.timedelta(days=rule.remind_days)
    found = _waiting().filter(
        Q(state=MentorshipState.OFFERED, offered_on=asked_on)
        | Q(state=MentorshipState.ACCEPTED, accepted_on=asked_on)
    )
    for each in found:
        asked = each.mentor_id if each.state == MentorshipState.OFFERED else each.mentee_id
        notify([asked], notices.answer_wanted(each, until=answer_by(each, rule)))
    return len(found)


@transaction.atomic
def lapse_offers(*, on: dt.date) -> int:
    """Take back what was not answered in the days of the rule; returns how many.

    The directors are told, and of the two who knows of it. The pair may be proposed again: nobody said no.
    """
    days = rule_in_force().answer_days
    last = on - dt.timedelta(days=days)
    found = (
        _waiting()
        .select_for_update(of=("self",))
        .filter(
            Q(state=MentorshipState.OFFERED, offered_on__lt=last)
            | Q(state=MentorshipState.ACCEPTED, accepted_on__lt=last)
        )
    )
    words = ngettext("Not answered within %(days)d day.", "Not answered within %(days)d days.", days)
    for each in found:
        known = each.known_to
        close(each, MentorshipState.WITHDRAWN, OverCause.LAPSED, words % {"days": days}, by_id=None)
        notify(known, notices.not_come_about(each))
        notify(directors_of_mentee(each.mentee_id, on=on) - known, notices.lapsed(each))
    return len(found)


def _waiting() -> QuerySet[Mentorship]:
    return Mentorship.objects.select_related("mentor", "mentee").order_by("pk")
