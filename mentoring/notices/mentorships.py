"""What mentors, mentees and directors are told. Names and what is next; no reasons and no words of others."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring.enums import MentorshipState
from mentoring.models import Mentorship
from people.notices import Notice, page_path

ICON = "heart-handshake"


def offered(mentorship: Mentorship) -> Notice:
    title = _("%(mentee)s is proposed to you as a mentee: will you take them on?")
    return Notice(title % {"mentee": mentorship.mentee.name}, _path(mentorship), ICON)


def proposed(mentorship: Mentorship, *, by: str) -> Notice:
    title = _("%(name)s would like to begin a mentorship with you.")
    return Notice(title % {"name": by}, _path(mentorship), ICON)


def accepted(mentorship: Mentorship) -> Notice:
    if mentorship.started_on is None:
        title = _("%(mentor)s accepts you as a mentee: confirm it, and it begins.")
    else:
        title = _("%(mentor)s says yes: your mentorship has begun.")
    return Notice(title % {"mentor": mentorship.mentor.name}, _path(mentorship), ICON)


def confirmed(mentorship: Mentorship) -> Notice:
    title = _("%(mentee)s confirmed: your mentorship has begun.")
    return Notice(title % {"mentee": mentorship.mentee.name}, _path(mentorship), ICON)


def declined(mentorship: Mentorship) -> Notice:
    """For directors: the reason is on the page."""
    title = _("A mentorship was declined: %(mentee)s needs another mentor.")
    return Notice(title % {"mentee": mentorship.mentee.name}, _path(mentorship), ICON)


def not_come_about(mentorship: Mentorship) -> Notice:
    title = _("The mentorship of %(mentor)s and %(mentee)s does not come about.")
    return Notice(title % _names(mentorship), page_path("mentoring:mine"), ICON)


def ended(mentorship: Mentorship, *, by: str) -> Notice:
    title = _("%(name)s ended the mentorship of %(mentor)s and %(mentee)s.")
    return Notice(title % {"name": by, **_names(mentorship)}, _path(mentorship), ICON)


def left(mentorship: Mentorship, name: str) -> Notice:
    title = _("%(name)s no longer works here: the mentorship of %(mentor)s and %(mentee)s is over.")
    return Notice(title % {"name": name, **_names(mentorship)}, _path(mentorship), ICON)


def answer_wanted(mentorship: Mentorship, *, until: dt.date) -> Notice:
    if mentorship.state == MentorshipState.OFFERED:
        title = _("Will you mentor %(mentee)s? Answer until %(day)s, or the offer lapses.")
    else:
        title = _("Confirm %(mentor)s as your mentor until %(day)s, or the offer lapses.")
    day = date_format(until, "MONTH_DAY_FORMAT")
    return Notice(title % {"day": day, **_names(mentorship)}, _path(mentorship), ICON)


def lapsed(mentorship: Mentorship) -> Notice:
    """For directors."""
    title = _("An offer was not answered in time: %(mentee)s needs another mentor.")
    return Notice(title % _names(mentorship), _path(mentorship), ICON)


def handed_over(mentorship: Mentorship) -> Notice:
    title = _("The mentorship of %(mentor)s and %(mentee)s is over: the one that follows has begun.")
    return Notice(title % _names(mentorship), _path(mentorship), ICON)


def change_proposed(mentorship: Mentorship) -> Notice:
    title = _("Another mentor is asked for %(mentee)s. Yours with %(mentor)s goes on until that one begins.")
    return Notice(title % _names(mentorship), _path(mentorship), ICON)


def extended(mentorship: Mentorship, *, by: str) -> Notice:
    title = _("%(name)s extended the mentorship of %(mentor)s and %(mentee)s.")
    return Notice(title % {"name": by, **_names(mentorship)}, _path(mentorship), ICON)


def _names(mentorship: Mentorship) -> dict[str, str]:
    return {"mentor": mentorship.mentor.name, "mentee": mentorship.mentee.name}


def _path(mentorship: Mentorship) -> str:
    return page_path("mentoring:mentorship", mentorship.pk)
