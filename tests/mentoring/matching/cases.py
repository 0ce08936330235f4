"""Small problems for the matcher's tests, and the plain answers to compare with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from mentoring.matching.arrays import IntArray
from mentoring.matching.problem import Mentees, Mentors, Problem
from mentoring.matching.rules import Forbidden, Rule
from mentoring.matching.scoring import Scores
from mentoring.matching.weights import Weights
from mentoring.matching.worth import Worth

WEIGHTS = (
    Weights(),
    Weights(interest=1, availability=0, past_success=0, stickiness=0),
    Weights(interest=0, availability=1, past_success=0, graded_availability=True),
    Weights(interest=0.25, availability=0.25, past_success=0.5, prior_weight=0, stickiness=1),
)


def problem_of(
    mentee_tags: list[list[int]], mentor_tags: list[list[int]], capacity: list[int], **changed: Any
) -> Problem:
    """A problem whose mentors are alike but for their tags and capacity: three slots free, nobody rated."""
    n = len(mentor_tags)
    fields: dict[str, Any] = {"tier": "senior", "cycle": "2027-Q1", "weights": Weights()} | changed
    return Problem(
        mentees=Mentees([f"r{row}" for row in range(len(mentee_tags))], mentee_tags),
        mentors=Mentors([f"m{row}" for row in range(n)], mentor_tags, capacity, [3] * n, [0.0] * n, [0] * n),
        **fields,
    )


@st.composite
def problems(draw: st.DrawFn, largest: int = 7, *, locks: bool = False) -> Problem:
    """Up to `largest` people a side, few tags so that equal scores are common, rules, forbidden and running
    pairs; locks only where they can be kept."""
    seed = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    m, n, t = draw(st.integers(0, largest)), draw(st.integers(0, largest)), draw(st.integers(0, 4))
    shared = draw(st.sampled_from([0.0, 0.3, 0.9]))
    count = seed.integers(0, 4, n)
    rules = tuple(
        Rule(name, seed.integers(0, 3, m), seed.integers(0, 2, n), seed.random((3, 2)) > shared)
        for name in draw(st.sampled_from([(), ("level",), ("level", "site")]))
    )
    problem = Problem(
        tier=draw(st.sampled_from(["peer", "senior"])),
        cycle=draw(st.sampled_from(["2027-Q1", "2027-Q2"])),
        weights=draw(st.sampled_from(WEIGHTS)),
        mentees=Mentees(np.array([f"r{k}" for k in seed.permutation(m)]), seed.integers(0, 3, (m, t))),
        mentors=Mentors(
            np.array([f"m{k}" for k in seed.permutation(n)]),
            seed.integers(0, 3, (n, t)),
            capacity=seed.integers(0, 4, n),
            free_slots=seed.integers(0, 5, n),
            satisfaction_sum=count * seed.integers(1, 6, n).astype(float),
            satisfaction_count=count,
        ),
        rules=rules,
        forbidden=(
            Forbidden("declined", _some_pairs(seed, m, n)),
            Forbidden("oneself", _some_pairs(seed, m, n)),
        ),
        running=one_each(_some_pairs(seed, m, n)),
    )
    return with_locks(problem, seed) if locks else problem


def with_locks(problem: Problem, seed: np.random.Generator) -> Problem:
    """The same with some locks that can be kept."""
    left = problem.mentors.capacity.copy()
    allowed = worth_table(problem) >= 0
    locks = []
    for mentee, mentor in one_each(_some_pairs(seed, *problem.shape)).tolist():
        if allowed[mentee, mentor] and left[mentor]:
            left[mentor] -= 1
            locks.append((mentee, mentor))
    return replace(problem, locks=locks)


def worth_table(problem: Problem) -> IntArray:
    """Worth with stickiness of every pair, (m, n); -1 where a pair may not be."""
    rows, columns = all_pairs(problem)
    units = Scores(problem).of_pairs(rows, columns)
    worth = np.where(units < 0, -1, Worth(problem).of_pairs(np.column_stack([rows, columns]), units))
    return worth.reshape(problem.shape)


def all_pairs(problem: Problem) -> tuple[IntArray, IntArray]:
    """Rows of mentees and of mentors."""
    rows, columns = np.indices(problem.shape)
    return rows.ravel(), columns.ravel()


def best_by_scipy(problem: Problem) -> tuple[int, int]:
    """(covered, worth) of the best assignment, by SciPy's dense solver on duplicated places; no locks."""
    m, n = problem.shape
    worth = worth_table(problem)
    places = np.repeat(np.arange(n), np.minimum(problem.mentors.capacity, m))
    for_cover = int(worth.max(initial=0)) * (m + 1) + 1
    table = np.where(worth >= 0, worth + for_cover, 0)[:, places]
    rows, columns = linear_sum_assignment(table, maximize=True)
    values = table[rows, columns]
    covered = int((values > 0).sum())
    return covered, int(values.sum()) - covered * for_cover


def _some_pairs(seed: np.random.Generator, m: int, n: int) -> IntArray:
    taken = seed.random((m, n)) < 0.2
    return np.argwhere(taken)


def one_each(pairs: IntArray) -> IntArray:
    """The first pair of each mentee."""
    return pairs[np.unique(pairs[:, 0], return_index=True)[1]]
