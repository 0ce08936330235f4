"""Checking a match against its problem, without the solver: whoever has an export can do it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mentoring.matching.proof import improving_pairs
from mentoring.matching.result import Match
from mentoring.matching.scoring import Scores
from mentoring.matching.worth import Worth


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
    scores, worth = Scores(problem), Worth(problem)
    locked = np.isin(np.arange(problem.shape[0]), problem.locks[:, 0])
    free = np.flatnonzero(~locked)
    left = problem.mentors.capacity - np.bincount(problem.locks[:, 1], minlength=problem.shape[1])
    pairs = match.pairs[~locked[match.pairs[:, 0]]]
    total = sum(worth.of_pairs(pairs, scores.of_pairs(*pairs.T)).tolist()) + len(pairs) * prices.for_cover
    if prices.unit != worth.unit or prices.for_cover != (worth.for_cover if proof.cover_first else 0):
        yield "The prices are not in the worth of this input."
    if (prices.surplus < 0).any() or (prices.price < 0).any():
        yield "A price is negative."
    if total != proof.objective or len(pairs) != proof.covered:
        yield "The assignment is not worth what the proof says."
    if prices.bound(free, np.minimum(left, len(free))) != proof.bound:
        yield "The bound is not what the prices give."
    if proof.gap:
        yield "The bound is above what the assignment is worth."
    if any((excess > 0).any() for _, _, excess in improving_pairs(scores, worth, free, prices)):
        yield "A pair is worth more than its prices."
