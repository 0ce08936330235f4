"""The next best mentors: the right ones, in order, with a true reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching.alternatives import alternatives
from mentoring.matching.matcher import match
from mentoring.matching.problem import Problem
from mentoring.matching.rules import Forbidden
from mentoring.matching.scoring import Scores
from mentoring.matching.weights import Weights
from tests.mentoring.matching.cases import best_by_scipy, problem_of, problems, worth_table

CASES = settings(max_examples=60, deadline=None)


@CASES
@given(problems(locks=True), st.integers(0, 4))
def test_they_are_the_highest_scores_beside_the_own_one(problem: Problem, wanted: int) -> None:
    found = match(problem)
    m, n = problem.shape
    rows, columns = (side.ravel() for side in np.indices((m, n)))
    plain = Scores(replace(problem, forbidden=()))
    table = plain.of_pairs(rows, columns, sticky=False).reshape(m, n)
    for mentee, some in enumerate(alternatives(found, wanted)):
        others = [
            (-table[mentee, j], problem.mentors.keys[j])
            for j in range(n)
            if j != found.mentor_of[mentee] and table[mentee, j] >= 0
        ]
        expected = sorted(others)[:wanted]
        assert [(-one.units, problem.mentors.keys[one.mentor]) for one in some] == expected


@CASES
@given(problems())
def test_making_one_costs_at_least_its_loss(problem: Problem) -> None:
    found = match(problem)
    worth = worth_table(problem)
    covered, best = best_by_scipy(problem)
    for some in alternatives(found):
        for one in some:
            if one.loss is None:
                continue
            others = [(one.mentee, j) for j in range(problem.shape[1]) if j != one.mentor]
            forced = problem.without_pairs("forced", np.array(others).reshape(-1, 2))
            with_it, _ = best_by_scipy(forced)
            if with_it == covered and worth[one.mentee, one.mentor] >= 0:
                made = match(replace(problem, locks=np.array([[one.mentee, one.mentor]])))
                loss = best - int(worth[made.pairs[:, 0], made.pairs[:, 1]].sum())
                assert len(made.pairs) < covered or loss > (one.loss - 1) * found.proof.prices.unit


def test_each_reason_is_given_where_it_holds() -> None:
    problem = problem_of(
        [[4, 0], [4, 1]],
        [[4, 0], [4, 1], [0, 1], [3, 0], [4, 0]],
        [1, 1, 1, 1, 0],
        forbidden=(Forbidden("line_manager", [(1, 3)]),),
    )
    found = match(problem)
    assert found.mentor_of.tolist() in ([0, 1], [3, 1])
    first, second = ({one.mentor: one.why for one in some} for some in alternatives(found, 4))
    assert {first[1], first[2], first[4]} == {"lower_score", "no_places"}
    assert second[3] == "line_manager"


def test_a_full_mentor_is_worth_more_to_others_and_by_how_much_is_said() -> None:
    problem = problem_of([[4, 0], [4, 3]], [[4, 0], [0, 3]], [1, 1])
    found = match(problem)
    assert found.mentor_of.tolist() == [0, 1]
    (other,) = alternatives(found)[1]
    assert (other.mentor, other.why, other.units) == (0, "full", 8200)
    assert other.loss is not None
    assert 0 < other.loss <= 10_000


def test_a_running_or_locked_pair_says_so() -> None:
    tags = [[1, 0]], [[20, 1], [20, 3]]
    running = match(problem_of(*tags, [1, 1], running=[(0, 1)]))
    locked = match(problem_of(*tags, [1, 1], locks=[(0, 1)], weights=Weights(stickiness=0)))
    assert [(one.mentor, one.why) for one in alternatives(running)[0]] == [(0, "running")]
    assert [(one.mentor, one.why, one.loss) for one in alternatives(locked)[0]] == [(0, "locked", None)]
