"""How long people wait: arithmetic on days, without a database."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SMALLEST_GROUP: Final = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """Of `n` waits that are over: the median and the quartiles, in days; `open`: how many still wait. Nothing
    of fewer than five, not even how many."""

    n: int | None = None
    open: int | None = None
    median: float | None = None
    low: float | None = None
    high: float | None = None


def waiting_of(days: Sequence[float], *, still: int) -> Waiting:
    """`days`: 0 and more, in any order. Quartiles by linear interpolation between the values, the first and
    the last included."""
    if len(days) < SMALLEST_GROUP:
        return Waiting()
    low, median, high = statistics.quantiles(days, n=4, method="inclusive")
    return Waiting(len(days), still, median, low, high)
