"""Scores by hand, in blocks and by pairs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from mentoring.matching.problem import Mentors, Problem, broken_rules
from mentoring.matching.scoring import NEVER, Scores, satisfaction, slots_count
from mentoring.matching.weights import Weights
from tests.mentoring.matching.cases import all_pairs, problem_of, problems

CASES = settings(max_examples=80, deadline=None)


@CASES
@given(problems())
def test_blocks_and_single_pairs_agree_in_every_unit(problem: Problem) -> None:
    scores, (m, n) = Scores(problem), problem.shape
    blocks = [units.copy() for _, units in scores.blocks(np.arange(m)[::-1], size=2)]
    by_block = np.concatenate([np.zeros((0, n), dtype=np.float32), *blocks])[::-1]
    assert by_block.ravel().tolist() == scores.of_pairs(*all_pairs(problem)).tolist()


@CASES
@given(problems())
def test_a_pair_has_no_score_exactly_where_a_rule_or_a_list_keeps_it_apart(problem: Problem) -> None:
    rows, columns = all_pairs(problem)
    units = Scores(problem).of_pairs(rows, columns)
    apart = [bool(broken_rules(problem, i, j)) for i, j in zip(rows.tolist(), columns.tolist(), strict=True)]
    assert (units == NEVER).tolist() == apart


def test_more_than_two_free_slots_count_and_one_or_two_half_if_graded() -> None:
    slots = np.arange(5)
    assert slots_count(slots, Weights()).tolist() == [0, 0, 0, 1, 1]
    assert slots_count(slots, Weights(graded_availability=True)).tolist() == [0, 0.5, 0.5, 1, 1]


def test_satisfaction_is_shrunk_to_the_mean_and_new_mentors_get_the_mean() -> None:
    mentors = Mentors(["a", "b", "c"], [[1]] * 3, [1] * 3, [3] * 3, [25.0, 2.0, 0.0], [5, 1, 0])
    mean = 27 / 6
    expected = [(25 + 5 * mean) / 10, (2 + 5 * mean) / 6, mean]
    problem = replace(problem_of([[1]], [[1]] * 3, [1] * 3), mentors=mentors)
    assert satisfaction(problem).tolist() == pytest.approx(expected)


def test_satisfaction_is_the_middle_where_nobody_has_been_rated() -> None:
    assert satisfaction(problem_of([[1]], [[1]], [1])).tolist() == [3.0]
    assert satisfaction(problem_of([[1]], [[1]], [1], weights=Weights(prior_weight=0))).tolist() == [3.0]


def test_large_tag_weights_stay_exact() -> None:
    problem = problem_of([[1000, 1]], [[1000, 2], [1000, 1]], [1, 1], weights=Weights(1, 0, 0))
    units = Scores(problem).of_pairs(np.array([0, 0]), np.array([0, 1]))
    assert units.tolist() == [10_000, 10_000]


def test_a_floor_rules_out_lower_scores() -> None:
    problem = problem_of([[1, 0]], [[1, 0], [0, 1]], [1, 1], weights=Weights(floor=0.5))
    assert Scores(problem).of_pairs(np.array([0, 0]), np.array([0, 1])).tolist() == [9200, int(NEVER)]
