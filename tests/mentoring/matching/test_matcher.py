"""The matcher against SciPy's dense solver, in any order, with locks, and with nothing to match."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import matcher, pool, scoring
from mentoring.matching.checking import faults_of
from mentoring.matching.matcher import match
from mentoring.matching.problem import Problem, broken_rules
from mentoring.matching.result import Match
from mentoring.matching.rules import Forbidden, Rule
from mentoring.matching.weights import Weights
from tests.mentoring.matching.cases import best_by_scipy, problem_of, problems, worth_table

ROOT = Path(__file__).resolve().parents[3]
CASES = settings(max_examples=80, deadline=None)


def worth_of(found: Match) -> int:
    rows, columns = found.pairs.T
    return int(worth_table(found.problem)[rows, columns].sum())


@CASES
@given(problems())
def test_covers_as_many_with_as_much_as_the_dense_solver_to_the_last_unit(problem: Problem) -> None:
    found = match(problem)
    assert (len(found.pairs), worth_of(found)) == best_by_scipy(problem)
    assert found.proof.gap == 0
    assert found.proof.objective == worth_of(found) + found.proof.covered * found.proof.prices.for_cover


@settings(max_examples=6, deadline=None)
@given(problems(largest=60))
def test_larger_problems_need_more_pairs_than_the_first_and_stay_exact(problem: Problem) -> None:
    found = match(problem)
    assert (len(found.pairs), worth_of(found)) == best_by_scipy(problem)


@settings(max_examples=25, deadline=None)
@given(problems(largest=30, locks=True))
def test_a_poor_pool_and_small_parts_cost_rounds_and_change_nothing(problem: Problem) -> None:
    expected = match(problem)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("BEST", "SAMPLED_MENTEES", "SAMPLED_MENTORS"):
            patch.setattr(pool, name, 2)
        patch.setattr(matcher, "MANY", 2)
        patch.setattr(scoring, "PAIRS_AT_ONCE", 5)
        found = match(problem)
    assert (found.keys, faults_of(found)) == (expected.keys, ())


@CASES
@given(problems(locks=True))
def test_no_rule_and_no_capacity_is_broken_and_locks_are_kept(problem: Problem) -> None:
    found = match(problem)
    assert (found.load <= problem.mentors.capacity).all()
    assert all(broken_rules(problem, *pair) == () for pair in found.pairs.tolist())
    locks = np.asarray(problem.locks)
    assert (found.mentor_of[locks[:, 0]] == locks[:, 1]).all()
    assert np.flatnonzero(found.locked).tolist() == locks[:, 0].tolist()


@CASES
@given(problems(locks=True))
def test_what_locks_leave_is_matched_as_if_the_locked_were_not_there(problem: Problem) -> None:
    locks = np.asarray(problem.locks)
    taken = np.array([(i, j) for i in locks[:, 0] for j in range(problem.shape[1])]).reshape(-1, 2)
    capacity = problem.mentors.capacity - np.bincount(locks[:, 1], minlength=problem.shape[1])
    rest = replace(
        problem,
        locks=(),
        forbidden=(*problem.forbidden, Forbidden("locked", taken)),
        mentors=replace(problem.mentors, capacity=capacity),
    )
    found, alone = match(problem), match(rest)
    assert (found.mentor_of[~found.locked] == alone.mentor_of[~found.locked]).all()


@CASES
@given(problems(largest=12, locks=True), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(problem: Problem, random: st.DataObject) -> None:
    m, n = problem.shape
    orders = [np.array(random.sample(range(k), k), dtype=np.int64) for k in (m, n)]
    assert match(problem.in_order(*orders)).keys == match(problem).keys


def test_a_running_pair_stays_while_it_lacks_less_than_the_stickiness() -> None:
    tags = [[1, 0]], [[20, 1], [20, 3]]
    free, sticky = (
        problem_of(*tags, [1, 1], running=[(0, 1)], weights=Weights(stickiness=bonus)) for bonus in (0, 0.05)
    )
    assert match(free).mentor_of.tolist() == [0]
    assert match(sticky).mentor_of.tolist() == [1]
    assert match(sticky).units.tolist() == [9145]  # the score itself, without the stickiness


def test_covering_more_mentees_comes_before_a_higher_total() -> None:
    both = problem_of([[1, 0], [0, 1]], [[1, 0]], [1])
    narrow = Rule("site", np.array([0, 1]), np.array([0, 1]), np.array([[True, True], [True, False]]))
    wide = replace(problem_of([[1, 0], [1, 0]], [[1, 0], [0, 1]], [1, 1]), rules=(narrow,))
    assert match(both).mentor_of.tolist() == [0, -1]
    assert match(wide).mentor_of.tolist() == [1, 0]


def test_equal_mentors_are_drawn_by_lot_and_the_lots_change_with_the_cycle() -> None:
    alike = problem_of([[1]] * 8, [[1]] * 8, [1] * 8)
    now, later = match(alike), match(replace(alike, cycle="2027-Q2"))
    assert now.keys != later.keys
    assert sorted(now.mentor_of) == sorted(later.mentor_of) == list(range(8))


@pytest.mark.parametrize(
    "problem",
    [
        problem_of([], [], []),
        problem_of([[1]], [], []),
        problem_of([], [[1]], [1]),
        problem_of([[1], [2]], [[1]], [0]),
        replace(problem_of([[1]], [[1]], [1]), forbidden=(Forbidden("oneself", [(0, 0)]),)),
    ],
    ids=["nobody", "no mentors", "no mentees", "no capacity", "nobody eligible"],
)
def test_nothing_to_match_is_an_empty_result(problem: Problem) -> None:
    found = match(problem)
    assert (found.keys, found.total, found.proof.gap) == ((), 0, 0)


def test_a_tier_where_everybody_scores_the_same_is_drawn_by_lot_and_stays_small() -> None:
    """Hardly any tags, nobody rated: every pair is as good as any other, and all of them are near the
    prices."""
    found = match(problem_of([[1]] * 600, [[1]] * 500, [1] * 500))
    assert (found.proof.covered, found.proof.gap) == (500, 0)
    assert found.proof.pairs_considered < 50 * 600


def test_people_without_tags_are_matched_by_the_rest() -> None:
    assert match(problem_of([[0], [0]], [[0]], [2])).units.tolist() == [4200, 4200]
    assert match(problem_of([[], []], [[]], [2])).units.tolist() == [4200, 4200]


def test_a_lock_that_breaks_a_rule_or_a_capacity_is_refused_in_words() -> None:
    pair = problem_of([[1], [1]], [[1]], [1])
    with pytest.raises(ValueError, match=r"The lock of r0 with m0 cannot be kept: line_manager."):
        match(replace(pair, locks=[(0, 0)], forbidden=(Forbidden("line_manager", [(0, 0)]),)))
    with pytest.raises(ValueError, match=r"The lock of r0 with m0 cannot be kept: capacity."):
        match(replace(pair, locks=[(0, 0), (1, 0)]))


def test_progress_names_the_tier_and_grows_to_one() -> None:
    told: list[tuple[str, str, float]] = []
    match(problem_of([[1]] * 3, [[1]] * 2, [1, 1]), lambda *news: told.append(news))
    assert {tier for tier, _, _ in told} == {"senior"}
    assert [share for _, _, share in told] == sorted(share for _, _, share in told)
    assert told[-1] == ("senior", "done", 1.0)


def test_progress_may_stop_the_work() -> None:
    def stop(tier: str, phase: str, share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        match(problem_of([[1]], [[1]], [1]), stop)


def test_the_solver_is_loaded_by_whoever_matches_and_nobody_else() -> None:
    program = """
import sys
from mentoring.matching.trade_offs import other_aims
assert not any(name.startswith(("ortools", "django")) for name in sys.modules), "before"
from tests.mentoring.matching.cases import problem_of
from mentoring.matching.matcher import match
match(problem_of([[1]], [[1]], [1]))
assert "ortools.graph.python.min_cost_flow" in sys.modules, "after"
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
