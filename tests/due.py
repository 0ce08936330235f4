"""What one room puts on somebody's Today page."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

from people.member import Member
from people.today import DueItem, items_of


def due_items(room: str, member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """Of the room of that name. Needs a scope."""
    return items_of((import_module(f"{room}.today").sources,), member, slug, on)
