"""The parts of a score, which a page adds up."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from mentoring.matching.parts import score_parts
from mentoring.matching.problem import Mentors, Problem
from mentoring.matching.scoring import Scores, slots_count
from mentoring.matching.weights import Weights
from tests.mentoring.matching.cases import all_pairs, problem_of, problems


@settings(max_examples=80, deadline=None)
@given(problems())
def test_scores_follow_the_formula_and_their_parts_add_up(problem: Problem) -> None:
    weights, (rows, columns) = problem.weights, all_pairs(problem)
    alone = Scores(replace(problem, rules=(), forbidden=()))
    found = score_parts(problem, rows, columns)
    assert [parts.score for parts in found] == alone.of_pairs(rows, columns, sticky=False).tolist()
    for i, j, parts in zip(rows, columns, found, strict=True):
        tags, expertise = problem.mentees.tags[i].astype(float), problem.mentors.tags[j].astype(float)
        lengths = math.hypot(*tags) * math.hypot(*expertise)
        cosine = float(tags @ expertise) / lengths if lengths else 0.0
        slots = float(slots_count(problem.mentors.free_slots, weights)[j])
        assert parts.cosine == pytest.approx(cosine, abs=0.000_051)
        assert parts.interest == pytest.approx(10_000 * weights.interest * cosine, abs=0.51)
        assert parts.availability == round(10_000 * weights.availability * slots)
        # Half a unit of rounding, and what rounding satisfaction to two digits adds to it.
        assert parts.past_success == pytest.approx(
            2_000 * weights.past_success * parts.satisfaction, abs=10.51
        )
        assert parts.interest + parts.availability + parts.past_success == parts.score


def test_the_playbooks_example_scores_what_it_says() -> None:
    """Same interests, four free slots, rated 4: 0.5 + 0.3 + 0.2 x 0.8."""
    problem = replace(
        problem_of([[2, 1]], [[2, 1]], [1], weights=Weights(prior_weight=0)),
        mentors=Mentors(["m0"], [[2, 1]], [1], [4], [8.0], [2]),
    )
    [parts] = score_parts(problem, np.array([0]), np.array([0]))
    assert (parts.interest, parts.availability, parts.past_success, parts.score) == (5000, 3000, 1600, 9600)
