"""What is due for a member today, gathered from the rooms."""

from __future__ import annotations

import datetime as dt
from typing import Final

from insights import today as insights
from mentoring import today as mentoring
from partnerships import today as partnerships
from passport import today as passport
from people import today as people
from people.member import Member
from people.today import DueItem, Room, items_of
from readiness import today as readiness
from sponsors import today as sponsors
from succession import today as succession
from surveys import today as surveys

# In the order in which undated items are shown.
ROOMS: Final[tuple[Room, ...]] = (
    passport.sources,
    sponsors.sources,
    partnerships.sources,
    mentoring.sources,
    readiness.sources,
    succession.sources,
    insights.sources,
    surveys.sources,
    people.sources,
)


def items_due(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """Dated items first, the most urgent on top; undated ones after them."""
    items = items_of(ROOMS, member, slug, on)
    return sorted(items, key=lambda item: (item.due is None, item.due or on))
