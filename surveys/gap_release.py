"""Of which units the engagement gap may be told, and its figures: pure arithmetic on sums.

Told of a unit with everybody below it are the mean of its leaders and that of its led. With the means of
engagement that are told anyway this is one new equation for each *gap region*: the people of such a unit who
are in none of those next below it. Their leaders' total is known; and since the total of each *region* of
engagement within is known, too, so is that of any mixture: of some regions the leaders, of the others the led
with a minus. Where a region holds nobody but leaders, or nobody but led, it falls out of the equation. So of
every gap region

- the smallest group whose total follows has the fewer of leaders and led of each region: together these must
  be enough people, or nobody, where what follows was told already;
- the same mixture at its worst, leaders all at one end and led all at the other, must leave everybody as much
  room as a mean must (`Points.least_room`), even if one of them is known to be at the far end. In the network
  of what people of a region, or of a side, can move for one another this is the least cut.

How many leaders of a region answered nobody knows, the publisher neither: only how many were asked and how
many answered. Both rules hold for whatever is possible. Where they fail, the smallest unit told within is
withheld, else the unit itself: then regions grow together, and in the end nothing is told.

Spreads are not told of either side. The interval rests on the spread of all answers of the unit, which is
stored already, so it tells nothing but the two means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.audit import Findings, gather, nearest_marked, smallest_within
from surveys.coding import Points, rounded
from surveys.disclosure import NO_PARENT
from surveys.engagement_gap import NO_BLOCK
from surveys.group_statistics import GroupSums
from surveys.release import CellTree
from surveys.stored_release import StoredMeans
from surveys.welch import welch_interval


@dataclass(frozen=True)
class Sides:
    """Leaders (0) and led (1) of U units. `block` (U,): the uppermost unit of each unit's block, -1 without
    one. `n` and `total` (2, U): of the engagement of a block, at its uppermost unit. `asked` (2, U): of each
    unit's own people on the roll."""

    block: IntArray
    n: IntArray
    total: FloatArray
    asked: IntArray


@dataclass(frozen=True)
class Engagement:
    """What there is of everybody's: sums over each unit's own people, and the means as they are told."""

    tree: CellTree
    sums: GroupSums
    stored: StoredMeans
    points: Points


@dataclass(frozen=True)
class Gap:
    """What is told of a unit: leaders and led, then their difference with its interval, as stored."""

    unit: int
    n: tuple[int, int]
    mean: tuple[float, float]
    gap: float
    low: float
    high: float


def release_gaps(told: Engagement, sides: Sides, *, fewest: int, findings: Findings) -> list[Gap]:
    """The gaps to be told, in the order of the units; `fewest`: of each side."""
    return _Gaps(told, sides, fewest, findings).released()


class _Gaps:
    def __init__(self, told: Engagement, sides: Sides, fewest: int, findings: Findings) -> None:
        tree, sums, stored = told.tree, told.sums, told.stored
        self.tree, self.stored, self.points, self.sides = tree, stored, told.points, sides
        self.fewest, self.findings = fewest, findings
        self.n = np.column_stack([tree.counts(n) for n in sides.n]).T
        self.total = np.column_stack([tree.totals(total) for total in sides.total]).T
        size = len(stored.published)
        # Bounds count as means: who attacks may know more than is told, not less.
        inner = nearest_marked(tree, stored.published)[:-1]
        self.answered = np.rint(gather(sums.n, inner, size)).astype(np.int64)
        self.summed = gather(sums.total, inner, size)
        self.asked = np.array([np.rint(gather(asked, inner, size)) for asked in sides.asked]).astype(np.int64)
        whole = tree.sums(sums)
        same = (self.n.sum(axis=0) == whole.n) & np.isclose(self.total.sum(axis=0), whole.total, 1e-9, 1e-6)
        self.told = (
            np.isfinite(stored.statistics.sd)
            & np.isfinite(stored.statistics.mean)
            & self._whole_blocks()
            & same
            & (self.n.min(axis=0) >= fewest)
        )

    def released(self) -> list[Gap]:
        planned = int(self.told.sum())
        covered = nearest_marked(self.tree, self.told)[:-1] != NO_PARENT
        self.findings.answers += int(self.sides.n[:, covered].sum())
        while self._hide():
            pass
        told = np.flatnonzero(self.told).tolist()
        self.findings.gaps = len(told)
        self.findings.gaps_withheld = planned - len(told)
        self.findings.coarsened += self.findings.gaps_withheld
        return [self._gap(unit) for unit in told]

    def _whole_blocks(self) -> BoolArray:
        """Cells that hold each block whole or not at all, in the tree as it is now; everybody together, whose
        engagement is told of no unit, is none."""
        whole = np.ones(len(self.stored.published), dtype=np.bool_)
        whole[-1] = False
        for unit, block in enumerate(self.sides.block.tolist()):
            around = set() if block == NO_BLOCK else self._above(block)
            if block != NO_BLOCK or self.sides.asked[:, unit].any():
                whole[list(self._above(unit) ^ around)] = False
        return whole

    def _above(self, unit: int) -> set[int]:
        """A unit and all above it."""
        found = set()
        while unit != NO_PARENT:
            found.add(unit)
            unit = int(self.tree.parent[unit])
        return found

    def _hide(self) -> bool:
        """Withhold where a gap, or what it leaves of another, tells too much; whether there was any."""
        around = nearest_marked(self.tree, self.told)
        within = smallest_within(self.tree, self.told, self.n.sum(axis=0))
        weak = [unit for unit in np.flatnonzero(self.told).tolist() if not self._safe(unit, around)]
        for unit in weak:
            self.told[within.get(unit, unit)] = False
        return bool(weak)

    def _safe(self, unit: int, around: IntArray) -> bool:
        """Whether the leaders' total of a gap region pins nobody."""
        here = around[:-1] == unit
        leaders, total = int(self.sides.n[0, here].sum()), float(self.sides.total[0, here].sum())
        regions = np.flatnonzero((around == unit) & (self.answered > 0))
        possible = [self._possible_leaders(region) for region in regions.tolist()]
        if any(len(some) == 0 for some in possible):
            return False
        n = self.answered[regions].tolist()
        if all(len(some) == 1 and some[0] in {0, people} for some, people in zip(possible, n, strict=True)):
            return True  # every region holds one side alone: all of it was told already
        least = least_sum(
            [np.minimum(some, people - some) for some, people in zip(possible, n, strict=True)],
            possible,
            leaders,
        )
        return bool(
            self.fewest <= least < np.inf
            and min(self._rooms(leaders, total, regions, possible))
            >= self.points.least_room + self.points.reach - 1e-9
        )

    def _possible_leaders(self, region: int) -> IntArray:
        """How many of those who answered in a region may lead."""
        n = int(self.answered[region])
        leaders, led = self.asked[:, region].tolist()
        return np.arange(max(n - led, 0), min(leaders, n) + 1)

    def _rooms(
        self, leaders: int, total: float, regions: IntArray, possible: Sequence[IntArray]
    ) -> tuple[float, float]:
        """How far the worst mixture is from its ends, leaders at the upper end and at the lower.

        In a region the leaders lack `a` to their end, all people `h`, and the led, d of them, are
        a + d * reach - h from the other end: the lesser of the two counts.
        """
        n, summed, reach = self.answered[regions], self.summed[regions], self.points.reach
        lacking = n * self.points.high - summed, summed - n * self.points.low
        own = leaders * self.points.high - total, total - leaders * self.points.low

        def room(side: int) -> float:
            parts = [
                -np.maximum(h - (people - some) * reach, 0.0)
                for h, people, some in zip(lacking[side].tolist(), n.tolist(), possible, strict=True)
            ]
            return own[side] + least_sum(parts, possible, leaders)

        return room(0), room(1)

    def _gap(self, unit: int) -> Gap:
        n = int(self.n[0, unit]), int(self.n[1, unit])
        means = rounded(self.total[:, unit] / self.n[:, unit], self.points.places)
        mean = float(means[0]), float(means[1])
        sd = float(self.stored.statistics.sd[unit])
        ends = welch_interval(n, mean, (sd, sd))
        gap, low, high = rounded(np.array([mean[0] - mean[1], *ends]), self.points.places).tolist()
        return Gap(unit, n, mean, gap, low, high)


def least_sum(costs: Sequence[FloatArray | IntArray], choices: Sequence[IntArray], total: int) -> float:
    """The least sum of one cost a group, where the numbers chosen, of neighbouring whole numbers each, add up
    to `total`; inf where they cannot. `costs` of the shape of `choices`. By dynamic programming."""
    room = total - sum(int(some[0]) for some in choices)
    if not 0 <= room <= sum(len(some) - 1 for some in choices):
        return float("inf")
    best = np.full(room + 1, np.inf)
    best[0] = 0.0
    for cost in costs:
        longer = np.full(room + 1, np.inf)
        for step, value in enumerate(cost[: room + 1].tolist()):
            longer[step:] = np.minimum(longer[step:], best[: room + 1 - step] + value)
        best = longer
    return float(best[room])
