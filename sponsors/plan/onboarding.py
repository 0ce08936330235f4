"""The days of a three-year onboarding, and what can be decided at each of its gates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from people.terms import years_later
from sponsors.enums import GateDecision
from sponsors.plan.kinds import kinds_together, who_met

GATES: Final = 3  # one at the end of each year (R89)
OPENS: Final = dt.timedelta(days=90)  # before its day a gate takes recommendations and a decision
NEAR: Final = dt.timedelta(days=60)  # before its day everybody is reminded of it
FURTHEST_BACK: Final = dt.timedelta(days=365)  # from which an onboarding can be written down later
PATIENCE: Final = dt.timedelta(days=14)  # after its day whoever answers for the leader hears of it
SPAN: Final = dt.timedelta(days=3 * 365)  # over which decisions are counted
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
    """Of how many any of these kinds was said."""

    kinds: tuple[str, ...]
    count: int


def kinds_to_tell(said: Sequence[Collection[str]], *, fewest: int = FEWEST) -> list[Told]:
    """How often each kind was said, in each element of `said` perhaps several, and never a count of few
    (sponsors/plan/kinds.py). The largest first."""
    met: defaultdict[str, set[int]] = defaultdict(set)
    for place, kinds in enumerate(said):
        for kind in kinds:
            met[kind].add(place)
    by_name = dict(sorted(met.items()))
    told = [Told(kinds, len(who_met(met, kinds))) for kinds in kinds_together(by_name, fewest=fewest)]
    return sorted(told, key=lambda each: -each.count)
