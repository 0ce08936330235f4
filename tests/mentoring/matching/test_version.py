"""The record of a run: one hash for one input, in whatever order it comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching.problem import Problem
from mentoring.matching.rules import Forbidden, levels_ahead
from mentoring.matching.version import code_version, input_hash
from mentoring.matching.weights import Weights
from tests.mentoring.matching.cases import problem_of, problems

BASE = problem_of(
    [[1, 0], [0, 1]],
    [[1, 0], [0, 1]],
    [1, 2],
    rules=(levels_ahead("level", [1, 2], [3, 4], 1),),
    forbidden=(Forbidden("declined", [(0, 0)]),),
)


@settings(max_examples=60, deadline=None)
@given(problems(locks=True), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_change_the_hash(problem: Problem, random: st.DataObject) -> None:
    orders = [np.array(random.sample(range(k), k), dtype=np.int64) for k in problem.shape]
    assert input_hash([problem.in_order(*orders)]) == input_hash([problem])


def test_classes_that_mean_the_same_do_not_change_the_hash() -> None:
    rule = BASE.rules[0]
    turned = replace(
        rule,
        mentee_class=1 - rule.mentee_class,
        mentor_class=1 - rule.mentor_class,
        allowed=rule.allowed[::-1, ::-1],
    )
    assert input_hash([replace(BASE, rules=(turned,))]) == input_hash([BASE])


@pytest.mark.parametrize(
    "change",
    [
        lambda: replace(BASE, tier="peer"),
        lambda: replace(BASE, cycle="2027-Q2"),
        lambda: replace(BASE, weights=Weights(stickiness=0.06)),
        lambda: replace(BASE, mentees=replace(BASE.mentees, keys=["r0", "r9"])),
        lambda: replace(BASE, mentees=replace(BASE.mentees, tags=[[1, 0], [0, 2]])),
        lambda: replace(BASE, mentors=replace(BASE.mentors, capacity=[1, 1])),
        lambda: replace(BASE, mentors=replace(BASE.mentors, free_slots=[3, 4])),
        lambda: replace(
            BASE, mentors=replace(BASE.mentors, satisfaction_sum=[0, 4], satisfaction_count=[0, 1])
        ),
        lambda: replace(BASE, rules=()),
        lambda: replace(BASE, rules=(levels_ahead("level", [1, 2], [3, 4], 2),)),
        lambda: replace(BASE, forbidden=()),
        lambda: replace(BASE, forbidden=(Forbidden("excluded", [(0, 0)]),)),
        lambda: replace(BASE, locks=[(1, 1)]),
        lambda: replace(BASE, running=[(1, 1)]),
    ],
)
def test_everything_that_counts_is_in_the_hash(change: Callable[[], Problem]) -> None:
    assert input_hash([change()]) != input_hash([BASE])


def test_tiers_are_told_apart_by_their_order() -> None:
    peer = replace(BASE, tier="peer")
    assert input_hash([BASE, peer]) != input_hash([peer, BASE])


def test_hash_and_version_fit_their_columns() -> None:
    assert len(input_hash([BASE])) == 64
    assert code_version().startswith("1, ortools 9.")
    assert len(code_version()) <= 32
