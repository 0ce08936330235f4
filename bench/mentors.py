"""A seeded cohort for the matcher's figures: 40 tags, 3 to 6 each, capacities 1 to 5, two pairs in five
allowed."""

from __future__ import annotations

import numpy as np

from mentoring.matching.problem import Mentees, Mentors, Problem
from mentoring.matching.rules import Forbidden, levels_ahead
from mentoring.matching.weights import Weights

TAGS = 40
LEVELS = 8
DECLINED_PER_MENTEE = 1


def cohort(mentees: int, mentors: int, *, seed: int = 1, tier: str = "senior", ahead: int = 1) -> Problem:
    """A problem of one tier. Of mentees and mentors of 8 equally frequent levels, 44 % of pairs have the
    mentor above; a share of mentors does not take part in the tier."""
    draw = np.random.default_rng(seed)
    answers = np.where(draw.random(mentors) < 0.3, 0, draw.integers(1, 12, mentors))
    return Problem(
        tier=tier,
        cycle="2027-Q1",
        weights=Weights(),
        mentees=Mentees(np.array([f"mentee-{row}" for row in range(mentees)]), _tags(draw, mentees)),
        mentors=Mentors(
            np.array([f"mentor-{row}" for row in range(mentors)]),
            _tags(draw, mentors),
            capacity=draw.integers(1, 6, mentors),
            free_slots=draw.integers(0, 9, mentors),
            satisfaction_sum=np.minimum(5 * answers, np.rint(answers * draw.uniform(2.5, 5, mentors))),
            satisfaction_count=answers,
        ),
        rules=(
            levels_ahead(
                "level", draw.integers(0, LEVELS, mentees), draw.integers(0, LEVELS, mentors), ahead
            ),
        ),
        forbidden=(
            Forbidden("declined", np.column_stack([np.arange(mentees), draw.integers(0, mentors, mentees)])),
        ),
    )


def _tags(draw: np.random.Generator, people: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """3 to 6 tags each, weighed 1 to 3."""
    order = draw.random((people, TAGS)).argsort(axis=1)
    wanted = draw.integers(3, 7, people)
    return np.where(order < wanted[:, np.newaxis], draw.integers(1, 4, (people, TAGS)), 0)
