"""The regions of a tree of cells: people whom nothing that is told parts; and what an audit counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.disclosure import NO_PARENT
from surveys.release import CellTree

NEIGHBOURS = 4  # regions beside the attacked one whose answers HiGHS may vary too; the rest stay as they are


@dataclass
class Findings:
    """What was attacked and what came of it: figures without any answer, for the certificate."""

    regions: int = 0  # groups of people whom no published cell parts
    answers: int = 0  # of a person to a question, or a person's score
    programs: int = 0
    coarsened: int = 0
    gaps: int = 0  # units whose leaders and led are told apart
    gaps_withheld: int = 0
    narrowest: int | None = None  # answers that stayed possible for whoever had the fewest, in scale steps

    def saw(self, width: int) -> None:
        self.narrowest = width if self.narrowest is None else min(self.narrowest, width)


def nearest_marked(tree: CellTree, marked: BoolArray) -> IntArray:
    """For each cell the nearest marked one at or above it, -1 without one: in whose region its people are."""
    found = np.where(marked, np.arange(len(marked)), NO_PARENT)
    for cell in reversed(tree.order):
        if found[cell] == NO_PARENT:
            found[cell] = found[tree.parent[cell]]
    return found


def smallest_within(tree: CellTree, marked: BoolArray, n: IntArray) -> dict[int, int]:
    """For each marked cell the smallest of the marked cells next below it, if there is one."""
    above = nearest_marked(tree, marked)
    smallest: dict[int, int] = {}
    for cell in sorted(np.flatnonzero(marked).tolist(), key=lambda cell: (n[cell], cell)):
        parent = tree.parent[cell]
        if parent != NO_PARENT and above[parent] != NO_PARENT:
            smallest.setdefault(int(above[parent]), cell)
    return smallest


def gather(values: FloatArray | IntArray, place: IntArray, size: int) -> FloatArray:
    """Sums of `values` (U, ...) by region, shape (size, ...); those outside any region are left out."""
    inside = place != NO_PARENT
    found = np.zeros((size, *values.shape[1:]))
    np.add.at(found, place[inside], values[inside])
    return found


def neighbourhood(tree: CellTree, region: int, place: IntArray, sizes: IntArray | FloatArray) -> list[int]:
    """A region, that around it, and others next to it, largest first. `sizes` (U + 1,): people of each."""
    above = tree.parent[region]
    around = int(place[above]) if above != NO_PARENT else NO_PARENT
    inside = (tree.parent != NO_PARENT) & np.isin(place[tree.parent], list({region, around} - {NO_PARENT}))
    inside[around if around != NO_PARENT else region] = True
    inside[region] = False
    beside = np.flatnonzero(inside & (sizes > 0)).tolist()
    return [region, *sorted(beside, key=lambda other: -sizes[other])[:NEIGHBOURS]]
