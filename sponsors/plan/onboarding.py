"""The days of a three-year onboarding, and what can be decided at each of its gates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from people.terms import years_later
from sponsors.enums import GateDecision

GATES: Final = 3  # one at the end of each year (R89)
OPENS: Final = dt.timedelta(days=90)  # before its day a gate takes recommendations and a decision
NEAR: Final = dt.timedelta(days=60)  # before its day everybody is reminded of it
FURTHEST_BACK: Final = dt.timedelta(days=365)  # from which an onboarding can be written down later
FEWEST: Final = 5  # decisions of which a count is told

# Who goes on or stays has shown everything; an extension gives time for what is missing.
COMPLETE: Final = frozenset({GateDecision.GO_ON, GateDecision.PERMANENT})
HINDERED: Final = frozenset({GateDecision.EXTEND, GateDecision.LEAVE})  # by obstacles that are named


def planned_day(started: dt.date, number: int) -> dt.date:
    """Of a gate, 1 to 3: the anniversary of the beginning."""
    return years_later(started, number)


def latest_day(started: dt.date, number: int) -> dt.date:
    """To which a gate can be extended: one year in all, however often. So three years become four at most."""
    return years_later(started, number + 1)


def following_day(started: dt.date, number: int, due: dt.date) -> dt.date:
    """Of the gate after `number`, which was due on `due`: a year on, with the delay of extensions kept. That
    a decision came late delays nothing."""
    delay = max(due - planned_day(started, number), dt.timedelta())
    return min(planned_day(started, number + 1) + delay, latest_day(started, number + 1))


def decisions_at(number: int) -> tuple[GateDecision, ...]:
    """Permanent is said at the last gate, and at no other."""
    onwards = GateDecision.PERMANENT if number == GATES else GateDecision.GO_ON
    return (onwards, GateDecision.EXTEND, GateDecision.LEAVE)


def days_of_extension(
    started: dt.date, number: int, due: dt.date, *, on: dt.date
) -> tuple[dt.date, dt.date] | None:
    """The first and the last day to which a gate can be extended on a day; None where no time is left."""
    first, last = max(on, due) + dt.timedelta(days=1), latest_day(started, number)
    return (first, last) if first <= last else None


@dataclass(frozen=True, slots=True)
class Told:
    """How often something of these kinds came about."""

    kinds: tuple[str, ...]
    count: int


def counts_to_tell(counts: Mapping[str, int], *, fewest: int = FEWEST) -> list[Told]:
    """Counts by kind without one about few: kinds of fewer than `fewest` are told together, with the next
    larger one where they are too few even so. Each kind that occurs is in exactly one line, and nothing is
    told where all together are too few. The largest first."""
    rows = sorted(((count, kind) for kind, count in counts.items() if count > 0), reverse=True)
    told = [Told((kind,), count) for count, kind in rows if count >= fewest]
    few = {kind: count for count, kind in rows if count < fewest}
    small = Told(tuple(few), sum(few.values()))
    while small.count and small.count < fewest and told:
        larger = told.pop()
        small = Told((*larger.kinds, *small.kinds), larger.count + small.count)
    if small.count >= fewest:
        told.append(small)
    return sorted(told, key=lambda each: -each.count)
