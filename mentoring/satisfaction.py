"""What is told of satisfaction ratings, so that nobody's own can be worked out: pure arithmetic.

A figure is about five people at least. A mean near an end of the scale would tell of everybody that they gave
that answer, and is told as a bound; a share takes ten, and one that few are outside of is a bound too.
Intervals rest on the spread of the whole organisation: that of five ratings would, with their mean, leave few
possibilities for each. That one is told in tenths and of a hundred ratings at least: what a quarter adds to
an exact one is the spread of that quarter. A mentor's mean moves only when five people more have rated, since
the difference between two means would otherwise be about fewer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from surveys.coding import Bound
from surveys.disclosure import THRESHOLD_FLOOR, breakdown_from, shown_share
from surveys.distributions import wilson_interval
from surveys.group_statistics import GroupSums, group_statistics
from surveys.quantiles import student_quantile

LOWEST, HIGHEST = 1, 5
# Beyond these a mean is told as a bound: with five people nobody's answer is known closer than two steps.
LEAST_TOLD, MOST_TOLD = 1.5, 4.5
FAVOURABLE_FROM = 4
# Until there are so many ratings, the spread is taken to be one step.
SPREAD_KNOWN_FROM, USUAL_SPREAD = 100, 1.0


@dataclass(frozen=True, slots=True)
class RaterSums:
    """Of some people's ratings, each person's mean over what they rated: how many people, the sum, the sum of
    squares, how many had a mean of 4 or more."""

    people: int
    total: float
    squares: float
    favourable: int


@dataclass(frozen=True, slots=True)
class Told:
    """A figure that may be told. `mean` is an edge where `bound` is one, and then without interval.
    `share`: the bounds of the favourable share, twice the same where it is exact; None: not told."""

    people: int
    mean: float
    bound: Bound
    low: float | None
    high: float | None
    share: tuple[float, float] | None
    share_low: float | None = None
    share_high: float | None = None


def spread_of(everybody: RaterSums) -> float:
    """The standard deviation that intervals rest on, in tenths, rounded up: none is too narrow."""
    if everybody.people < SPREAD_KNOWN_FROM:
        return USUAL_SPREAD
    n, total, squares = (np.array([each]) for each in (everybody.people, everybody.total, everybody.squares))
    return math.ceil(10 * float(group_statistics(GroupSums(n, total, squares)).sd[0]) - 1e-9) / 10


def told_of(sums: RaterSums, *, spread: float) -> Told | None:
    """What may be told of some people's ratings; None of fewer than five."""
    if sums.people < THRESHOLD_FLOOR:
        return None
    mean = sums.total / sums.people
    enough = sums.people >= breakdown_from(THRESHOLD_FLOOR)
    share = shown_share(sums.favourable, sums.people, k=THRESHOLD_FLOOR) if enough else None
    exact = share is not None and share[0] == share[1]
    wilson = wilson_interval(np.array(sums.favourable), np.array(sums.people))
    ends = (float(wilson.low), float(wilson.high)) if exact else (None, None)
    if mean > MOST_TOLD:
        return Told(sums.people, MOST_TOLD, Bound.OR_MORE, None, None, share, *ends)
    if mean < LEAST_TOLD:
        return Told(sums.people, LEAST_TOLD, Bound.OR_FEWER, None, None, share, *ends)
    margin = float(student_quantile(sums.people - 1.0, 0.975)) * spread / sums.people**0.5
    low, high = max(LOWEST, mean - margin), min(HIGHEST, mean + margin)
    return Told(sums.people, mean, Bound.EXACT, low, high, share, *ends)


def batches_of(quarters: Sequence[Mapping[UUID, Sequence[int]]]) -> Iterator[dict[UUID, list[int]]]:
    """A mentor's ratings by quarter, the oldest first, and by who gave them, in batches: quarters are taken
    together until five people have rated in them. What is left at the end is in none."""
    waiting: dict[UUID, list[int]] = {}
    for quarter in quarters:
        for rater, ratings in quarter.items():
            waiting.setdefault(rater, []).extend(ratings)
        if len(waiting) >= THRESHOLD_FLOOR:
            yield waiting
            waiting = {}


def ratings_told(quarters: Sequence[Mapping[UUID, Sequence[int]]]) -> dict[UUID, list[int]]:
    """Of a mentor's ratings those that count in the mean told so far."""
    told: dict[UUID, list[int]] = {}
    for batch in batches_of(quarters):
        for rater, ratings in batch.items():
            told.setdefault(rater, []).extend(ratings)
    return told


def matcher_sums(quarters: Sequence[Mapping[UUID, Sequence[int]]]) -> tuple[int, int]:
    """Sum and number of a mentor's ratings as the matcher is told them: whoever reads its arithmetic or its
    export reads them too. The same batches, and of each no sum that says that everybody gave one answer."""
    total = number = 0
    for batch in batches_of(quarters):
        given = [rating for ratings in batch.values() for rating in ratings]
        least, most = math.ceil(LEAST_TOLD * len(given)), math.floor(MOST_TOLD * len(given))
        total, number = total + min(max(sum(given), least), most), number + len(given)
    return total, number


def sums_of(ratings: Mapping[UUID, Sequence[int]]) -> RaterSums:
    """People's ratings summed up, each person once."""
    means = [sum(given) / len(given) for given in ratings.values() if given]
    favourable = sum(mean >= FAVOURABLE_FROM for mean in means)
    return RaterSums(len(means), sum(means), sum(mean * mean for mean in means), favourable)
