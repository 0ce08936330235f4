"""What is due for somebody: the items that the rooms put on the Today page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing to do, one click away. `due` is None when there is no date to it."""

    title: str
    detail: str
    url: str
    icon: str
    due: dt.date | None = None
