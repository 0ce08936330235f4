"""What the scores of pairs are made of: the arithmetic that a page shows beside each score."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mentoring.matching.arrays import NO_PAIRS, FloatArray, IntArray
from mentoring.matching.problem import Problem
from mentoring.matching.scoring import Scores, satisfaction


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """The arithmetic of one pair. `score` = `interest` + `availability` + `past_success`, in units of
    1/10,000.

    `cosine`: similarity of the tags, 0 to 1. `free_slots`: a number. `satisfaction`: shrunk, 1 to 5.
    """

    score: int
    interest: int
    availability: int
    past_success: int
    cosine: float
    free_slots: int
    satisfaction: float


def score_parts(problem: Problem, mentees: IntArray, mentors: IntArray) -> list[ScoreParts]:
    """The parts of the pairs (mentees[k], mentors[k]), whether or not they may be; without stickiness."""
    alone = replace(problem.without_floor(), rules=(), forbidden=(), running=NO_PAIRS)
    scores = Scores(alone)
    total = scores.of_pairs(mentees, mentors)
    availability, past_success = scores.availability[mentors], scores.past_success[mentors]
    columns = (
        total,
        total - availability - past_success,
        availability,
        past_success,
        _cosines(problem, mentees, mentors).round(4),
        problem.mentors.free_slots[mentors],
        satisfaction(problem)[mentors].round(2),
    )
    return [ScoreParts(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def _cosines(problem: Problem, mentees: IntArray, mentors: IntArray) -> FloatArray:
    """Similarity of the tags of pairs, (k,), 0 to 1; 0 where one of them has none."""
    left, right = problem.mentees.tags[mentees], problem.mentors.tags[mentors]
    lengths = np.sqrt(((left**2).sum(axis=1) * (right**2).sum(axis=1)).astype(np.float64))
    products = np.einsum("kt,kt->k", left, right).astype(np.float64)
    similar: FloatArray = np.divide(products, lengths, out=np.zeros(len(products)), where=lengths > 0)
    return similar
