"""What of a closed wave may be published: pure arithmetic on sums by unit.

A cell is a unit with all units below it. Every figure is made from published cells or is the sum of one, so
nothing beside a cell (agreement, spread, the organisation's own figures) tells of a cell that is withheld.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from surveys.agreement import ItemSums, uniform_variance, within_group_agreement
from surveys.arrays import BoolArray, FloatArray, IntArray, TextArray
from surveys.disclosure import NO_PARENT, CellState, Suppression, breakdown_from, children_first, suppress
from surveys.group_statistics import GroupSums
from surveys.questionnaire import Questionnaire

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
class Release:
    """What of U units and, at index U, of everybody together may be published, before it is coded and
    attacked: surveys.stored_release has the figures. Arrays have U + 1 entries.

    `state`: of the index. `histogram`, `scales` and `items`: where each may be told. `agreement`: r_wg(j) of
    published cells, else NaN.
    """

    state: TextArray
    agreement: FloatArray
    histogram: BoolArray
    scales: tuple[BoolArray, ...]
    items: tuple[BoolArray, ...]

    @property
    def published(self) -> BoolArray:
        return np.asarray(self.state == CellState.PUBLISHED.value, dtype=np.bool_)


def plan_release(
    parent: IntArray, sums: UnitSums, questionnaire: Questionnaire, *, threshold: int
) -> Release:
    """Choose the cells of a wave that may be published.

    `parent` (U,): index of the unit above, -1 for a root. Units come in the order in which ties are to be
    broken. `threshold`: fewest respondents of an index; breakdowns need at least 10.
    """
    tree = CellTree.of(parent)
    state = tree.suppress(tree.counts(sums.index.n), k=threshold).state
    published = np.asarray(state == CellState.PUBLISHED.value, dtype=np.bool_)
    # Everybody's behaviours and items are not shown, so they must not cost a unit its own.
    offered = np.append(published[:-1], False)

    def told(directly: IntArray, cells: BoolArray, k: int) -> BoolArray:
        return tree.suppress(tree.counts(directly), k=k, offered=cells).published

    fine = breakdown_from(threshold)
    return Release(
        state=state,
        agreement=_agreement(tree, sums.answers, questionnaire, published),
        histogram=told(sums.bins.sum(axis=1), published, fine),
        scales=tuple(
            told(own.n, offered, scale.told_from(threshold))
            for scale, own in zip(questionnaire.scales, sums.scales, strict=True)
        ),
        items=tuple(told(answers.sum(axis=(1, 2)), offered, fine) for answers in sums.answers),
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
