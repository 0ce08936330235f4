"""Checking a match against its problem, without the solver: whoever has an export can do it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mentoring.matching.lots import LOTS, Lots
from mentoring.matching.pool import worth_of
from mentoring.matching.proof import improving_pairs
from mentoring.matching.result import Match
from mentoring.matching.scoring import UNITS, Scores


def faults_of(match: Match) -> tuple[str, ...]:
    """What is wrong with a match or its proof, in words; nothing if it is the best assignment there is.

    Looks at all pairs once, in blocks.
    """
    return (*_faults_of_pairs(match), *_faults_of_proof(match))


def _faults_of_pairs(match: Match) -> Iterator[str]:
    problem, pairs = match.problem, match.pairs
    units = Scores(problem.without_floor()).of_pairs(*pairs.T, sticky=False)
    if (units < 0).any():
        yield "A pair may not be."
    if (match.load > problem.mentors.capacity).any():
        yield "A mentor has more mentees than places."
    if (match.mentor_of[problem.locks[:, 0]] != problem.locks[:, 1]).any():
        yield "A lock is not kept."
    if (units != match.units[pairs[:, 0]]).any():
        yield "A score is not what the input gives."


def _faults_of_proof(match: Match) -> Iterator[str]:
    problem, proof, prices = match.problem, match.proof, match.proof.prices
    scores, lots = Scores(problem), Lots(problem)
    locked = np.isin(np.arange(problem.shape[0]), problem.locks[:, 0])
    free = np.flatnonzero(~locked)
    left = problem.mentors.capacity - np.bincount(problem.locks[:, 1], minlength=problem.shape[1])
    pairs = match.pairs[~locked[match.pairs[:, 0]]]
    worth = worth_of(scores.of_pairs(*pairs.T), lots.of_pairs(*pairs.T)) + prices.for_cover
    if proof.cover_first and prices.for_cover < 3 * UNITS * LOTS * len(free):
        yield "Covering a mentee does not outweigh everything else."
    if (prices.surplus < 0).any() or (prices.price < 0).any():
        yield "A price is negative."
    if int(worth.sum()) != proof.objective or len(pairs) != proof.covered:
        yield "The assignment is not worth what the proof says."
    if prices.bound(free, np.minimum(left, len(free))) != proof.bound:
        yield "The bound is not what the prices give."
    if proof.gap:
        yield "The bound is above what the assignment is worth."
    if any((excess > 0).any() for _, _, excess in improving_pairs(scores, lots, free, prices)):
        yield "A pair is worth more than its prices."
