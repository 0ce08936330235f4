"""The index is the sum of its behaviours: what all of them together tell of each. Pure arithmetic.

Each was audited by itself. But where the index and all behaviours but one are told exactly,
the last one follows, also if it was told as a bound or not at all; where two are left, each follows within
what the other may be; and all this for the rest of a cell, less the cells within it, too.

So here an attacker has all figures of the index and the behaviours at once. The unknowns are the totals of
each behaviour in each region. Regions whose true totals leave everybody enough room are safe by themselves.
Of the others HiGHS finds the furthest that a total may lie from the end, everything told being as it is.
Where that leaves too little by the rule of `means_pin`, another behaviour is no longer told of the cell: of
those told exactly the one with the most room, so that the remainder is no longer of one behaviour. With no
behaviour told of a cell and of those above it only the index is left, which has more room than any of its
parts; so this ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.audit.means import Scored, regions_of
from surveys.audit.regions import Findings, nearest_marked, neighbourhood, smallest_within
from surveys.coding import Bound, MeanForm, coded_means
from surveys.disclosure import NO_PARENT
from surveys.reconstruction import Changes, means_pin
from surveys.release import CellTree


@dataclass
class ToldScore:
    """The index or a behaviour, and in which form it is told of each cell (U + 1,): coarsened in place."""

    scored: Scored
    form: IntArray

    @property
    def told(self) -> BoolArray:
        return np.asarray(self.form < MeanForm.WITHHELD, dtype=np.bool_)

    @property
    def exact(self) -> BoolArray:
        return np.asarray(self.form <= MeanForm.MEAN, dtype=np.bool_)


def known_sums(index: IntArray, behaviours: Sequence[IntArray]) -> list[BoolArray]:
    """For each behaviour the cells of which its mean is known: told, or left by the index and the others.
    Arguments are forms."""
    exact = np.array([form <= MeanForm.MEAN for form in behaviours], dtype=np.bool_)
    rest = (index <= MeanForm.MEAN) & (exact.sum(axis=0) == len(behaviours) - 1)
    return [np.asarray(own | rest, dtype=np.bool_) for own in exact]


def hide_remainders(
    tree: CellTree, index: ToldScore, behaviours: Sequence[ToldScore], findings: Findings
) -> None:
    """Coarsen behaviours until nobody is pinned by what they and the index leave of one another."""
    if len(behaviours) > 1:
        _Together(tree, index, behaviours, findings).hide()


class _Together:
    """The scores are the index and, from 1 on, its behaviours."""

    def __init__(
        self, tree: CellTree, index: ToldScore, behaviours: Sequence[ToldScore], findings: Findings
    ) -> None:
        self.tree, self.findings, self.scores = tree, findings, [index, *behaviours]
        # The finest regions: behaviours are told of fewer cells.
        self.place = nearest_marked(tree, index.told)
        size = len(index.form)
        self.regions = [regions_of(score.scored, self.place[:-1], size) for score in self.scores]
        self.n = tree.counts(index.scored.sums.n)
        self.totals = [tree.totals(score.scored.sums.total) for score in self.scores]

    def hide(self) -> None:
        for number, score in enumerate(self.scores):
            own, points = self.regions[number], score.scored.points
            pinned = means_pin(own, points)
            for region in np.flatnonzero(pinned).tolist():
                while self._pinned(region, number) and self._coarsen(region, number):
                    pass  # telling less leaves whoever was safe as safe

    def _pinned(self, region: int, number: int) -> bool:
        """Whether any total that it may be for a reader leaves somebody too little room."""
        own, points = self.regions[number], self.scores[number].scored.points
        free = neighbourhood(self.tree, region, self.place, self.regions[0].n)
        changes = self._changes(free)
        weights = np.zeros((len(self.scores) - 1, len(free)))
        weights[:, 0] = [number in (0, behaviour) for behaviour in range(1, len(self.scores))]
        # Nobody of five or more is too near both ends: only the way from the nearer one is looked for.
        away = -1.0 if 2 * own.total[region] > own.n[region] * (points.low + points.high) else 1.0
        self.findings.programs += 1
        furthest = own.total + away * changes.furthest(away * weights.ravel())
        found = replace(
            own, least_total=np.minimum(own.total, furthest), most_total=np.maximum(own.total, furthest)
        )
        return bool(means_pin(found, points)[region])

    def _changes(self, free: list[int]) -> Changes:
        """What is told of cells with any of these regions, all other regions being as they truly are."""
        inside: dict[int, FloatArray] = {}
        for place, region in enumerate(free):
            cell = region
            while cell != NO_PARENT:
                inside.setdefault(cell, np.zeros(len(free)))[place] = 1.0
                cell = int(self.tree.parent[cell])
        rows, low, high = [], [], []
        for number, score in enumerate(self.scores):
            cells = [cell for cell in inside if score.told[cell]]
            least, most = self._open(number, cells)
            for cell, down, up in zip(cells, least, most, strict=True):
                row = np.zeros((len(self.scores) - 1, len(free)))
                row[slice(None) if number == 0 else number - 1] = inside[cell]
                rows.append(row.ravel())
                low.append(down)
                high.append(up)
        ends = [self._reach(number, free) for number in range(1, len(self.scores))]
        return Changes(
            np.array(rows),
            np.array(low),
            np.array(high),
            np.concatenate([least for least, _most in ends]),
            np.concatenate([most for _least, most in ends]),
        )

    def _open(self, number: int, cells: list[int]) -> tuple[FloatArray, FloatArray]:
        """By how much the totals of cells may differ from the true ones for what is told of them."""
        score, n, total = self.scores[number], self.n[cells], self.totals[number][cells]
        points, form = score.scored.points, score.form[cells]
        value, bound = coded_means(n, total / n, form, points)
        half = 0.5 * 10.0**-points.places
        least = np.where(
            bound == Bound.EXACT, value - half, np.where(bound == Bound.OR_MORE, value, points.low)
        )
        most = np.where(
            bound == Bound.EXACT, value + half, np.where(bound == Bound.OR_MORE, points.high, value)
        )
        return np.minimum(n * least - total, 0.0), np.maximum(n * most - total, 0.0)

    def _reach(self, number: int, free: list[int]) -> tuple[FloatArray, FloatArray]:
        """How far the totals of regions are from the ends of the scale, down and up."""
        own, points = self.regions[number], self.scores[number].scored.points
        n, total = own.n[free], own.total[free]
        return np.minimum(n * points.low - total, 0.0), np.maximum(n * points.high - total, 0.0)

    def _coarsen(self, region: int, number: int) -> bool:
        """Tell one behaviour less of the nearest cell of which any is told; False if there is none."""
        cell = region
        while cell != NO_PARENT:
            told = [other for other in range(1, len(self.scores)) if self.scores[other].told[cell]]
            if told:
                # Rather another one than itself, rather an exact one than a bound, and that with most room.
                self._withhold(
                    max(
                        told,
                        key=lambda other: (
                            other != number,
                            bool(self.scores[other].exact[cell]),
                            self._room(other, cell),
                        ),
                    ),
                    cell,
                )
                return True
            cell = int(self.tree.parent[cell])
        return False

    def _room(self, number: int, cell: int) -> float:
        points, n, total = self.scores[number].scored.points, self.n[cell], self.totals[number][cell]
        return float(min(n * points.high - total, total - n * points.low))

    def _withhold(self, number: int, cell: int) -> None:
        """And of the smallest cell beside it where it would follow from that above."""
        score = self.scores[number]
        own = self._people(score, cell)
        score.form[cell] = MeanForm.WITHHELD
        self.findings.coarsened += 1
        parent = self.tree.parent[cell]
        above = int(nearest_marked(self.tree, score.told)[parent]) if parent != NO_PARENT else NO_PARENT
        if above != NO_PARENT and self._people(score, above) == own:
            self._withhold(number, smallest_within(self.tree, score.told, self.n).get(above, above))

    def _people(self, score: ToldScore, cell: int) -> int:
        """Of the region of a told cell, among the cells of which this score is told."""
        place = nearest_marked(self.tree, score.told)[:-1]
        return int(self.scores[0].scored.sums.n[place == cell].sum())
