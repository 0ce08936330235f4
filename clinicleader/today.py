"""What is due for a member today, gathered from the rooms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from mentoring import today as mentoring
from partnerships import today as partnerships
from passport import today as passport
from people import today as people
from people.member import Member
from people.today import DueItem
from readiness import today as readiness
from sponsors import today as sponsors
from surveys import today as surveys

# Each room's `today.due_items`, in the order in which undated items are shown.
SOURCES: list[Callable[[Member, str, dt.date], list[DueItem]]] = [
    passport.due_items,
    sponsors.due_items,
    partnerships.due_items,
    mentoring.due_items,
    readiness.due_items,
    surveys.due_items,
    people.due_items,
]


def items_due(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """Dated items first, the most urgent on top; undated ones after them."""
    items = [item for source in SOURCES for item in source(member, slug, on)]
    return sorted(items, key=lambda item: (item.due is None, item.due or on))
