"""What of a closed wave may be published, and the figures of it: pure arithmetic on sums by unit.

A cell is a unit with all units below it. Every figure is made from published cells or is the sum of one, so
nothing beside a cell (agreement, spread, the organisation's own figures) tells of a cell that is withheld.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from surveys.agreement import (
    IntraclassCorrelation,
    ItemSums,
    intraclass_correlation,
    uniform_variance,
    within_group_agreement,
)
from surveys.arrays import BoolArray, FloatArray, IntArray, TextArray
from surveys.disclosure import BREAKDOWN_FROM, NO_PARENT, CellState, Suppression, children_first, suppress
from surveys.enums import ItemPart
from surveys.group_statistics import GroupStatistics, GroupSums, group_statistics
from surveys.questionnaire import Questionnaire
from surveys.shrinkage import MINIMUM_LEADERS, Shrinkage, shrink

BIN_COUNTS = (12, 11, 10, 9, 8)


def bin_count(low: float, high: float) -> int:
    """How many bins a histogram from `low` to `high` has: 8 to 12, so that their edges are whole where
    possible."""
    return next((count for count in BIN_COUNTS if (high - low) % count == 0), 10)


@dataclass(frozen=True)
class UnitSums:
    """Sums over the people directly in each of U units, as SQL gives them.

    `index`: of the scores. `scales`: one for each scale. `answers`: for each item (U, levels, 2) counts,
    the last axis telling incomplete from complete responses. `bins`: (U, bins) counts of scores. `ends`
    (1 + S, 2, U): the lowest and the highest score, then of each scale; inf and -inf without any.
    """

    index: GroupSums
    scales: tuple[GroupSums, ...]
    answers: tuple[IntArray, ...]
    bins: IntArray
    ends: FloatArray


@dataclass(frozen=True)
class ScaleRelease:
    """`published` (U,), and the statistics of the published cells among U."""

    published: BoolArray
    statistics: GroupStatistics


@dataclass(frozen=True)
class ItemRelease:
    """`published` (U,), `counts` (U, levels), lowest answer first, as given (not reversed)."""

    published: BoolArray
    counts: IntArray


@dataclass(frozen=True)
class Release:
    """Everything to be published of U units and, at index U, of everybody together.

    Arrays have U + 1 entries. Those of cells that are not published must not be read; they are masked where
    they are made of numbers. `lowest`: published cells without a published cell below, disjoint groups of
    people, on which ICC, pooled sd and shrinkage rest.
    """

    state: TextArray
    lowest: BoolArray
    statistics: GroupStatistics
    agreement: FloatArray
    histogram: ItemRelease
    scales: tuple[ScaleRelease, ...]
    items: tuple[ItemRelease, ...]
    shrinkage: Shrinkage | None
    shrunken: IntArray  # place of each unit among the lowest cells, -1 for others
    correlation: IntraclassCorrelation | None

    @property
    def published(self) -> BoolArray:
        return np.asarray(self.state == CellState.PUBLISHED.value, dtype=np.bool_)


def plan_release(
    parent: IntArray, sums: UnitSums, questionnaire: Questionnaire, *, threshold: int
) -> Release:
    """Choose the cells of a wave that may be published and compute them.

    `parent` (U,): index of the unit above, -1 for a root. Units come in the order in which ties are to be
    broken. `threshold`: fewest respondents of an index; breakdowns need at least 10.
    """
    tree = CellTree.of(parent)
    index = tree.sums(sums.index)
    state = tree.suppress(index.n, k=threshold).state
    published = np.asarray(state == CellState.PUBLISHED.value, dtype=np.bool_)
    lowest = published & ~tree.any_below(published)
    base = _only(index, lowest)
    # Of fewer groups it says nothing; and with so few it would be close to an answer itself.
    correlation = intraclass_correlation(base) if lowest.sum() >= MINIMUM_LEADERS else None
    statistics = group_statistics(_only(index, published), pooled_sd=base.pooled_sd())
    places = np.flatnonzero(lowest)
    shrunken = np.full(len(tree.parent), -1)
    shrunken[places] = np.arange(len(places))
    fine = max(threshold, BREAKDOWN_FROM)
    # Everybody's behaviours and items are not shown, so they must not cost a unit its own.
    offered = np.append(published[:-1], False)
    return Release(
        state=state,
        lowest=lowest,
        statistics=statistics,
        agreement=_agreement(tree, sums.answers, questionnaire, published),
        histogram=_distribution(tree, sums.bins, published, fine),
        scales=_scales(tree, sums.scales, questionnaire, offered, threshold),
        items=_items(tree, sums.answers, offered, fine),
        shrinkage=shrink(pick(statistics, places)),
        shrunken=shrunken,
        correlation=correlation,
    )


class CellTree:
    """Sums from the units up, as published totals are."""

    def __init__(self, parent: IntArray) -> None:
        self.parent = parent
        self._suppressions: dict[tuple[bytes, int, bytes], Suppression] = {}
        self.order = [unit for unit in children_first(parent) if parent[unit] != NO_PARENT]

    @classmethod
    def of(cls, parent: IntArray) -> CellTree:
        """Units (U,) with everybody together above all roots, at index U."""
        return cls(np.append(np.where(parent == NO_PARENT, len(parent), parent), NO_PARENT))

    def totals(self, directly: FloatArray | IntArray) -> FloatArray:
        """`directly` (U, ...) of the units' own people; returns (U + 1, ...) with everybody below."""
        total = np.concatenate([directly, np.zeros((1, *directly.shape[1:]))]).astype(np.float64)
        for unit in self.order:
            total[self.parent[unit]] += total[unit]
        return total

    def counts(self, directly: IntArray) -> IntArray:
        return np.rint(self.totals(directly)).astype(np.int64)

    def sums(self, directly: GroupSums) -> GroupSums:
        return GroupSums(
            self.counts(directly.n), self.totals(directly.total), self.totals(directly.total_squares)
        )

    def suppress(self, n: IntArray, *, k: int, offered: BoolArray | None = None) -> Suppression:
        """`disclosure.suppress` of this tree. Items that everybody answered share one result."""
        key = (n.tobytes(), k, b"" if offered is None else offered.tobytes())
        if key not in self._suppressions:
            self._suppressions[key] = suppress(self.parent, n, k=k, offered=offered)
        return self._suppressions[key]

    def any_below(self, marked: BoolArray) -> BoolArray:
        """Units with a marked unit somewhere below them."""
        below = np.zeros(marked.shape, dtype=np.bool_)
        for unit in self.order:
            below[self.parent[unit]] |= below[unit] | marked[unit]
        return below


def _only(sums: GroupSums, kept: BoolArray) -> GroupSums:
    return GroupSums(
        np.where(kept, sums.n, 0), np.where(kept, sums.total, 0.0), np.where(kept, sums.total_squares, 0.0)
    )


def pick(statistics: GroupStatistics, places: IntArray) -> GroupStatistics:
    """The statistics of some cells."""
    return GroupStatistics(
        n=statistics.n[places],
        mean=statistics.mean[places],
        sd=statistics.sd[places],
        se=statistics.se[places],
        low=statistics.low[places],
        high=statistics.high[places],
        pooled=statistics.pooled[places],
        pooled_sd=statistics.pooled_sd,
        confidence=statistics.confidence,
    )


def complete_answers(tree: CellTree, answers: tuple[IntArray, ...]) -> IntArray:
    """How many responses of each cell answered every item of the index."""
    return tree.counts(answers[0][:, :, 1].sum(axis=1))


def _agreement(
    tree: CellTree, answers: tuple[IntArray, ...], questionnaire: Questionnaire, published: BoolArray
) -> FloatArray:
    """r_wg(j) over the index items, from complete responses; NaN for cells that are withheld."""
    levels = np.arange(questionnaire.low, questionnaire.high + 1, dtype=np.float64)
    complete = [tree.totals(counts[:, :, 1]) for counts in answers[: questionnaire.index_items]]
    items = ItemSums(
        n=complete_answers(tree, answers),
        total=np.column_stack([counts @ levels for counts in complete]),
        total_squares=np.column_stack([counts @ levels**2 for counts in complete]),
    )
    agreement = within_group_agreement(items, null_variance=uniform_variance(len(levels)))
    return np.where(published, agreement, np.nan)


def _distribution(tree: CellTree, directly: IntArray, offered: BoolArray, k: int) -> ItemRelease:
    counts = tree.counts(directly)
    published = tree.suppress(counts.sum(axis=1), k=k, offered=offered).published
    return ItemRelease(published, np.where(published[:, np.newaxis], counts, 0))


def _items(
    tree: CellTree, answers: tuple[IntArray, ...], offered: BoolArray, k: int
) -> tuple[ItemRelease, ...]:
    return tuple(_distribution(tree, counts.sum(axis=2), offered, k) for counts in answers)


def _scales(
    tree: CellTree,
    scales: tuple[GroupSums, ...],
    questionnaire: Questionnaire,
    offered: BoolArray,
    threshold: int,
) -> tuple[ScaleRelease, ...]:
    released = []
    for scale, directly in zip(questionnaire.scales, scales, strict=True):
        k = threshold if scale.part == ItemPart.OUTCOME else max(threshold, BREAKDOWN_FROM)
        sums = tree.sums(directly)
        published = tree.suppress(sums.n, k=k, offered=offered).published
        base = _only(sums, published & ~tree.any_below(published))
        released.append(
            ScaleRelease(published, group_statistics(_only(sums, published), pooled_sd=base.pooled_sd()))
        )
    return tuple(released)
