"""When a leader's regimen is to be reviewed, and what two people sign when they sign a review."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

USUAL_DAYS: Final = 90
SHORTEST_DAYS, LONGEST_DAYS = 30, 180
EARLY: Final = dt.timedelta(days=14)  # from a new role, scope or project to the review that it calls
SOON: Final = dt.timedelta(days=14)  # before its day a review is on the Today pages of whoever holds it
PATIENCE: Final = dt.timedelta(days=14)  # after its day the programme director hears of it


def due_day(
    begun: dt.date, *, every: int, agreed: dt.date | None = None, called: Iterable[dt.date] = ()
) -> dt.date:
    """The day of the next review: `every` days after `begun`, when the last one was held or the first version
    published; earlier where the two agreed on an earlier day, or something new called for one."""
    return min([begun + dt.timedelta(days=every), *called, *([agreed] if agreed else [])])


def day_under_new_rule(was: dt.date, now: dt.date, *, on: dt.date) -> dt.date:
    """The day by a rule changed on a day, of a review that was due on `was` and would now be on `now`.
    What is overdue stays overdue, and nobody gets less time than a new challenge would give them."""
    if was < on:
        return was
    return max(now, min(was, on + EARLY))


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody had before them when they signed: the review's revision, the regimen's version, and the
    open actions of the plan as they were. As text it travels through a form."""

    revision: int
    version: int
    actions: str

    def __str__(self) -> str:
        return f"{self.revision}.{self.version}.{self.actions}"


def fingerprint(actions: Iterable[tuple[str, int, str]]) -> str:
    """Sixteen hexadecimal digits for actions of (id, revision, state), in whatever order they come."""
    text = "\n".join(" ".join(map(str, each)) for each in sorted(actions))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
