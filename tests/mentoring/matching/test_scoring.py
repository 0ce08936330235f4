"""Scores by hand, in blocks and by pairs, and the parts a page adds up."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from mentoring.matching.problem import Mentors, Problem, broken_rules
from mentoring.matching.scoring import (
    NEVER,
    Scores,
    above_bar,
    satisfaction,
    score_parts,
    slots_count,
)
from mentoring.matching.weights import Weights
from tests.mentoring.matching.cases import problem_of, problems

CASES = settings(max_examples=80, deadline=None)


def all_pairs(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = np.indices(problem.shape)
    return rows.ravel(), columns.ravel()


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


@CASES
@given(problems())
def test_scores_follow_the_formula_and_their_parts_add_up(problem: Problem) -> None:
    weights = problem.weights
    plain = Scores(replace(problem, rules=(), forbidden=()))
    for i, j in np.ndindex(problem.shape):
        parts = score_parts(problem, i, j)
        tags, expertise = (problem.mentees.tags[i].astype(float), problem.mentors.tags[j].astype(float))
        lengths = math.hypot(*tags) * math.hypot(*expertise)
        cosine = float(tags @ expertise) / lengths if lengths else 0.0
        assert parts.interest == pytest.approx(10_000 * weights.interest * cosine, abs=0.51)
        assert parts.availability == round(10_000 * weights.availability * parts.slots_count)
        assert parts.past_success == pytest.approx(
            2_000 * weights.past_success * parts.satisfaction, abs=0.51
        )
        assert parts.interest + parts.availability + parts.past_success == parts.total
        assert plain.of_pairs(np.array([i]), np.array([j]), sticky=False).tolist() == [parts.total]


def test_the_playbooks_example_scores_what_it_says() -> None:
    """Same interests, four free slots, rated 4: 0.5 + 0.3 + 0.2 x 0.8."""
    problem = replace(
        problem_of([[2, 1]], [[2, 1]], [1], weights=Weights(prior_weight=0)),
        mentors=Mentors(["m0"], [[2, 1]], [1], [4], [8.0], [2]),
    )
    parts = score_parts(problem, 0, 0)
    assert (parts.interest, parts.availability, parts.past_success, parts.total) == (5000, 3000, 1600, 9600)


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


def test_only_a_score_strictly_above_the_bar_is_told_at_once() -> None:
    assert above_bar(np.array([7999, 8000, 8001]), Weights()).tolist() == [False, False, True]


def test_large_tag_weights_stay_exact() -> None:
    problem = problem_of([[1000, 1]], [[1000, 2], [1000, 1]], [1, 1], weights=Weights(1, 0, 0))
    units = Scores(problem).of_pairs(np.array([0, 0]), np.array([0, 1]))
    assert units.tolist() == [10_000, 10_000]


def test_a_floor_rules_out_lower_scores() -> None:
    problem = problem_of([[1, 0]], [[1, 0], [0, 1]], [1, 1], weights=Weights(floor=0.5))
    assert Scores(problem).of_pairs(np.array([0, 0]), np.array([0, 1])).tolist() == [9200, int(NEVER)]
