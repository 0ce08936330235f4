"""Everybody without a mentor is told why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from mentoring.matching.left_out import left_out
from mentoring.matching.matcher import match
from mentoring.matching.problem import Problem
from mentoring.matching.rules import Forbidden, levels_ahead
from mentoring.matching.weights import Weights
from tests.mentoring.matching.cases import problem_of, problems, worth_table

PAIR = problem_of([[1, 0]], [[0, 1]], [1])


@pytest.mark.parametrize(
    ("problem", "cause", "kept_apart"),
    [
        (problem_of([[1]], [], []), "no_mentor", ()),
        (problem_of([[1]], [[1]], [0]), "no_places", ()),
        (replace(PAIR, forbidden=(Forbidden("declined", [(0, 0)]),)), "nobody_eligible", (("declined", 1),)),
        (replace(PAIR, rules=(levels_ahead("level", [3], [3], 1),)), "nobody_eligible", (("level", 1),)),
        (
            problem_of([[1]], [[1], [1]], [0, 1], rules=(levels_ahead("level", [2], [3, 1], 0),)),
            "eligible_without_places",
            (("level", 1),),
        ),
        (replace(PAIR, weights=Weights(floor=0.9)), "below_floor", ()),
    ],
)
def test_the_cause_is_named(problem: Problem, cause: str, kept_apart: tuple[tuple[str, int], ...]) -> None:
    (found,) = left_out(match(problem))
    assert (found.mentee, found.cause, found.kept_apart) == (0, cause, kept_apart)


def test_full_mentors_are_a_cause() -> None:
    (found,) = left_out(match(problem_of([[1, 0], [0, 1]], [[1, 0]], [1])))
    assert (found.mentee, found.cause) == (1, "all_full")


def test_nobody_is_left_out_where_all_have_somebody() -> None:
    assert left_out(match(PAIR)) == ()
    assert left_out(match(problem_of([], [[1]], [1]))) == ()


@settings(max_examples=80, deadline=None)
@given(problems(locks=True))
def test_causes_are_true(problem: Problem) -> None:
    found = match(problem)
    eligible = worth_table(problem) >= 0
    offering = problem.mentors.capacity > 0
    assert [one.mentee for one in left_out(found)] == [i for i, j in enumerate(found.mentor_of) if j < 0]
    for one in left_out(found):
        if one.cause == "all_full":
            assert eligible[one.mentee, offering].any()
            assert (found.load >= problem.mentors.capacity)[eligible[one.mentee]].all()
        elif one.cause == "eligible_without_places":
            assert eligible[one.mentee].any()
            assert not eligible[one.mentee, offering].any()
        elif one.cause == "nobody_eligible":
            assert not eligible[one.mentee].any()
