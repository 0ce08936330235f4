"""Input that cannot be is refused in words; rules sort people into classes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mentoring.matching.problem import (
    MOST_PEOPLE,
    LockConflict,
    Mentees,
    Mentors,
    broken_rules,
    lock_conflicts,
)
from mentoring.matching.rules import Forbidden, Rule, levels_ahead
from mentoring.matching.scoring import UNITS
from mentoring.matching.weights import Weights
from mentoring.matching.worth import LOTS
from tests.mentoring.matching.cases import problem_of

PAIR = problem_of([[1, 2]], [[2, 1]], [1])


def mentors(**changed: Any) -> Mentors:
    fields: dict[str, Any] = {
        "keys": ["m0"],
        "tags": [[1]],
        "capacity": [1],
        "free_slots": [3],
        "satisfaction_sum": [4.0],
        "satisfaction_count": [1],
    }
    return Mentors(**fields | changed)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Weights(interest=0.6), "Interest, availability and past success must sum to 1, not 1.1."),
        (lambda: Weights(-0.5, 0.5, 1), "interest must be a number between 0 and 1, not -0.5."),
        (lambda: Weights(float("nan")), "interest must be a number between 0 and 1, not nan."),
        (lambda: Weights(stickiness=2), "stickiness must be a number between 0 and 1, not 2."),
        (lambda: Weights(prior_weight=-1), "prior_weight must be a number of at least 0, not -1."),
        (lambda: Weights(unrated_mean=0), "unrated_mean must be a number between 1 and 5, not 0."),
        (lambda: mentors(keys=["a", "a"]), "Keys of mentors must be distinct; 'a' comes twice."),
        (lambda: mentors(keys=[""]), "Keys of mentors must not be empty."),
        (lambda: mentors(tags=[1]), "Tags of mentors must have the shape (1, any), not (1,)."),
        (lambda: mentors(tags=[[0.5]]), "Tags of mentors must be whole numbers."),
        (lambda: mentors(tags=[[float("nan")]]), "Tags of mentors must be whole numbers."),
        (lambda: mentors(tags=[[-1]]), "Tags of mentors must not be below 0; found -1."),
        (lambda: mentors(capacity=[1, 2]), "Capacity of mentors must have the shape (1), not (2,)."),
        (lambda: mentors(capacity=[-1]), "Capacity of mentors must not be below 0; found -1."),
        (lambda: mentors(capacity=[10**9]), "Capacity of mentors must be below 100000."),
        (
            lambda: mentors(satisfaction_sum=[float("inf")]),
            "Satisfaction sum of mentors must be finite and not",
        ),
        (
            lambda: mentors(satisfaction_sum=[6.0]),
            "Satisfaction of mentors: answers are from 1 to 5; a sum does",
        ),
        (
            lambda: mentors(satisfaction_sum=[0.5]),
            "Satisfaction of mentors: answers are from 1 to 5; a sum does",
        ),
        (lambda: problem_of([[1]], [[1, 2]], [1]), "Mentees have 1 tags and mentors 2: not one taxonomy."),
        (
            lambda: problem_of([[2000]], [[1]], [1]),
            "Tag weights are too large: the sum of their squares must be",
        ),
        (lambda: replace(PAIR, locks=[(0, 1)]), "Locks name a row that does not exist."),
        (lambda: replace(PAIR, running=[(0,)]), "Running must have the shape (any, 2), not (1, 1)."),
        (
            lambda: replace(PAIR, forbidden=(Forbidden("declined", [(1, 0)]),)),
            "Forbidden pairs (declined) name a row that does not exist.",
        ),
        (
            lambda: problem_of([[1]], [[1], [1]], [1, 1], running=[(0, 0), (0, 1)]),
            "Running name a mentee twice.",
        ),
        (
            lambda: replace(PAIR, rules=(levels_ahead("level", [1, 2], [3], 1),)),
            "Rule level must have a class for each mentee and each mentor.",
        ),
        (
            lambda: Rule("site", np.array([2]), np.array([0]), np.ones((2, 1))),
            "Rule site: mentee_class 2 is not in the table.",
        ),
        (
            lambda: Rule("site", np.array([0]), np.array([0]), np.ones(1)),
            "Rule site: what is allowed must be",
        ),
        (
            lambda: replace(PAIR, rules=(levels_ahead("level", [1], [3], 1),) * 15),
            "No more than 14 rules.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


def test_prices_of_the_largest_cohort_fit_64_bits() -> None:
    unit = LOTS * (MOST_PEOPLE + 1)
    for_cover = 6 * UNITS * unit * (MOST_PEOPLE + 1)
    assert 3 * for_cover + 3 * UNITS * unit < 2**63


def test_arrays_are_copies_that_nobody_changes() -> None:
    tags = np.array([[1, 2]])
    mentees = Mentees(["r0"], tags)
    tags[0, 0] = 9
    assert mentees.tags.tolist() == [[1, 2]]
    with pytest.raises(ValueError, match="read-only"):
        mentees.tags[0, 0] = 9


def test_a_peer_is_so_many_levels_ahead() -> None:
    rule = levels_ahead("level", [1, 2, 3], [1, 2, 3], 1)
    table = rule.allowed[np.ix_(rule.mentee_class, rule.mentor_class)]
    assert table.tolist() == [[False, True, True], [False, False, True], [False, False, False]]


def test_conflicts_of_locks_are_listed_with_every_reason() -> None:
    problem = problem_of(
        [[1], [1], [1]],
        [[1], [1]],
        [1, 0],
        locks=[(0, 0), (1, 0), (2, 1)],
        rules=(levels_ahead("level", [5, 1, 1], [5, 5], 1),),
        forbidden=(Forbidden("declined", [(0, 0)]),),
    )
    assert broken_rules(problem, 0, 0) == ("level", "declined")
    assert lock_conflicts(problem) == (
        LockConflict(0, 0, ("level", "declined", "capacity")),
        LockConflict(1, 0, ("capacity",)),
        LockConflict(2, 1, ("capacity",)),
    )
