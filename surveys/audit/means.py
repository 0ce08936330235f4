"""The audit of means and spreads: of the index, or of one scale, at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.audit.regions import Findings, gather, nearest_marked, smallest_within
from surveys.coding import Bound, MeanForm, Points, can_be_bounded, coded_means, rounded
from surveys.disclosure import NO_PARENT
from surveys.group_statistics import GroupSums
from surveys.reconstruction import MeanRegions, means_pin, spreads_pin
from surveys.release import CellTree


@dataclass(frozen=True)
class Scored:
    """A score of everybody: sums over each unit's own people, the lowest and the highest score among them
    (U,), and the scale it is on."""

    sums: GroupSums
    lowest: FloatArray
    highest: FloatArray
    points: Points


def regions_of(scored: Scored, place: IntArray, size: int) -> MeanRegions:
    """The people of each region, their totals known. `place` (U,): in which of `size` regions a unit's own
    people are, as nearest_marked has it."""
    sums, points = scored.sums, scored.points
    n = gather(sums.n, place, size)
    total = gather(sums.total, place, size)
    squares = gather(sums.total_squares, place, size) - total**2 / np.maximum(n, 1)
    lowest, highest = np.full(size, np.inf), np.full(size, -np.inf)
    inside = (place != NO_PARENT) & (sums.n > 0)
    np.minimum.at(lowest, place[inside], scored.lowest[inside])
    np.maximum.at(highest, place[inside], scored.highest[inside])
    filled = n > 0
    return MeanRegions(
        n=np.rint(n).astype(np.int64),
        total=total,
        least_total=total,
        most_total=total,
        squares_within=np.maximum(squares, 0.0),
        lowest=np.where(filled, lowest, points.low),
        highest=np.where(filled, highest, points.high),
    )


def audit_means(tree: CellTree, scored: Scored, published: BoolArray, findings: Findings) -> IntArray:
    """In which form the mean and spread of each cell may be stored, shape of `published`: MeanForm."""
    return _Means(tree, scored, published, findings).audited()


class _Means:
    def __init__(self, tree: CellTree, scored: Scored, published: BoolArray, findings: Findings) -> None:
        self.tree, self.scored, self.points, self.findings = tree, scored, scored.points, findings
        self.form = np.where(published, MeanForm.SPREAD.value, MeanForm.WITHHELD.value).astype(np.int64)
        sums = tree.sums(scored.sums)
        self.n, self.total, self.mean = sums.n, sums.total, np.nan_to_num(sums.mean())
        self.bounded = can_be_bounded(self.n, self.mean, self.points)
        findings.answers += int(gather(scored.sums.n, self._regions_of(published)[:-1], len(published)).sum())

    def _regions_of(self, marked: BoolArray) -> IntArray:
        return nearest_marked(self.tree, marked)

    def audited(self) -> IntArray:
        while self._hide_means() or self._hide_spreads():
            pass
        return self.form

    def _hide_means(self) -> bool:
        """Coarsen where a mean, or what it leaves of another, pins somebody; whether there was any."""
        told = self.form <= MeanForm.MEAN
        over = self._regions_of(told)
        parts = self._parts(told, over)
        pinned = means_pin(parts, self.points)
        weak = sorted({int(cell) for cell in over[pinned & (over != NO_PARENT)]})
        within = smallest_within(self.tree, told, self.n)
        for cell in weak:
            if self.bounded[cell] and cell not in within:
                self._coarsen(cell, MeanForm.BOUND)
            else:
                self._coarsen(within.get(cell, cell), MeanForm.WITHHELD)
        return bool(weak)

    def _parts(self, told: BoolArray, over: IntArray) -> MeanRegions:
        """The regions of exact means, parted by the bounds within them. Of each part a reader knows its own
        bound, and what the region's total leaves of the bounds of the others."""
        bounded = self.form == MeanForm.BOUND
        parts = self._groups(told | bounded)
        low, high = parts.n * self.points.low, parts.n * self.points.high
        edge, bound = coded_means(self.n, self.mean, self.form, self.points)
        more, fewer = bounded & (bound == Bound.OR_MORE), bounded & (bound == Bound.OR_FEWER)
        beside = self.n - parts.n
        least = np.where(more, np.maximum(low, self.n * edge - beside * self.points.high), low)
        most = np.where(fewer, np.minimum(high, self.n * edge - beside * self.points.low), high)
        size = len(told)
        within = np.where(parts.n > 0, over, NO_PARENT)
        total, all_least, all_most = (gather(sums, within, size) for sums in (parts.total, least, most))
        down, up = self._left_open(told)
        known = over != NO_PARENT
        region_low = np.where(known, (total - down - all_most)[over], -np.inf) + most
        region_high = np.where(known, (total + up - all_least)[over], np.inf) + least
        return replace(
            parts, least_total=np.maximum(least, region_low), most_total=np.minimum(most, region_high)
        )

    def _hide_spreads(self) -> bool:
        """The same with the spreads, of which less than the rounding is never told apart."""
        told, spread = self.form <= MeanForm.MEAN, self.form == MeanForm.SPREAD
        regions, over = self._groups(told), self._regions_of(spread)
        cells = told & (over != NO_PARENT)
        pool = gather(regions.squares_within, np.where(told, over, NO_PARENT), len(told))
        budget = np.where(cells, pool[over], np.inf)
        points = self.points
        # A step on either side in reserve: scores are whole steps, the bound is not.
        width = points.least_range + 2 * points.step
        weak = cells & spreads_pin(regions, budget, points.low, points.high, width)
        # Beside a bound only where everybody else's squares can make up for whatever those behind it may be.
        behind = self._groups(told | (self.form == MeanForm.BOUND))
        bounded = (self.form == MeanForm.BOUND) & (behind.n > 0) & (over != NO_PARENT)
        others = pool[over] - behind.squares_within
        weak |= bounded & (others < behind.n * points.reach**2)
        within = smallest_within(self.tree, spread, self.n)
        for cell in sorted({int(over[cell]) for cell in np.flatnonzero(weak)}):
            self._coarsen(within.get(cell, cell), MeanForm.MEAN)
        return bool(weak.any())

    def _coarsen(self, cell: int, form: MeanForm) -> None:
        if self.form[cell] < form:
            self.form[cell] = form
            self.findings.coarsened += 1

    def _groups(self, marked: BoolArray) -> MeanRegions:
        return regions_of(self.scored, self._regions_of(marked)[:-1], len(marked))

    def _left_open(self, told: BoolArray) -> tuple[FloatArray, FloatArray]:
        """By how much the total of a cell may be less and more with all told means as they are: its own
        rounding allows it, and that of every told cell above."""
        half = 0.5 * 10.0**-self.points.places
        stored = rounded(self.mean, self.points.places)
        down = np.maximum(self.total - self.n * (stored - half), 0.0)
        up = np.maximum(self.n * (stored + half) - self.total, 0.0)
        down, up = np.where(told, down, np.inf), np.where(told, up, np.inf)
        for cell in reversed(self.tree.order):
            above = self.tree.parent[cell]
            down[cell], up[cell] = min(down[cell], down[above]), min(up[cell], up[above])
        return down, up
