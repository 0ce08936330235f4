"""What a matching gives: the mentor of each mentee, and the figures of its proof. Loads no solver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import BoolArray, IntArray
from mentoring.matching.problem import Problem
from mentoring.matching.proof import Prices


@dataclass(frozen=True, eq=False)
class Proof:
    """Why no other assignment of the mentees who are not locked is better.

    `cover_first`: whether covering one more came before any score. `rounds`: how often the flow was solved.
    `pairs_considered`: pairs it chose from in the end. `pairs_added`: pairs that the pass over all pairs
    added after each round but the last; in the last it found none. `covered`: mentees with a mentor, locked
    ones aside. `objective`: what the assignment is worth (`worth.py`), and `bound`: what no assignment
    exceeds; neither need fit 64 bits. `prices`: the witness; 0 for locked mentees.
    """

    cover_first: bool
    rounds: int
    pairs_considered: int
    pairs_added: tuple[int, ...]
    covered: int
    objective: int
    bound: int
    prices: Prices

    @property
    def gap(self) -> int:
        """0: the assignment is the best there is."""
        return self.bound - self.objective


@dataclass(frozen=True, eq=False)
class Match:
    """The assignment of one tier.

    `mentor_of` (m,): row of the mentor of each mentee, -1 for none. `units` (m,): score of the pair in units
    of 1/10,000, without stickiness; 0 for none. `locked` (m,): held fast by a lock.
    """

    problem: Problem
    mentor_of: IntArray
    units: IntArray
    locked: BoolArray
    proof: Proof

    @property
    def pairs(self) -> IntArray:
        """(k, 2): rows of mentee and mentor, in the order of the mentees."""
        covered = np.flatnonzero(self.mentor_of >= 0)
        return np.column_stack([covered, self.mentor_of[covered]])

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Keys of the pairs, sorted: the same for the same input in whatever order."""
        mentees, mentors = self.problem.mentees.keys, self.problem.mentors.keys
        return tuple(sorted((str(mentees[i]), str(mentors[j])) for i, j in self.pairs.tolist()))

    @property
    def load(self) -> IntArray:
        """Mentees of each mentor, (n,)."""
        return np.bincount(self.pairs[:, 1], minlength=self.problem.shape[1])

    @property
    def total(self) -> int:
        """Sum of the scores of all pairs, in units of 1/10,000."""
        return int(self.units.sum())
