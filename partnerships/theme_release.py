"""What may be told of themes, and how they changed between two audits. Pure.

Somebody writes one comment at most in a survey, so the quotes of a theme are as many people. A theme of
fewer than the survey's threshold is not told: not how many, not in whose words, and not by its name, which
would say that somebody wrote of it. Such themes are told together, without their names, where together they
are enough.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from surveys.distributions import wilson_interval


@dataclass(frozen=True, slots=True)
class ToldThemes:
    """The quotes of each theme that is told, most of them first; those of the rest together, empty where
    together they are too few."""

    named: Mapping[UUID, frozenset[UUID]]
    others: frozenset[UUID]


def told_themes(quotes: Mapping[UUID, Collection[UUID]], *, fewest: int) -> ToldThemes:
    """Of each theme's quotes those that may be shown. `quotes`: theme -> what was written of it."""
    large = {theme: frozenset(found) for theme, found in quotes.items() if len(set(found)) >= fewest}
    rest = frozenset().union(*(found for theme, found in quotes.items() if theme not in large))
    # What is shown under a name already would not hide the rest.
    hidden = rest.difference(*large.values())
    named = dict(sorted(large.items(), key=lambda one: (-len(one[1]), str(one[0]))))
    return ToldThemes(named, hidden if len(hidden) >= fewest else frozenset())


def shuffled(quotes: Collection[UUID], *, seed: UUID) -> list[UUID]:
    """In an order that follows nothing but the seed: the same for every reader, another one in each theme."""
    return sorted(quotes, key=lambda quote: hashlib.sha256(seed.bytes + quote.bytes).digest())


@dataclass(frozen=True, slots=True)
class ShareChange:
    """By how much a share of people rose (0.1 are ten percentage points), and the 95 % interval."""

    change: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        return self.low > 0 or self.high < 0


def share_change(before: tuple[int, int], after: tuple[int, int]) -> ShareChange:
    """Of two (how many, of how many), taken as different people: who writes again cannot be recognised.

    Newcombe (1998), "Interval estimation for the difference between independent proportions", Statistics in
    Medicine 17, 873-890, method 10. Raises ValueError where there is nobody.
    """
    if before[1] < 1 or after[1] < 1:
        raise ValueError("A share is of somebody.")
    wilson = wilson_interval(np.array([after[0], before[0]]), np.array([after[1], before[1]]))
    (new, old), (new_low, old_low), (new_high, old_high) = wilson.share, wilson.low, wilson.high
    change = float(new - old)
    down = float(np.hypot(new - new_low, old_high - old))
    up = float(np.hypot(new_high - new, old - old_low))
    return ShareChange(change, change - down, change + up)
