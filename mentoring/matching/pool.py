"""The pairs the flow chooses from: first the best of every mentee and mentor, later those that could improve.

Which pairs are here decides how often the flow is solved, never what comes out: the proof looks at all pairs.
"""

from __future__ import annotations

import numpy as np

from mentoring.matching.arrays import NO_PAIRS, BlockArray, BoolArray, IntArray
from mentoring.matching.scoring import Scores, number_of_pairs, slices_of
from mentoring.matching.worth import LOTS, Worth

BEST = 12  # pairs kept for each mentee, and for each mentor
SAMPLED_MENTORS = 400  # among so many the score of about the 12th best of all is guessed
SAMPLED_MENTEES = 1_200


class Pool:
    """Pairs (k, 2), no one twice, and their worth (k,) with stickiness."""

    def __init__(self, pairs: IntArray, units: IntArray, worth: Worth) -> None:
        self.pairs = pairs
        self.worth = worth.of_pairs(pairs, units)

    def add(self, pairs: IntArray, worth: IntArray) -> int:
        """Take up those that are new; how many that were."""
        known = number_of_pairs(*self.pairs.T)
        new = ~np.isin(number_of_pairs(*pairs.T), known, assume_unique=True)
        self.pairs = np.concatenate([self.pairs, pairs[new]])
        self.worth = np.concatenate([self.worth, worth[new]])
        return int(new.sum())


def best_pairs(scores: Scores, worth: Worth, rows: IntArray) -> tuple[IntArray, IntArray]:
    """Roughly the best 12 mentors of each mentee in `rows` and the best 12 mentees of each mentor: pairs (k,
    2) and units (k,).

    Sorting all pairs would take longer than solving the flow. So a score that about 12 pairs reach is read
    off a sample, and of the pairs that reach it the best 12 are kept. Where many reach exactly that, as when
    hardly anybody has named a tag yet, the highest lots go on.
    """
    mentors = scores.shape[1]
    step = max(1, -(-mentors // SAMPLED_MENTORS))
    for_mentors = _levels_of_mentors(scores, rows)
    found, units_found = [NO_PAIRS], [np.zeros(0, dtype=np.int64)]
    for some, units in scores.blocks(rows):
        level = _nth_best(units[:, ::step].copy(), BEST, step, axis=1)
        equal = np.count_nonzero(units == level[:, np.newaxis], axis=1)
        least_lot = LOTS * (1 - 2 * BEST / np.maximum(equal, 2 * BEST))
        for places in slices_of(np.flatnonzero((units >= level[:, np.newaxis]) | (units > for_mentors))):
            of_mentee, of_mentor = np.divmod(places, mentors)
            pairs, reached = np.column_stack([some[of_mentee], of_mentor]), units.ravel()[places]
            kept = (reached != level[of_mentee]) | (worth.lots(pairs) >= least_lot[of_mentee])
            found.append(pairs[kept])
            units_found.append(reached[kept].astype(np.int64))
    pairs, units_of_pairs = np.concatenate(found), np.concatenate(units_found)
    kept = best_of_each(pairs[:, 0], units_of_pairs) | best_of_each(pairs[:, 1], units_of_pairs)
    return pairs[kept], units_of_pairs[kept]


def best_of_each(side: IntArray, value: IntArray) -> BoolArray:
    """Which pairs are among the 12 of highest `value` (k,) of their mentee, or mentor, `side` (k,)."""
    best = np.zeros(len(side), dtype=np.bool_)
    order = np.lexsort((-value, side))
    ranked = side[order]
    best[order[np.arange(len(order)) - np.searchsorted(ranked, ranked) < BEST]] = True
    return best


def _levels_of_mentors(scores: Scores, rows: IntArray) -> BlockArray:
    """Units that about 12 mentees of each mentor reach, (n,)."""
    step = max(1, -(-len(rows) // SAMPLED_MENTEES))
    sample = rows[::step]
    for _, units in scores.blocks(sample, size=len(sample) or 1):
        return _nth_best(units, BEST, step, axis=0)
    return np.zeros(scores.shape[1], dtype=np.float32)


def _nth_best(units: BlockArray, wanted: int, step: int, axis: int) -> BlockArray:
    """What about `wanted` of all reach, by a sample of every `step`-th; not below 0: such pairs may not
    be. Puts the sample into another order."""
    length = units.shape[axis]
    if not length:
        return np.zeros(units.shape[1 - axis], dtype=np.float32)
    rank = min(length, -(-wanted // step) + (step > 1))
    units.partition(length - rank, axis=axis)
    reached: BlockArray = units.take(length - rank, axis=axis)
    return np.maximum(reached, 0)
