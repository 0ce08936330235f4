"""The bench against every way to fill the positions, one by one."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.bench_strength import NOBODY, BenchStrength, Shortage, bench_strength

Pairs = list[tuple[int, int]]
PEOPLE = 6


def bench_of(pairs: Pairs, positions: int, people: int = PEOPLE) -> BenchStrength:
    position, person = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return bench_strength(position, person, positions=positions, people=people)


def most_filled(pairs: Pairs, positions: int, *, without: frozenset[int] = frozenset()) -> int:
    """By trying each person, and nobody, for each position."""
    if positions == 0:
        return 0
    last = positions - 1
    with_nobody = most_filled(pairs, last, without=without)
    by_somebody = [
        1 + most_filled(pairs, last, without=without | {person})
        for position, person in pairs
        if position == last and person not in without
    ]
    return max([with_nobody, *by_somebody])


@st.composite
def pools(draw: st.DrawFn) -> tuple[Pairs, int]:
    positions = draw(st.integers(1, 6))
    pair = st.tuples(st.integers(0, positions - 1), st.integers(0, PEOPLE - 1))
    return draw(st.lists(pair, unique=True, max_size=14)), positions


@given(pools())
def test_as_many_positions_are_filled_as_can_be_each_by_somebody_ready(case: tuple[Pairs, int]) -> None:
    pairs, positions = case
    bench = bench_of(pairs, positions)
    filled = [(place, int(who)) for place, who in enumerate(bench.successor) if who != NOBODY]
    assert set(filled) <= set(pairs)
    assert len({who for _, who in filled}) == len(filled)
    assert bench.distinct == most_filled(pairs, positions)


@given(pools())
def test_shortages_are_witnesses_and_account_for_every_position_that_stays_open(
    case: tuple[Pairs, int],
) -> None:
    pairs, positions = case
    bench = bench_of(pairs, positions)
    for shortage in bench.shortages:
        assert shortage.missing > 0
        assert set(shortage.people) == {who for place, who in pairs if place in shortage.positions}
    assert sum(shortage.missing for shortage in bench.shortages) == positions - bench.distinct
    among = [place for shortage in bench.shortages for place in shortage.positions]
    assert len(among) == len(set(among))


@given(pools())
def test_a_position_is_in_a_shortage_exactly_if_some_best_filling_leaves_it_open(
    case: tuple[Pairs, int],
) -> None:
    pairs, positions = case
    bench = bench_of(pairs, positions)
    among = {place for shortage in bench.shortages for place in shortage.positions}
    can_stay_open = {
        place
        for place in range(positions)
        if most_filled([pair for pair in pairs if pair[0] != place], positions) == bench.distinct
    }
    assert among == can_stay_open


@given(pools())
def test_somebody_is_needed_exactly_if_without_them_fewer_are_filled(case: tuple[Pairs, int]) -> None:
    pairs, positions = case
    bench = bench_of(pairs, positions)
    fewer = [
        most_filled(pairs, positions, without=frozenset({who})) < bench.distinct for who in range(PEOPLE)
    ]
    assert bench.is_needed.tolist() == fewer


@given(pools())
def test_nothing_but_the_shown_matching_depends_on_the_order_of_pairs(case: tuple[Pairs, int]) -> None:
    pairs, positions = case
    bench, other = bench_of(pairs, positions), bench_of(sorted(pairs, reverse=True), positions)
    assert (bench.distinct, bench.shortages) == (other.distinct, other.shortages)
    assert bench.is_needed.tolist() == other.is_needed.tolist()


def test_three_positions_that_share_two_people() -> None:
    pairs = [(place, who) for place in (0, 1, 3) for who in (2, 4)]
    bench = bench_of([*pairs, (4, 0), (4, 1)], positions=5)
    assert bench.shortages == (Shortage((0, 1, 3), (2, 4)), Shortage((2,), ()))
    assert [shortage.missing for shortage in bench.shortages] == [1, 1]
    assert (bench.distinct, bench.empty.tolist(), bench.ready.tolist()) == (3, [2], [2, 2, 0, 2, 2])
    assert bench.counted_twice.tolist() == [2, 4]
    assert bench.is_needed.tolist() == [False, False, True, False, True, False]


def test_positions_that_rest_on_one_person() -> None:
    bench = bench_of([(0, 3), (1, 3), (2, 5), (3, 3), (3, 1)], positions=4)
    assert bench.single_candidate.tolist() == [0, 1, 2]
    assert (bench.single_person.tolist(), bench.only_for.tolist()) == ([3], [0, 0, 0, 2, 0, 1])
    assert bench.shortages == (Shortage((0, 1), (3,)),)


def test_nobody_ready_for_anything() -> None:
    bench = bench_of([], positions=2, people=0)
    assert bench.shortages == (Shortage((0,), ()), Shortage((1,), ()))
    assert (bench.distinct, bench.empty.tolist()) == (0, [0, 1])
    assert bench_of([], positions=0, people=0).shortages == ()


def test_wrong_pairs_are_refused() -> None:
    for pairs, words in (
        ([(2, 0)], "no position 2 among 2"),
        ([(0, 6)], "no person 6 among 6"),
        ([(-1, 0)], "no position -1"),
        ([(0, 1), (0, 1)], "twice"),
    ):
        with pytest.raises(ValueError, match=words):
            bench_of(pairs, positions=2)
    with pytest.raises(ValueError, match="a position and a person"):
        bench_strength(np.array([0, 1]), np.array([0]), positions=2, people=2)


def test_a_witness_holds_at_the_size_of_a_large_organisation() -> None:
    random = np.random.default_rng(7)
    position = np.repeat(np.arange(242), 3)
    person = random.integers(0, 230, len(position))
    first = np.unique(position * 230 + person, return_index=True)[1]
    bench = bench_strength(position[first], person[first], positions=242, people=230)
    assert 0 < sum(shortage.missing for shortage in bench.shortages) == 242 - bench.distinct
    for one, two in combinations(bench.shortages, 2):
        assert not set(one.people) & set(two.people)
