"""What people are told of a selection: titles, never how anybody voted or was scored."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from succession.models import PanelMember, Selection, Standing

ICON = "users-group"


def opened(selection: Selection) -> Notice:
    return _about(selection, _("A selection is open: %(position)s."))


def asked_to_stand(standing: Standing) -> Notice:
    return _about(standing.selection, _("Would you stand for %(position)s?"))


def on_panel(place: PanelMember) -> Notice:
    return _about(place.selection, _("You are on the panel for %(position)s."))


def interview_offered(selection: Selection) -> Notice:
    return _about(selection, _("You are offered an interview about %(position)s."))


def ballot_opened(selection: Selection) -> Notice:
    return _about(selection, _("The ballot for %(position)s is open."))


def ballot_closes(selection: Selection) -> Notice:
    day = date_format(selection.closes_on, "DATE_FORMAT") if selection.closes_on else ""
    title = _("The ballot for %(position)s is open until %(day)s. If you have voted, all is done.")
    words = title % {"position": selection.position.title, "day": day}
    return Notice(words, page_path("succession:selection", selection.pk), ICON)


def ballot_missed(selection: Selection) -> Notice:
    return _about(selection, _("The ballot for %(position)s gave no slate. It is repeated."))


def slate_known(selection: Selection) -> Notice:
    return _about(selection, _("The slate for %(position)s is known."))


def to_score(selection: Selection) -> Notice:
    return _about(selection, _("Score the slate for %(position)s, each for yourself."))


def all_scored(selection: Selection) -> Notice:
    return _about(selection, _("All have scored the slate for %(position)s. The panel can meet."))


def too_few_left(selection: Selection) -> Notice:
    return _about(selection, _("Too few are left on the slate for %(position)s."))


def decided(selection: Selection) -> Notice:
    return _about(selection, _("The panel has decided on %(position)s."))


def appointed(selection: Selection) -> Notice:
    return _about(selection, _("%(position)s is appointed."))


def stopped(selection: Selection) -> Notice:
    return _about(selection, _("The selection for %(position)s was stopped."))


def _about(selection: Selection, title: str) -> Notice:
    words = title % {"position": selection.position.title}
    return Notice(words, page_path("succession:selection", selection.pk), ICON)
