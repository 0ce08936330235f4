"""The ladder of a term: what is due how many months before it ends. No queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from people.terms import months_later
from succession.enums import Rung


def due_day(term_ends: dt.date, rung: Rung) -> dt.date:
    """So many months before the first day after the term; where the month has no such day, its last."""
    return months_later(term_ends, -rung)


def ladder(term_ends: dt.date) -> Iterator[tuple[Rung, dt.date]]:
    """The rungs with their days, the first to come first."""
    return ((rung, due_day(term_ends, rung)) for rung in Rung)
