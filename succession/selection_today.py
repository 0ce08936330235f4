"""What selections put on the Today page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.today import DueItem, Source, one_by_one
from succession.models import PanelMember, RollMember, Selection, Standing
from succession.queries.selections import (
    asked_to_stand,
    ballots_for,
    interviews_to_confirm,
    panels_to_decide,
    panels_to_declare,
    panels_to_interview,
    panels_to_score,
    selections_for_hr,
)


def of_selections(person: UUID, slug: str, on: dt.date) -> list[Source]:
    """What waits for the staff, for who is asked to stand, and for the panel."""
    return [
        one_by_one(lambda: asked_to_stand(person), lambda each: to_stand(each, slug)),
        one_by_one(lambda: ballots_for(person, on=on), lambda each: to_vote(each, slug)),
        one_by_one(lambda: interviews_to_confirm(person, on=on), lambda each: interview(each, slug)),
        one_by_one(lambda: panels_to_declare(person), lambda each: to_declare(each, slug)),
        one_by_one(lambda: panels_to_interview(person), lambda each: to_offer(each, slug)),
        one_by_one(lambda: panels_to_score(person), lambda each: to_score(each, slug)),
        one_by_one(lambda: panels_to_decide(person), lambda each: to_decide(each, slug)),
    ]


def to_stand(standing: Standing, slug: str) -> DueItem:
    return _of_selection(
        standing.selection, slug, _("Would you stand for %(position)s?"), _("A colleague named you.")
    )


def to_vote(selection: Selection, slug: str) -> DueItem:
    return DueItem(
        _("Vote for the slate: %(position)s") % {"position": selection.position.title},
        _("Approve of as many names as you like. Nobody sees how you vote."),
        reverse("succession:slate_ballot", args=[slug, selection.pk]),
        "mailbox",
        selection.closes_on,
    )


def interview(entry: RollMember, slug: str) -> DueItem:
    name = entry.interviewer.person.name if entry.interviewer else _("the panel")
    item = _of_selection(
        entry.selection,
        slug,
        _("Interview about %(position)s"),
        _("With %(name)s. Say afterwards that it took place.") % {"name": name},
    )
    day = timezone.localdate(entry.offered_for) if entry.offered_for else None
    return replace(item, due=day)


def to_declare(place: PanelMember, slug: str) -> DueItem:
    return _of_selection(
        place.selection,
        slug,
        _("You are on the panel for %(position)s"),
        _("Say whether you have a conflict."),
    )


def to_offer(place: PanelMember, slug: str) -> DueItem:
    item = _of_selection(
        place.selection, slug, _("Interviews for %(position)s"), _("Some of the staff wait for a time.")
    )
    return replace(item, url=reverse("succession:interviews", args=[slug, place.selection_id]))


def to_score(place: PanelMember, slug: str) -> DueItem:
    item = _of_selection(
        place.selection, slug, _("Score the slate for %(position)s"), _("Each for yourself, then hand in.")
    )
    return replace(item, url=reverse("succession:scores", args=[slug, place.selection_id]))


def to_decide(place: PanelMember, slug: str) -> DueItem:
    return _of_selection(
        place.selection, slug, _("Decide on %(position)s"), _("All of the panel have scored the slate.")
    )


def of_hr(slug: str) -> Source:
    """What is prepared, or waits for its appointment."""
    return one_by_one(selections_for_hr, lambda each: to_run(each, slug))


def to_run(selection: Selection, slug: str) -> DueItem:
    words = (
        _("The panel has decided: put the appointment on record.")
        if selection.is_decided
        else _("Panel, interviews and names come before the ballot.")
    )
    return _of_selection(selection, slug, _("Selection for %(position)s"), words)


def _of_selection(selection: Selection, slug: str, title: str, detail: str) -> DueItem:
    return DueItem(
        title % {"position": selection.position.title},
        detail,
        reverse("succession:selection", args=[slug, selection.pk]),
        "users-group",
    )
