"""The proof holds for every match, and for nothing that was changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from mentoring.matching import proof as proving
from mentoring.matching.checking import faults_of
from mentoring.matching.matcher import match
from mentoring.matching.prices import middle_prices
from mentoring.matching.problem import Problem
from mentoring.matching.proof import Prices, improving_pairs
from mentoring.matching.result import Match, Proof
from mentoring.matching.scoring import Scores
from mentoring.matching.worth import Worth
from tests.mentoring.matching.cases import problem_of, problems, worth_table

THREE = match(problem_of([[1, 0], [1, 1], [0, 1]], [[1, 0], [0, 1]], [1, 1]))


@settings(max_examples=80, deadline=None)
@given(problems(locks=True))
def test_every_match_passes_its_own_check(problem: Problem) -> None:
    assert faults_of(match(problem)) == ()
    assert faults_of(match(problem, cover_first=False)) == ()


@settings(max_examples=80, deadline=None)
@given(problems())
def test_prices_are_dual_feasible_and_tight_over_all_pairs(problem: Problem) -> None:
    found = match(problem)
    prices, (m, n) = found.proof.prices, problem.shape
    worth = worth_table(problem)
    for i, j in np.ndindex(m, n):
        if worth[i, j] >= 0 and problem.mentors.capacity[j]:
            assert prices.surplus[i] + prices.price[j] >= worth[i, j] + prices.for_cover
    for i, j in found.pairs.tolist():
        assert prices.surplus[i] + prices.price[j] == worth[i, j] + prices.for_cover
    assert (prices.surplus[found.mentor_of < 0] == 0).all()
    room = found.load < np.minimum(problem.mentors.capacity, m)
    assert (prices.price[room] == 0).all()


def tampered(**changed: object) -> Match:
    return replace(THREE, proof=replace(THREE.proof, **changed))


def priced(**changed: object) -> Match:
    return tampered(prices=replace(THREE.proof.prices, **changed))


PROOF, PRICES = THREE.proof, THREE.proof.prices


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (
            lambda: replace(THREE, mentor_of=np.array([1, -1, 0])),
            "The assignment is not worth what the proof",
        ),
        (lambda: replace(THREE, mentor_of=np.array([0, 0, 1])), "A mentor has more mentees than places."),
        (lambda: replace(THREE, units=THREE.units + 1), "A score is not what the input gives."),
        (lambda: tampered(objective=PROOF.objective + 1), "The assignment is not worth what the proof says."),
        (lambda: tampered(covered=3), "The assignment is not worth what the proof says."),
        (lambda: tampered(bound=PROOF.bound - 1), "The bound is not what the prices give."),
        (lambda: priced(price=PRICES.price + 1), "The bound is not what the prices give."),
        (lambda: priced(price=PRICES.price - 1), "A pair is worth more than its prices."),
        (lambda: priced(surplus=np.array([-1, 0, 0])), "A price is negative."),
        (lambda: priced(for_cover=1), "The prices are not in the worth of this input."),
        (
            lambda: replace(THREE, problem=replace(THREE.problem, locks=np.array([[1, 0]]))),
            "A lock is not kept.",
        ),
    ],
)
def test_whatever_is_changed_is_found(make: Callable[[], Match], fault: str) -> None:
    assert any(found.startswith(fault) for found in faults_of(make()))


def test_a_worse_assignment_leaves_a_gap() -> None:
    swapped = np.array([1, -1, 0])
    units = Scores(THREE.problem).of_pairs(np.array([0, 2]), np.array([1, 0]))
    pairs = np.array([[0, 1], [2, 0]])
    worth = int(Worth(THREE.problem).of_pairs(pairs, units).sum()) + 2 * PRICES.for_cover
    honest: Proof = replace(PROOF, objective=worth)
    claimed = replace(THREE, mentor_of=swapped, units=np.array([units[0], 0, units[1]]), proof=honest)
    assert faults_of(claimed) == ("The bound is above what the assignment is worth.",)


def test_an_assignment_that_is_not_the_best_has_no_prices() -> None:
    pairs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    with pytest.raises(ValueError, match="not optimal"):
        middle_prices(pairs, np.array([5, 1, 1, 5]), np.array([1, 1]), np.array([1, 0]))
    with pytest.raises(ValueError, match="not optimal"):
        middle_prices(pairs, np.array([5, 1, 1, 5]), np.array([1, 1]), np.array([0, -1]))


@pytest.mark.parametrize("far", [0, 10**9, 10**12])
def test_prices_however_far_apart_hide_no_pair(far: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "REACH", np.float32(2**16))
    problem = problem_of([[1, 0], [1, 1], [0, 1], [2, 1]], [[1, 0], [0, 1], [1, 1]], [1, 1, 1])
    worth = worth_table(problem)
    draw = np.random.default_rng(7)
    for _ in range(40):
        surplus = draw.integers(0, 2, 4) * far + draw.integers(0, 5 * 10**7, 4)
        price = draw.integers(0, 2, 3) * far + draw.integers(0, 5 * 10**7, 3)
        prices = Prices(surplus, price, far, Worth(problem).unit)
        found = improving_pairs(Scores(problem), Worth(problem), np.arange(4), prices)
        pairs = sorted(tuple(pair) for some, _, _ in found for pair in some.tolist())
        excess = worth + far - surplus[:, np.newaxis] - price
        assert pairs == sorted(map(tuple, np.argwhere(excess > 0).tolist()))
