"""Which cells tell of the same people as the cell of another leader below them. Pure.

A division with one team says what the team's own report says; its leader must not read it before the team's.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import numpy as np

from surveys.arrays import BoolArray, IntArray

Told = tuple[BoolArray, IntArray]


def same_as_below(parent: Sequence[int], leaders: Sequence[UUID | None], told: Sequence[Told]) -> BoolArray:
    """Units, shape (U,), with a unit below that somebody else led and of which some figure is told of as many
    people, so of the same: a unit contains those below it.

    `parent`: index of the unit above, -1 for a root. `leaders`: of each unit when the wave closed. `told`:
    for the index and each scale whether a unit's is told (U,), and of how many people (U,).
    """
    same = np.zeros(len(parent), dtype=np.bool_)
    for place, leader in enumerate(leaders):
        if leader is None:
            continue  # nobody there who would read it first
        above = parent[place]
        while above >= 0:
            if leaders[above] != leader and any(
                published[place] and published[above] and n[place] == n[above] for published, n in told
            ):
                same[above] = True
            above = parent[above]
    return same
