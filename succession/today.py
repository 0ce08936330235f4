"""What succession puts on the Today page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from people.member import Member
from people.today import DueItem, Source, one_by_one
from succession.models import Candidacy, Pool
from succession.queries.pools import asked_of, pools_to_look_through


def sources(member: Member, slug: str, on: dt.date) -> list[Source]:
    """A pool that somebody is asked to join; own pools with candidates nobody rated for a year."""
    person = member.person_id
    return [
        one_by_one(lambda: asked_of(person), lambda each: to_answer(each, slug)),
        one_by_one(lambda: pools_to_look_through(person, on=on), lambda each: to_rate(each, slug)),
    ]


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
