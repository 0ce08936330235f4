"""The difference of two estimates, with its interval: pure arithmetic."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and its 95 % interval, in any unit."""

    value: float
    low: float
    high: float


def difference_of(first: Estimate, second: Estimate) -> Estimate:
    """First minus second, of two independent groups; the interval squares and adds the distances to the
    limits of each. Zou and Donner (2008), Statistics in Medicine 27, 1693-1702; with Wilson's limits it is
    method 10 of Newcombe (1998), Statistics in Medicine 17, 873-890."""
    value = first.value - second.value
    return Estimate(
        value,
        value - math.hypot(first.value - first.low, second.high - second.value),
        value + math.hypot(first.high - first.value, second.value - second.low),
    )
