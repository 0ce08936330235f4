"""What succession puts on the Today page."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from people.enums import Role
from people.member import Member
from people.models import TermException
from people.today import DueItem, Source, one_by_one
from succession.models import Candidacy, LadderTask, Pool, PoolAction, TalentReview
from succession.queries.exceptions import exceptions_to_approve
from succession.queries.intentions import terms_to_declare
from succession.queries.ladder import pools_to_refresh, slates_to_see_to
from succession.queries.pools import asked_of, pools_to_look_through
from succession.queries.reviews import actions_waiting_for, reviews_to_run
from succession.selection_today import of_hr, of_selections

SOON: Final = dt.timedelta(days=14)  # before its day a planned review is on the Today page


def sources(member: Member, slug: str, on: dt.date) -> list[Source]:
    """A pool that somebody is asked to join; own pools with candidates nobody rated for a year; what
    the ladder of terms has for owners and HR, and for holders, who say what they intend; own talent reviews
    and actions that they gave; for executives exceptions that wait."""
    person = member.person_id
    found = [
        one_by_one(lambda: asked_of(person), lambda each: to_answer(each, slug)),
        one_by_one(lambda: pools_to_look_through(person, on=on), lambda each: to_rate(each, slug)),
        one_by_one(lambda: pools_to_refresh(person, on=on), lambda each: rung_due(each, slug)),
        one_by_one(lambda: terms_to_declare(person, on=on), lambda each: to_declare(each, slug)),
        one_by_one(lambda: reviews_to_run(person, until=on + SOON), lambda each: to_run(each, slug)),
        one_by_one(lambda: actions_waiting_for(person), lambda each: action_due(each, slug)),
        *of_selections(person, slug, on),
    ]
    if member.has(Role.HR_ADMIN):
        found.append(of_hr(slug))
        found.append(one_by_one(lambda: slates_to_see_to(on=on), lambda each: rung_due(each, slug)))
    if member.has(Role.EXECUTIVE):
        found.append(
            one_by_one(lambda: exceptions_to_approve(person, on=on), lambda each: to_approve(each, slug))
        )
    return found


def to_answer(candidacy: Candidacy, slug: str) -> DueItem:
    return DueItem(
        _("Would you want to be %(position)s?") % {"position": candidacy.pool.position.title},
        _("%(name)s proposed you. Say yes or no.") % {"name": candidacy.proposed_by.name},
        reverse("succession:candidacy", args=[slug, candidacy.pk]),
        "users-plus",
    )


def to_rate(pool: Pool, slug: str) -> DueItem:
    return DueItem(
        _("Look through the pool of %(position)s") % {"position": pool.position.title},
        _("Candidates have no rating, or one older than a year, which no longer counts."),
        reverse("succession:position", args=[slug, pool.position_id]),
        "users-plus",
    )


def to_approve(exception: TermException, slug: str) -> DueItem:
    names = {"name": exception.person.name, "position": exception.position.title}
    return DueItem(
        _("May %(name)s be %(position)s beyond the limit?") % names,
        _("%(by)s asks for an exception.") % {"by": exception.asked_by.name},
        reverse("succession:exceptions", args=[slug]),
        "clock-plus",
        exception.expires_on,
    )


def rung_due(task: LadderTask, slug: str) -> DueItem:
    position = task.appointment.position
    return DueItem(
        f"{task.get_rung_display()}: {position.title}",
        _("The term ends in %(months)d months or less.") % {"months": task.rung},
        reverse("succession:position", args=[slug, position.pk]),
        "stairs-up",
        task.due_on,
    )


def to_declare(task: LadderTask, slug: str) -> DueItem:
    held = task.appointment
    return DueItem(
        _("What do you intend when your term ends? %(position)s") % {"position": held.position.title},
        _("HR and executives see it, nobody in the pool. You can change it at any time."),
        reverse("succession:intention", args=[slug, held.pk]),
        "clock",
        task.due_on,
    )


def to_run(review: TalentReview, slug: str) -> DueItem:
    return DueItem(
        _("Talent review: %(title)s") % {"title": review.title},
        _("It is open: decide pool by pool, then close it.")
        if review.is_open
        else _("You facilitate it. Opening it keeps every pool as it is on that day."),
        reverse("succession:review", args=[slug, review.pk]),
        "presentation",
        review.held_on,
    )


def action_due(action: PoolAction, slug: str) -> DueItem:
    return DueItem(
        action.words,
        _("An action of a talent review, for the pool of %(position)s.")
        % {"position": action.snapshot.title},
        reverse("succession:review_actions", args=[slug]),
        "checkbox",
        action.due_on,
    )
