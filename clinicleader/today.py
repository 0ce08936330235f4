"""What is due for a member today, gathered from the rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from mentoring import today as mentoring
from partnerships import today as partnerships
from passport import today as passport
from people import today as people
from people.member import Member
from people.today import DueItem, Source, items_of
from readiness import today as readiness
from sponsors import today as sponsors
from surveys import today as surveys

# In the order in which undated items are shown.
ROOMS: list[Callable[[Member, str, dt.date], list[Source]]] = [
    passport.sources,
    sponsors.sources,
    partnerships.sources,
    mentoring.sources,
    readiness.sources,
    surveys.sources,
    people.sources,
]


def items_due(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """Dated items first, the most urgent on top; undated ones after them."""
    items = items_of([source for room in ROOMS for source in room(member, slug, on)], member)
    return sorted(items, key=lambda item: (item.due is None, item.due or on))
