"""The attack against a brute-force attacker who tries every assignment of answers."""

from __future__ import annotations

from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.arrays import FloatArray, IntArray
from surveys.coding import Points
from surveys.reconstruction import (
    MeanRegions,
    Told,
    answer_range,
    means_pin,
    people_pinned,
    spreads_pin,
    widest_without_one,
    widths_witnessed,
)

LEVELS = 4


def all_counts(size: int, levels: int = LEVELS) -> list[IntArray]:
    """Every way in which so many people can answer."""
    return [
        np.bincount(answers, minlength=levels)
        for answers in combinations_with_replacement(range(levels), size)
    ]


def brute_range(sizes: list[int], told: list[Told], region: int, own: int | None) -> tuple[int, int] | None:
    possible = set()
    for counts in product(*(all_counts(size) for size in sizes)):
        sums = [float(sum(counts[place] @ figure.weights for place in figure.regions)) for figure in told]
        if all(f.low - 1e-9 <= total <= f.high + 1e-9 for f, total in zip(told, sums, strict=True)):
            left = counts[region].copy()
            if own is not None:
                left[own] -= 1
            if left.min() >= 0:
                possible |= set(np.flatnonzero(left).tolist())
    return (min(possible), max(possible)) if possible else None


@st.composite
def worlds(draw: st.DrawFn) -> tuple[IntArray, list[Told]]:
    """True counts of up to three tiny regions and figures about them: spans, totals, squares, bounds."""
    sizes = draw(st.lists(st.integers(2, 3), min_size=1, max_size=3))
    truth = np.array([draw(st.sampled_from(all_counts(size))) for size in sizes])
    weights: list[FloatArray] = [np.arange(LEVELS, dtype=float), np.arange(LEVELS, dtype=float) ** 2]
    weights += [np.array([1.0, 1, 0, 0]), np.array([0, 0, 0, 1.0]), np.array([0, 1.0, 1, 0])]
    told = []
    for _ in range(draw(st.integers(0, 4))):
        regions = draw(st.sets(st.integers(0, len(sizes) - 1), min_size=1))
        chosen = draw(st.sampled_from(weights))
        total = float(sum(truth[place] @ chosen for place in regions))
        low, high = draw(st.integers(0, 1)), draw(st.integers(0, 1))
        told.append(Told(tuple(sorted(regions)), chosen, total - low, total + high))
    return truth, told


@settings(deadline=None, max_examples=60)
@given(worlds(), st.data())
def test_ranges_are_those_of_an_attacker_who_tries_everything(
    world: tuple[IntArray, list[Told]], data: st.DataObject
) -> None:
    truth, told = world
    region = data.draw(st.integers(0, len(truth) - 1))
    own = data.draw(st.sampled_from([None, *np.flatnonzero(truth[region]).tolist()]))
    sizes = truth.sum(axis=1).tolist()
    assert answer_range(sizes, LEVELS, told, region, own=own) == brute_range(sizes, told, region, own)


@settings(deadline=None, max_examples=40)
@given(worlds(), st.integers(1, 2))
def test_true_answers_that_differ_enough_need_no_program(
    world: tuple[IntArray, list[Told]], least: int
) -> None:
    truth, told = world
    for region in np.flatnonzero(widest_without_one(truth) >= least).tolist():
        pinned, narrowest, solved = people_pinned(truth, told, region, least)
        assert not pinned
        assert narrowest >= least
        assert solved == 0


@settings(deadline=None, max_examples=60)
@given(worlds(), st.integers(1, 3))
def test_witnesses_and_programs_judge_as_an_attacker_who_tries_everything(
    world: tuple[IntArray, list[Told]], least: int
) -> None:
    truth, told = world
    sizes = truth.sum(axis=1).tolist()
    for region in range(len(truth)):
        ranges = {
            own: brute_range(sizes, told, region, own) for own in np.flatnonzero(truth[region]).tolist()
        }
        widths = {own: found[1] - found[0] for own, found in ranges.items() if found is not None}
        witnessed = widths_witnessed(truth, told, region)
        assert witnessed.keys() == widths.keys()
        assert all(width <= widths[own] for own, width in witnessed.items())
        assert people_pinned(truth, told, region, least)[0] == (min(widths.values()) < least)


def test_people_who_can_change_answers_with_neighbours_need_no_program() -> None:
    """All of a team agree, and their department's numbers are told: not who in it gave which answer."""
    truth = np.array([[0, 0, 0, 5], [2, 2, 2, 2]])
    department = [
        Told((0, 1), level, total, total) for level, total in zip(np.eye(4), (2, 2, 2, 7), strict=True)
    ]
    assert widths_witnessed(truth, department, 0) == {3: 3}
    assert people_pinned(truth, department, 0, 2) == (False, LEVELS, 0)
    team = Told((0,), np.array([0, 0, 0, 1.0]), 5, 5)
    assert widths_witnessed(truth, [*department, team], 0) == {3: 0}
    assert people_pinned(truth, [*department, team], 0, 2) == (True, 0, 2)


def test_one_person_alone_is_looked_at_from_outside() -> None:
    truth = np.array([[0, 1, 0, 0]])
    assert widths_witnessed(truth, [], 0) == {None: 3}
    assert widths_witnessed(truth, [Told((0,), np.array([1.0, 1, 0, 0]), 1, 1)], 0) == {None: 1}


def test_contradictory_figures_have_no_range() -> None:
    everybody = np.ones(LEVELS)
    assert answer_range([3], LEVELS, [Told((0,), everybody, 4, 4)], 0) is None


def test_unanimity_and_a_known_total_pin() -> None:
    values = np.arange(LEVELS, dtype=float)
    assert answer_range([3], LEVELS, [Told((0,), values, 9, 9)], 0) == (3, 3)
    assert people_pinned(np.array([[0, 0, 0, 3]]), [Told((0,), values, 9, 9)], 0, 2) == (True, 0, 2)


@pytest.mark.parametrize(
    ("counts", "widest"),
    [([2, 0, 0, 2], 3), ([1, 0, 0, 3], 0), ([1, 1, 0, 2], 2), ([0, 5, 0, 0], 0), ([1, 0, 0, 1], -1)],
)
def test_an_insider_takes_the_one_who_differs_most(counts: list[int], widest: int) -> None:
    assert widest_without_one(np.array([counts])).tolist() == [widest]


LOW, HIGH = 1, 5


def regions_of(answers: tuple[int, ...]) -> MeanRegions:
    values = np.array(answers, dtype=float)
    return MeanRegions(
        n=np.array([len(values)]),
        total=np.array([values.sum()]),
        least_total=np.array([values.sum()]),
        most_total=np.array([values.sum()]),
        squares_within=np.array([((values - values.mean()) ** 2).sum()]),
        lowest=np.array([values.min()]),
        highest=np.array([values.max()]),
    )


def others_range(answers: tuple[int, ...], *, squares: bool) -> int:
    """By trying everything: how far the answer of anybody else stays open for whoever of five knows the own
    answer, the total and, if told, the sum of squares."""
    narrowest = HIGH - LOW
    for own in set(answers):
        possible = set()
        for others in combinations_with_replacement(range(LOW, HIGH + 1), len(answers) - 1):
            everybody = (*others, own)
            same = sum(everybody) == sum(answers)
            if squares:
                same = same and sum(x * x for x in everybody) == sum(x * x for x in answers)
            if same:
                possible |= set(others)
        narrowest = min(narrowest, max(possible) - min(possible))
    return narrowest


def told_of(size: int, *, squares: bool) -> list[tuple[int, ...]]:
    """Every way in which so many people can answer of which the mean, or mean and spread, may be
    told."""
    points = Points(LOW, HIGH)
    told = []
    for answers in combinations_with_replacement(range(LOW, HIGH + 1), size):
        regions = regions_of(answers)
        pinned = means_pin(regions, points)
        if squares:
            pinned |= spreads_pin(regions, regions.squares_within, LOW, HIGH, points.least_range + 2)
        if not pinned.any():
            told.append(answers)
    return told


@pytest.mark.parametrize("answers", told_of(5, squares=False))
def test_a_mean_that_passes_pins_nobody(answers: tuple[int, ...]) -> None:
    assert others_range(answers, squares=False) >= 2


@pytest.mark.parametrize("answers", told_of(5, squares=True) + told_of(7, squares=True))
def test_a_spread_that_passes_pins_nobody(answers: tuple[int, ...]) -> None:
    assert others_range(answers, squares=True) >= 2


def test_much_passes() -> None:
    assert (len(told_of(5, squares=False)), len(told_of(7, squares=True))) == (92, 84)
