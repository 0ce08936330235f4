"""What another rule would have made of a scored quarter: pure arithmetic on the evidence of its scores.

Shown are numbers of people; none about fewer than five, and none from which such a number follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from readiness.disclosure import may_show, may_show_parts, shown_parts
from readiness.enums import ScoreState
from surveys.arrays import BoolArray, FloatArray

EDGES = tuple(range(0, 100, 10))


@dataclass(frozen=True, slots=True)
class Band:
    """People with a total in a band of ten points, or with none (`low` is None); None: not told."""

    low: int | None
    before: int | None
    after: int | None

    @property
    def high(self) -> int | None:
        if self.low is None:
            return None
        return 100 if self.low == EDGES[-1] else self.low + 9


@dataclass(frozen=True, slots=True)
class Move:
    """People who would go from one state to another; None where it is not told."""

    before: ScoreState
    after: ScoreState
    people: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """`changed`: people whose state is another one; None where it is not told. `moves` and `bands` are empty
    where nothing of them may be told."""

    quarter: str
    people: int
    changed: int | None
    moves: list[Move]
    bands: list[Band]

    @property
    def is_told(self) -> bool:
        return may_show(self.people)

    @property
    def compares(self) -> bool:
        """Whether anything is told of the distribution after."""
        return any(band.after is not None for band in self.bands)


def compare_rules(
    quarter: str,
    states: tuple[Sequence[str], Sequence[str]],
    totals: tuple[FloatArray, FloatArray],
) -> Preview:
    """States and totals (NaN for none) of the same people, by the rule they were scored by and by another."""
    before, after = (np.asarray(each) for each in states)
    people, changed = len(before), int(np.count_nonzero(before != after))
    if not may_show(people):
        return Preview(quarter, people, None, [], [])
    kinds = list(ScoreState)
    counts = [int(np.count_nonzero((before == old) & (after == new))) for old in kinds for new in kinds]
    ways = [(old, new) for old in kinds for new in kinds]
    told = shown_parts(counts)
    moves = [
        Move(old, new, count if shown else None)
        for (old, new), count, shown in zip(ways, counts, told, strict=True)
        if old != new and count
    ]
    # Beside the moves that are told, the sum of all would tell of one that is not.
    whole = may_show_parts([changed, people - changed]) and all(each.people is not None for each in moves)
    return Preview(quarter, people, changed if whole else None, moves, _bands(*totals))


def _bands(before: FloatArray, after: FloatArray) -> list[Band]:
    """Both distributions; the new one not at all where it would tell of few who come into another band."""
    old, new = _places(before), _places(after)
    parts = len(EDGES) + 1
    was, would = np.bincount(old, minlength=parts).tolist(), np.bincount(new, minlength=parts).tolist()
    may_compare = may_show_parts([int(np.count_nonzero(old != new))])
    return [
        Band(low, *(count if shown else None for count, shown in pair))
        for low, *pair in zip(
            (*EDGES, None),
            zip(was, shown_parts(was), strict=True),
            zip(would, [shown and may_compare for shown in shown_parts(would)], strict=True),
            strict=True,
        )
    ]


def _places(totals: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """The band of each total; those without one come last."""
    none: BoolArray = np.isnan(totals)
    places = np.minimum(np.nan_to_num(totals) // 10, len(EDGES) - 1).astype(np.intp)
    return np.where(none, len(EDGES), places)
