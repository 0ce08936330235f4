"""What is told of ratings, and that nobody's own can be worked out of it."""

from __future__ import annotations

from itertools import combinations_with_replacement
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.satisfaction import RaterSums, ratings_told, spread_of, sums_of, told_of
from surveys.coding import Bound

RATINGS = st.lists(st.integers(1, 5), min_size=1, max_size=40)


def sums(*ratings: int) -> RaterSums:
    return sums_of({UUID(int=place): [rating] for place, rating in enumerate(ratings)})


def test_a_mean_is_of_five_people_at_least() -> None:
    assert told_of(sums(3, 3, 4, 4), spread=1.0) is None
    told = told_of(sums(3, 3, 4, 4, 2), spread=1.0)
    assert told is not None
    assert (told.people, told.mean, told.bound) == (5, 3.2, Bound.EXACT)
    assert told.low is not None
    assert round(told.low, 2) == 1.96  # 3.2 less 2.776 / sqrt(5)
    assert told.share is None  # two of five, three not: both are few


def test_a_mean_near_an_end_is_a_bound() -> None:
    high, low = told_of(sums(5, 5, 5, 5, 5), spread=1.0), told_of(sums(1, 1, 1, 1, 1), spread=1.0)
    assert high is not None
    assert low is not None
    assert (high.mean, high.bound, high.low) == (4.5, Bound.OR_MORE, None)
    assert (low.mean, low.bound, low.high) == (1.5, Bound.OR_FEWER, None)


@given(RATINGS, st.floats(0.0, 2.0))
def test_an_interval_holds_its_mean_and_stays_on_the_scale(ratings: list[int], spread: float) -> None:
    told = told_of(sums(*ratings), spread=spread)
    assert (told is None) == (len(ratings) < 5)
    if told is not None and told.low is not None and told.high is not None:
        assert 1 <= told.low <= told.mean <= told.high <= 5


@pytest.mark.parametrize("people", [5, 6, 9, 10, 11])
def test_what_is_told_leaves_two_steps_open_for_everybody(people: int) -> None:
    """Every group of ratings: whoever knows the figures, but no rating, cannot pin anybody."""
    possible: dict[object, set[int]] = {}
    for ratings in combinations_with_replacement(range(1, 6), people):
        told = told_of(sums(*ratings), spread=1.0)
        assert told is not None
        possible.setdefault((round(told.mean, 6), told.bound, told.share), set()).update(ratings)
    assert min(max(alike) - min(alike) for alike in possible.values()) >= 2


def test_people_count_once_however_often_they_rate() -> None:
    assert sums_of({UUID(int=1): [5, 3], UUID(int=2): [2], UUID(int=3): []}) == RaterSums(2, 6.0, 20.0, 1)


def test_the_spread_is_everybodys_once_a_hundred_have_rated() -> None:
    """In tenths, rounded up: the exact one is 2.01."""
    assert spread_of(sums(*[1, 5] * 49)) == 1.0
    assert spread_of(sums(*[1, 5] * 50)) == 2.1
    assert spread_of(sums(*[3] * 100)) == 0.0


def test_what_a_quarter_adds_to_the_spread_leaves_its_ratings_open() -> None:
    """Whoever knows what the five gave together would know each from the exact spreads before and after."""
    before = [2, 4] * 40 + [3] * 40
    fives = [five for five in combinations_with_replacement(range(1, 6), 5) if sum(five) == 18]
    assert len(fives) == 9
    assert {spread_of(sums(*before, *five)) for five in fives} == {spread_of(sums(*before))} == {0.9}


@given(st.lists(st.dictionaries(st.uuids(), RATINGS, max_size=7), max_size=6))
def test_a_mentors_mean_changes_by_five_people_at_a_time(quarters: list[dict[UUID, list[int]]]) -> None:
    before: dict[UUID, list[int]] = {}
    for count in range(len(quarters) + 1):
        told = ratings_told(quarters[:count])
        changed = {rater for rater, given in told.items() if before.get(rater) != given}
        assert not changed or len(changed) >= 5
        before = told
