"""What leaders and those who review with them are told. Names and what is next; no decision and no words."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from sponsors.models import Review, ReviewCall

ICON = "calendar-heart"


def called(call: ReviewCall) -> Notice:
    title = _("%(cause)s of %(name)s calls a review, due %(day)s.")
    values = {
        "cause": call.get_cause_display(),
        "name": call.review.leader.name,
        "day": date_format(call.due_on, "DATE_FORMAT"),
    }
    return _about(call.review, title % values)


def changed(review: Review, *, by: str) -> Notice:
    title = _("%(by)s changed the review of %(name)s: read it and sign again.")
    return _about(review, title % {"by": by, "name": review.leader.name})


def leader_said(review: Review) -> Notice:
    return _about(review, _("%(name)s wrote the own view into the review.") % {"name": review.leader.name})


def to_sign(review: Review, *, by: str) -> Notice:
    title = _("%(by)s signed the review of %(name)s: it waits for you.")
    return _about(review, title % {"by": by, "name": review.leader.name})


def closed(review: Review) -> Notice:
    return _about(review, _("Your review is closed: read what was decided."))


def closed_for_holders(review: Review) -> Notice:
    return _about(review, _("The review of %(name)s is closed.") % {"name": review.leader.name})


def _about(review: Review, title: str) -> Notice:
    return Notice(title, page_path("sponsors:review", review.leader_id, review.pk), ICON)
