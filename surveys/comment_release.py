"""Where comments may be read: one level above the unit they are about, of ten respondents or more, who are of
two units at least. Pure.

The comments of the units below one unit are read there together, so that nobody knows which team one came
from. Where fewer than ten people of those units answered, or of one of them alone, or where the unit's own
result is withheld, they go up with everything else of the next level. Groups are disjoint, so no two of them
part a smaller one.
"""

from __future__ import annotations

import numpy as np

from surveys.arrays import BoolArray, IntArray
from surveys.disclosure import NO_PARENT, children_first

COMMENTS_FROM = 10
FEWEST_UNITS = 2  # of one alone everybody would know which
COMMENTS_FLOOR = 8  # no organisation may go lower
NOWHERE = -1


def place_comments(
    parent: IntArray, respondents: IntArray, published: BoolArray, *, fewest: int = COMMENTS_FROM
) -> IntArray:
    """Where the comments of each unit's own people are read, shape (U,): a unit's index, or -1 for nowhere.

    `respondents` (U,): people of the unit itself who answered. `published` (U,): units with a result. The
    people of a root, who have nothing above them, are read with those below it. Raises ValueError for fewer
    than 8.
    """
    if fewest < COMMENTS_FLOOR:
        raise ValueError(f"Comments need at least {COMMENTS_FLOOR} respondents.")
    order = children_first(parent)
    # For each unit the place where its own comments have come to, and how many answered whose comments came
    # to a unit. Children first, so a unit's group is complete when its turn comes.
    above = np.where(parent == NO_PARENT, np.arange(len(parent)), parent)
    waiting: dict[int, list[int]] = {}
    for unit in range(len(parent)):
        waiting.setdefault(int(above[unit]), []).append(unit)
    place = np.full(len(parent), NOWHERE, dtype=np.int64)
    for unit in order:
        group = waiting.pop(unit, [])
        answered = respondents[group]
        if published[unit] and answered.sum() >= fewest and (answered > 0).sum() >= FEWEST_UNITS:
            place[group] = unit
        elif parent[unit] != NO_PARENT:
            waiting.setdefault(int(parent[unit]), []).extend(group)
    return place
