"""What people are told of candidacies, exceptions and talent reviews: names and titles, not what was said."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import Appointment, TermException
from people.notices import Notice, page_path
from succession.models import Candidacy, PoolAction, TalentReview

ICON, CLOCK, TALKS = "users-plus", "clock-plus", "presentation"


def asked(candidacy: Candidacy, *, by: str) -> Notice:
    title = _("%(by)s would see you as %(position)s one day. Would you want it?")
    return _about(candidacy, title % {"by": by, "position": candidacy.pool.position.title})


def accepted(candidacy: Candidacy) -> Notice:
    return _about(candidacy, _("%(name)s said yes to the pool of %(position)s.") % _names(candidacy))


def declined(candidacy: Candidacy) -> Notice:
    return _about(candidacy, _("%(name)s said no to the pool of %(position)s.") % _names(candidacy))


def ended(candidacy: Candidacy) -> Notice:
    return _about(candidacy, _("You are no longer in the pool of %(position)s.") % _names(candidacy))


def assessed(candidacy: Candidacy) -> Notice:
    return _about(candidacy, _("How ready you are for %(position)s was looked at.") % _names(candidacy))


def exception_asked(exception: TermException) -> Notice:
    return _about_exception(exception, _("An exception is asked for: %(name)s as %(position)s."))


def exception_approved(exception: TermException) -> Notice:
    return _about_exception(exception, _("The exception for %(name)s as %(position)s is approved."))


def intention_asked(held: Appointment) -> Notice:
    title = _("Your term as %(position)s ends within two years. What do you intend?")
    said = title % {"position": held.position.title}
    return Notice(said, page_path("succession:intention", held.pk), "clock")


def intention_declared(held: Appointment, *, by: str) -> Notice:
    said = _("%(by)s said what they intend as %(position)s.") % {"by": by, "position": held.position.title}
    return Notice(said, page_path("succession:position", held.position_id), "clock")


def review_planned(review: TalentReview) -> Notice:
    title = _("You facilitate the talent review “%(title)s” on %(day)s.")
    said = title % {"title": review.title, "day": date_format(review.held_on, "DATE_FORMAT")}
    return Notice(said, page_path("succession:review", review.pk), TALKS)


def action_given(action: PoolAction) -> Notice:
    title = _("A talent review gave you an action, due on %(day)s.")
    said = title % {"day": date_format(action.due_on, "DATE_FORMAT")}
    return Notice(said, page_path("succession:review_actions"), TALKS)


def review_closed(review: TalentReview) -> Notice:
    title = _("The talent review “%(title)s” decided about a pool of yours.")
    return Notice(title % {"title": review.title}, page_path("succession:mine"), TALKS)


def exception_refused(exception: TermException) -> Notice:
    return _about_exception(exception, _("The exception for %(name)s as %(position)s is refused."))


def _about_exception(exception: TermException, title: str) -> Notice:
    names = {"name": exception.person.name, "position": exception.position.title}
    return Notice(title % names, page_path("succession:exceptions"), CLOCK)


def _names(candidacy: Candidacy) -> dict[str, str]:
    return {"name": candidacy.person.name, "position": candidacy.pool.position.title}


def _about(candidacy: Candidacy, title: str) -> Notice:
    return Notice(title, page_path("succession:candidacy", candidacy.pk), ICON)
