"""What may be told of themes."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.theme_release import share_change, shuffled, told_themes

K = 5
T1, T2, T3 = (UUID(int=number) for number in (1001, 1002, 1003))


def quotes(*numbers: int) -> frozenset[UUID]:
    return frozenset(UUID(int=number) for number in numbers)


def test_a_theme_of_five_is_told_and_one_of_four_is_not() -> None:
    told = told_themes({T1: quotes(1, 2, 3, 4, 5), T2: quotes(6, 7, 8, 9)}, fewest=K)
    assert dict(told.named) == {T1: quotes(1, 2, 3, 4, 5)}
    assert told.others == frozenset()


def test_small_themes_are_told_together_without_their_names() -> None:
    told = told_themes({T1: quotes(1, 2, 3), T2: quotes(4, 5), T3: quotes(*range(10, 20))}, fewest=K)
    assert list(told.named) == [T3]
    assert told.others == quotes(1, 2, 3, 4, 5)


def test_a_quote_shown_under_a_name_hides_nobody_among_the_others() -> None:
    told = told_themes({T1: quotes(1, 2, 3, 4), T2: quotes(*range(4, 14))}, fewest=K)
    assert told.others == frozenset()


def test_the_theme_with_most_quotes_comes_first() -> None:
    told = told_themes({T1: quotes(*range(5)), T2: quotes(*range(9))}, fewest=K)
    assert list(told.named) == [T2, T1]


WRITTEN = st.dictionaries(
    st.sampled_from([UUID(int=2000 + number) for number in range(6)]),
    st.frozensets(st.sampled_from([UUID(int=number) for number in range(15)])),
)


@given(WRITTEN, st.integers(5, 8))
def test_nothing_is_told_of_fewer(written: dict[UUID, frozenset[UUID]], fewest: int) -> None:
    told = told_themes(written, fewest=fewest)
    groups = [*told.named.values(), *([told.others] if told.others else [])]
    assert all(len(group) >= fewest for group in groups)
    assert all(told.named[theme] == written[theme] for theme in told.named)
    assert all(told.others.isdisjoint(group) for group in told.named.values())


@given(st.frozensets(st.uuids()), st.uuids())
def test_a_shuffle_keeps_every_quote_and_asks_nothing_but_the_seed(
    found: frozenset[UUID], seed: UUID
) -> None:
    once = shuffled(sorted(found), seed=seed)
    assert frozenset(once) == found
    assert once == shuffled(sorted(found, reverse=True), seed=seed)


def test_another_theme_has_another_order() -> None:
    found = quotes(*range(20))
    assert shuffled(found, seed=T1) != shuffled(found, seed=T2)
    assert shuffled(found, seed=T1) != sorted(found)


@pytest.mark.parametrize(
    ("after", "before", "interval"),
    [
        # Newcombe (1998), table II, method 10.
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(
    after: tuple[int, int], before: tuple[int, int], interval: tuple[float, float]
) -> None:
    found = share_change(before, after)
    assert found.change == pytest.approx(after[0] / after[1] - before[0] / before[1])
    assert (found.low, found.high) == (
        pytest.approx(interval[0], abs=1e-4),
        pytest.approx(interval[1], abs=1e-4),
    )
    assert found.is_clear


def test_no_change_is_not_clear() -> None:
    assert not share_change((10, 30), (10, 30)).is_clear


def test_a_share_is_of_somebody() -> None:
    with pytest.raises(ValueError, match="somebody"):
        share_change((0, 0), (5, 10))
