"""Figures of an assignment, blocking pairs and the price of other aims, against plain counts."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings

from mentoring.matching.arrays import IntArray
from mentoring.matching.comparison import blocking_pairs, measures
from mentoring.matching.matcher import match
from mentoring.matching.problem import Problem
from mentoring.matching.scoring import Scores
from mentoring.matching.stability import stable_assignment
from mentoring.matching.trade_offs import fairest_match, other_aims, with_floor
from tests.mentoring.matching.cases import problem_of, problems, worth_table

CASES = settings(max_examples=60, deadline=None)


def units_table(problem: Problem) -> IntArray:
    rows, columns = (side.ravel() for side in np.indices(problem.shape))
    return Scores(problem).of_pairs(rows, columns, sticky=False).reshape(problem.shape)


def blocking_by_hand(problem: Problem, mentor_of: IntArray) -> int:
    units, capacity = units_table(problem), problem.mentors.capacity
    count = 0
    for i, j in np.ndindex(problem.shape):
        own = units[i, mentor_of[i]] if mentor_of[i] >= 0 else -1
        theirs = [units[k, j] for k in np.flatnonzero(mentor_of == j)]
        takes = capacity[j] > len(theirs) or (theirs and units[i, j] > min(theirs))
        count += bool(units[i, j] >= 0 and units[i, j] > own and takes)
    return count


@CASES
@given(problems(locks=True))
def test_blocking_pairs_are_those_counted_one_by_one(problem: Problem) -> None:
    for assignment in (match(problem).mentor_of, np.full(problem.shape[0], -1)):
        assert blocking_pairs(problem, assignment) == blocking_by_hand(problem, assignment)


@CASES
@given(problems(largest=9))
def test_deferred_acceptance_is_stable_and_in_any_order_the_same(problem: Problem) -> None:
    stable = stable_assignment(problem)
    assert blocking_by_hand(problem, stable) == 0
    load = np.bincount(stable[stable >= 0], minlength=problem.shape[1])
    assert (load <= problem.mentors.capacity).all()
    turned = problem.in_order(np.arange(problem.shape[0])[::-1], np.arange(problem.shape[1])[::-1])
    again = stable_assignment(turned)[::-1]
    assert np.where(again >= 0, problem.shape[1] - 1 - again, -1).tolist() == stable.tolist()


@settings(max_examples=25, deadline=None)
@given(problems(largest=4))
def test_other_aims_cost_what_trying_every_assignment_says(problem: Problem) -> None:
    worth, units = worth_table(problem), units_table(problem)
    m, n = problem.shape
    most, totals, fair = 0, [0], []
    for choice in product(range(-1, n), repeat=m):
        pairs = [(i, j) for i, j in enumerate(choice) if j >= 0]
        load = np.bincount([j for _, j in pairs], minlength=n)
        if (load > problem.mentors.capacity).any() or any(worth[pair] < 0 for pair in pairs):
            continue
        totals.append(sum(int(worth[pair]) for pair in pairs))
        fair.append((len(pairs), min((int(units[pair]) for pair in pairs), default=0)))
        most = max(most, len(pairs))
    found = match(problem)
    freely = match(problem, cover_first=False)
    assert freely.proof.objective == max(totals)
    assert found.proof.covered == most
    fairest = fairest_match(found)
    assert measures(problem, fairest.mentor_of).worst == max(worst for count, worst in fair if count == most)


def test_measures_tell_what_became_of_running_pairs() -> None:
    problem = problem_of([[1, 0], [0, 1], [1, 1]], [[1, 0], [0, 1]], [1, 1], running=[(0, 0), (1, 0), (2, 1)])
    told = measures(problem, np.array([0, 1, -1]))
    assert (told.mentees, told.covered, told.places, told.full, told.most_load) == (3, 2, 2, 2, 1)
    assert (told.total, told.mean, told.worst) == (18_400, 9200.0, 9200)
    assert (told.running, told.continuable, told.kept, told.changed, told.ended, told.new) == (
        3,
        3,
        1,
        1,
        1,
        1,
    )
    assert told.blocking == 0


def test_measures_of_nothing_are_zero() -> None:
    told = measures(problem_of([], [], []), np.zeros(0, dtype=np.int64))
    assert (told.mentees, told.covered, told.mean, told.worst, told.blocking) == (0, 0, 0.0, 0, 0)


def test_other_aims_stand_beside_the_match() -> None:
    """The one mentee who fits both is worth more to the first; stability gives the place to the highest
    score."""
    problem = problem_of([[1, 0], [3, 1], [0, 1]], [[1, 0], [3, 1]], [1, 1])
    told = other_aims(match(problem))
    assert told["stable"].blocking == 0
    assert {aim: figures.covered for aim, figures in told.items()} == dict.fromkeys(told, 2)
    assert told["highest_total"].total >= told["fairest"].total


def test_locked_pairs_are_not_measured_by_the_floor() -> None:
    problem = problem_of([[1, 0], [0, 1]], [[0, 1]], [2], locks=[(0, 0)])
    found = match(with_floor(problem, 0.9))
    assert found.mentor_of.tolist() == [0, 0]
    assert found.units.tolist() == [4200, 9200]
    assert measures(found.problem, found.mentor_of).worst == 4200
