"""Representation beside the workforce: cases worked by hand, and laws for any counts."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.representation import (
    Declared,
    Verdict,
    blau_index,
    chance_range,
    normalised_blau_index,
    relative_likelihood,
    representation_of,
    verdict_on,
)


@st.composite
def draws(draw: st.DrawFn) -> tuple[int, int, int]:
    """A workforce of up to 40, how many are of the group, and how many are drawn."""
    workforce = draw(st.integers(1, 40))
    return workforce, draw(st.integers(0, workforce)), draw(st.integers(0, workforce))


def chance(workforce: int, of_group: int, pool: int, number: int) -> Fraction:
    ways = math.comb(of_group, number) * math.comb(workforce - of_group, pool - number)
    return Fraction(ways, math.comb(workforce, pool))


@given(draws())
def test_each_tail_outside_the_range_is_within_its_bound_and_cannot_take_one_more(
    case: tuple[int, int, int],
) -> None:
    workforce, of_group, pool = case
    least, most = chance_range(workforce, of_group, pool)
    below = sum((chance(*case, number) for number in range(least)), Fraction())
    above = sum((chance(*case, number) for number in range(most + 1, pool + 1)), Fraction())
    bound = Fraction(25, 1000)
    assert below <= bound < below + chance(*case, least)
    assert above <= bound < above + chance(*case, most)


def test_a_range_worked_by_hand() -> None:
    # 20 of 100 are of the group, 10 drawn: P(0) = 9.5 %, P(>= 5) = 2.5 + 0.05 %, P(>= 6) = 0.39 %.
    assert chance_range(100, 20, 10) == (0, 5)
    assert chance_range(5000, 2500, 1500) == (718, 782)
    assert chance_range(10, 10, 4) == (4, 4)
    assert chance_range(10, 0, 4) == (0, 0)


@pytest.mark.parametrize("case", [(10, 11, 3), (10, 3, 11), (10, -1, 3), (10, 3, -1)])
def test_a_group_or_pool_beyond_the_workforce_is_refused(case: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="part of the workforce"):
        chance_range(*case)


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_a_confidence_is_neither_nothing_nor_certainty(confidence: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        chance_range(10, 5, 3, confidence=confidence)


@pytest.mark.parametrize(
    ("number", "least", "most", "verdict"),
    [
        (2, 3, 8, Verdict.FEWER),
        (3, 3, 8, Verdict.CONSISTENT),
        (8, 3, 8, Verdict.CONSISTENT),
        (9, 3, 8, Verdict.MORE),
        (0, 0, 5, Verdict.CANNOT_TELL),
        (5, 0, 5, Verdict.CANNOT_TELL),
        (6, 0, 5, Verdict.MORE),
    ],
)
def test_a_verdict_says_nothing_where_even_none_would_be_chance(
    number: int, least: int, most: int, verdict: Verdict
) -> None:
    assert verdict_on(number, least, most) == verdict


def test_a_pool_beside_its_workforce() -> None:
    found = representation_of(Declared((10, 30), 10), Declared((300, 300), 400))
    few, many = found.groups
    assert (few.share, few.workforce_share, few.parity, few.verdict) == (0.25, 0.5, 0.5, Verdict.FEWER)
    assert (many.share, many.parity, many.verdict) == (0.75, 1.5, Verdict.MORE)
    assert (found.not_declared_share, found.workforce_not_declared_share) == (0.2, 0.4)
    assert (found.blau, found.blau_normalised) == (0.375, 0.75)


def test_a_group_that_the_workforce_does_not_have_has_no_parity() -> None:
    found = representation_of(Declared((5, 0)), Declared((50, 0)))
    assert found.groups[1].parity is None


@pytest.mark.parametrize(
    ("pool", "workforce"),
    [
        (Declared((5, 6)), Declared((50, 5))),
        (Declared((5, 5), 3), Declared((50, 50), 2)),
        (Declared((5, 5)), Declared((9, 9, 9))),
        (Declared((0, 0), 5), Declared((50, 50), 5)),
    ],
)
def test_a_pool_that_is_no_part_of_the_workforce_or_says_nothing_is_refused(
    pool: Declared, workforce: Declared
) -> None:
    with pytest.raises(ValueError, match=r"counted|declared anything|argument"):
        representation_of(pool, workforce)


def test_counts_have_groups_and_are_not_negative() -> None:
    for groups, rest in (((), 0), ((-1, 2), 0), ((1, 2), -1)):
        with pytest.raises(ValueError, match="at least one group"):
            Declared(groups, rest)


@given(st.lists(st.integers(0, 50), min_size=2, max_size=6).filter(any))
def test_blau_is_the_chance_that_two_differ_and_highest_where_all_are_equal(groups: list[int]) -> None:
    people = sum(groups)
    differ = sum(
        one * two for place, one in enumerate(groups) for at, two in enumerate(groups) if at != place
    )
    assert blau_index(groups) == pytest.approx(differ / people**2)
    assert -1e-12 <= normalised_blau_index(groups) <= 1 + 1e-12
    assert normalised_blau_index([7] * len(groups)) == pytest.approx(1)


def test_blau_of_one_group_and_of_nobody() -> None:
    assert (blau_index([9]), normalised_blau_index([9]), normalised_blau_index([9, 0])) == (0, 0, 0)
    with pytest.raises(ValueError, match="Nobody"):
        blau_index([0, 0])


def test_relative_likelihood_is_that_of_the_reference_over_that_of_the_group() -> None:
    found = relative_likelihood((30, 100), (10, 100))
    assert found is not None
    assert found.value == pytest.approx(3)
    # Adjusted by a half: log(30.5 / 10.5) = 1.0664, standard error 0.3289.
    assert (found.low, found.high) == pytest.approx((1.5246, 5.5347), rel=1e-3)


def test_relative_likelihood_where_nobody_was_appointed() -> None:
    assert relative_likelihood((0, 20), (0, 30)) is None
    never = relative_likelihood((5, 20), (0, 20))
    always = relative_likelihood((0, 20), (5, 20))
    assert never is not None
    assert always is not None
    assert (never.value, never.high, always.value, always.low) == (math.inf, math.inf, 0, 0)
    assert never.low == pytest.approx(1 / always.high)


@pytest.mark.parametrize(("reference", "group"), [((1, 0), (1, 2)), ((3, 2), (1, 2)), ((1, 2), (-1, 2))])
def test_more_appointed_than_on_a_slate_is_refused(
    reference: tuple[int, int], group: tuple[int, int]
) -> None:
    with pytest.raises(ValueError, match="on a slate"):
        relative_likelihood(reference, group)


flows = st.integers(1, 60).flatmap(lambda slated: st.tuples(st.integers(0, slated), st.just(slated)))


@given(flows, flows)
def test_relative_likelihood_lies_within_its_interval_and_turns_over(
    reference: tuple[int, int], group: tuple[int, int]
) -> None:
    found, turned = relative_likelihood(reference, group), relative_likelihood(group, reference)
    if found is None or turned is None:
        assert found is turned
        return
    assert found.low <= found.value <= found.high
    if found.low > 0 and not math.isinf(found.high):
        assert (1 / found.high, 1 / found.low) == pytest.approx((turned.low, turned.high))
