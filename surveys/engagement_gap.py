"""Who is compared with whom: the engagement of leaders with that of the led, in blocks of units.

The blocks are chosen before anybody answers, from the roll alone. Each has enough leaders and enough led, so
that the sums that are kept of either side (sql/engagement_gap.sql) are never those of a few.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from surveys.arrays import IntArray
from surveys.disclosure import NO_PARENT, breakdown_from, children_first
from surveys.enums import ItemPart
from surveys.questionnaire import Questionnaire

ENGAGEMENT: Final = "engagement"
NO_BLOCK: Final = -1
LEAST_ITEMS: Final = 2  # one question's answers are told as they were given: then so would be the leaders'


def fewest_of_each(threshold: int) -> int:
    """How many leaders, and how many led, a comparison takes: it says more of either than one mean of all."""
    return breakdown_from(threshold)


def engagement_place(questionnaire: Questionnaire) -> int | None:
    """The place of the engagement scale among a questionnaire's scales; None where it has none."""
    for place, scale in enumerate(questionnaire.scales):
        if (scale.part, scale.group) == (ItemPart.OUTCOME, ENGAGEMENT) and len(scale.columns) >= LEAST_ITEMS:
            return place
    return None


def asks_engagement(questionnaire: Questionnaire) -> bool:
    """Whether a questionnaire has a scale by which leaders and the led can be compared."""
    return engagement_place(questionnaire) is not None


def choose_blocks(parent: IntArray, leaders: IntArray, led: IntArray, *, fewest: int) -> IntArray:
    """The block of each of U units: the index of its uppermost unit, -1 without one.

    `parent` (U,): index of the unit above, -1 for a root. `leaders` and `led` (U,): of each unit's own
    people. A unit becomes the top of a block as soon as it has `fewest` of both, with all below it that is
    not in a block yet. What is left over at a root takes in the smallest block next below, until it has
    enough; if it never has, its units are in no block. Raises ValueError for no tree.
    """
    return _Blocks(parent, leaders, led, fewest).chosen()


class _Blocks:
    """`people` (2, U): leaders and led below each unit who are in no block yet; `top` (U,)."""

    def __init__(self, parent: IntArray, leaders: IntArray, led: IntArray, fewest: int) -> None:
        self.parent, self.fewest = parent, fewest
        self.order = children_first(parent)
        self.people = np.array([leaders, led], dtype=np.int64)
        self.top = np.zeros(len(parent), dtype=np.bool_)

    def chosen(self) -> IntArray:
        for unit in self.order:
            if self._enough(unit):
                self.top[unit] = True
            elif self.parent[unit] != NO_PARENT:
                self.people[:, self.parent[unit]] += self.people[:, unit]
            elif self.people[:, unit].any():
                self.top[unit] = self._takes_in(unit)
        return self._nearest_top()

    def _enough(self, unit: int) -> bool:
        return bool(self.people[:, unit].min() >= self.fewest)

    def _takes_in(self, root: int) -> bool:
        """Let a root take in the smallest blocks below it until it has enough of both; whether it has."""
        while not self._enough(root):
            above = self._nearest_top()
            below = [
                unit
                for unit in np.flatnonzero(self.top).tolist()
                if self._root_of(unit) == root and above[self.parent[unit]] == NO_BLOCK
            ]
            if not below:
                return False
            smallest = min(below, key=lambda unit: (*self.people[:, unit].tolist(), unit))
            self.people[:, root] += self.people[:, smallest]
            self.top[smallest] = False
        return True

    def _root_of(self, unit: int) -> int:
        while self.parent[unit] != NO_PARENT:
            unit = int(self.parent[unit])
        return unit

    def _nearest_top(self) -> IntArray:
        block = np.where(self.top, np.arange(len(self.parent)), NO_BLOCK)
        for unit in reversed(self.order):
            if block[unit] == NO_BLOCK and self.parent[unit] != NO_PARENT:
                block[unit] = block[self.parent[unit]]
        return block
