"""Cohen's kappa against published examples, and what holds of any two who code."""

from __future__ import annotations

import math
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.agreement import (
    NORMAL,
    Agreement,
    Strength,
    agreement_in,
    agreement_on,
    agreement_over,
    strength_of,
)

A, B, C = (UUID(int=number) for number in (1, 2, 3))
Table = list[list[int]]
Marks = dict[UUID, frozenset[UUID]]


def standard_error(agreement: Agreement) -> float:
    assert agreement.kappa is not None
    assert agreement.low is not None
    return (agreement.kappa - agreement.low) / NORMAL


@pytest.mark.parametrize(
    ("table", "observed", "expected", "kappa"),
    [
        # Cohen (1960), table 1: 200 patients, three diagnoses.
        ([[88, 10, 2], [14, 40, 6], [18, 10, 12]], 0.70, 0.41, 0.492),
        # Fleiss, Cohen and Everitt (1969), table 1: 200 patients, three diagnoses.
        ([[106, 10, 4], [22, 28, 10], [2, 12, 6]], 0.70, 0.475, 0.429),
        # Fleiss, Levin and Paik (2003), Statistical methods for rates and proportions, section 18.1.
        ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.89, 0.66, 0.676),
    ],
)
def test_kappa_is_that_of_published_tables(
    table: Table, observed: float, expected: float, kappa: float
) -> None:
    found = agreement_in(table)
    assert (found.observed, found.expected) == (pytest.approx(observed), pytest.approx(expected))
    assert found.kappa == pytest.approx(kappa, abs=5e-4)


def test_the_standard_error_is_that_of_fleiss_cohen_and_everitt() -> None:
    found = agreement_in([[106, 10, 4], [22, 28, 10], [2, 12, 6]])
    assert standard_error(found) ** 2 == pytest.approx(0.002885, abs=5e-7)  # their worked variance


@pytest.mark.parametrize(
    ("table", "observed", "expected"),
    [
        ([[9, 0], [0, 0]], 1.0, 1.0),  # both give the code to everything
        ([[0, 0], [0, 9]], 1.0, 1.0),  # both never
        ([[0, 0], [0, 0]], None, None),  # nothing was coded
    ],
)
def test_without_variation_kappa_is_not_defined(
    table: Table, observed: float | None, expected: float | None
) -> None:
    found = agreement_in(table)
    assert (found.observed, found.expected) == (observed, expected)
    assert (found.kappa, found.low, found.high, found.strength) == (None, None, None, None)


def test_one_coder_without_variation_gives_a_kappa_of_zero() -> None:
    assert agreement_in([[3, 0], [6, 0]]).kappa == pytest.approx(0.0)


@pytest.mark.parametrize("table", [[[1, 2]], [[1, 2], [3]], [[1, -1], [2, 3]]])
def test_what_is_no_table_of_counts_is_refused(table: Table) -> None:
    with pytest.raises(ValueError, match="square table"):
        agreement_in(table)


def test_rare_codes_are_one_sided() -> None:
    """Feinstein and Cicchetti (1990): the same observed agreement, another kappa, for all is on one side."""
    balanced, rare = agreement_in([[40, 9], [6, 45]]), agreement_in([[80, 10], [5, 5]])
    assert balanced.observed == rare.observed == 0.85
    assert (round(balanced.kappa or 0, 2), round(rare.kappa or 0, 2)) == (0.70, 0.32)
    assert not balanced.one_sided
    assert not rare.one_sided  # 0.78 by chance
    assert agreement_in([[1, 2], [1, 96]]).one_sided


@pytest.mark.parametrize(
    ("kappa", "word"),
    [
        (-0.01, Strength.POOR),
        (0.0, Strength.SLIGHT),
        (0.2, Strength.SLIGHT),
        (0.21, Strength.FAIR),
        (0.6, Strength.MODERATE),
        (0.61, Strength.SUBSTANTIAL),
        (0.81, Strength.ALMOST_PERFECT),
    ],
)
def test_words_are_those_of_landis_and_koch(kappa: float, word: Strength) -> None:
    assert strength_of(kappa) == word


def test_a_code_is_there_or_not() -> None:
    first = {A: {B}, B: {B, C}, C: set[UUID]()}
    second = {A: {B}, B: {C}, C: set[UUID]()}
    assert agreement_on(B, first, second) == agreement_in([[1, 1], [0, 1]])
    assert agreement_on(C, first, second) == agreement_in([[1, 0], [0, 2]])
    assert agreement_over([B, C], first, second).kappa == agreement_in([[2, 1], [0, 3]]).kappa


def test_both_have_to_have_coded_the_same_quotes() -> None:
    with pytest.raises(ValueError, match="same quotes"):
        agreement_on(A, {A: [A]}, {B: [A]})


def test_the_interval_over_all_codes_takes_quotes_as_a_whole() -> None:
    """One quote about which everything differs is one disagreement, however many codes it has."""
    quotes = [UUID(int=number) for number in range(20)]
    first: Marks = {quote: frozenset({A, B, C} if place % 2 else ()) for place, quote in enumerate(quotes)}
    second = first | {quotes[0]: frozenset({A, B, C}), quotes[1]: frozenset()}
    over = agreement_over([A, B, C], first, second)
    one = agreement_on(A, first, second)
    assert over.n == 3 * one.n
    assert over.kappa == pytest.approx(one.kappa)
    assert standard_error(over) > standard_error(agreement_in([[27, 3], [3, 27]]))
    assert standard_error(over) == pytest.approx(standard_error(one), rel=0.1)


TABLES = st.integers(2, 4).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 30), min_size=size, max_size=size), min_size=size, max_size=size
    )
)
MARKS = st.lists(
    st.tuples(st.frozensets(st.sampled_from([A, B, C])), st.frozensets(st.sampled_from([A, B, C]))),
    max_size=25,
)


@given(TABLES)
def test_kappa_lies_within_its_interval_and_between_minus_one_and_one(table: Table) -> None:
    found = agreement_in(table)
    if found.kappa is None:
        assert found.expected in (None, 1.0)
        return
    assert found.low is not None
    assert found.high is not None
    assert -1 <= found.low <= found.kappa + 1e-12
    assert found.kappa - 1e-12 <= found.high <= 1
    assert not math.isnan(found.low + found.high)


@given(TABLES)
def test_kappa_does_not_ask_who_is_first(table: Table) -> None:
    turned = [list(column) for column in zip(*table, strict=True)]
    one, other = agreement_in(table), agreement_in(turned)
    assert (one.kappa is None) == (other.kappa is None)
    if one.kappa is not None:
        assert other.kappa == pytest.approx(one.kappa)
        assert other.low == pytest.approx(one.low, abs=1e-9)


@given(TABLES)
def test_kappa_does_not_ask_in_which_order_categories_stand(table: Table) -> None:
    upside_down = [list(reversed(row)) for row in reversed(table)]
    one, other = agreement_in(table), agreement_in(upside_down)
    assert (one.kappa is None) == (other.kappa is None)
    if one.kappa is not None:
        assert other.kappa == pytest.approx(one.kappa)


@given(st.lists(st.integers(1, 30), min_size=2, max_size=4))
def test_who_agrees_on_everything_has_a_kappa_of_one(diagonal: list[int]) -> None:
    table = [
        [count if row == place else 0 for row in range(len(diagonal))] for place, count in enumerate(diagonal)
    ]
    found = agreement_in(table)
    assert (found.kappa, found.low, found.high) == (1.0, pytest.approx(1.0), 1.0)


@given(MARKS)
def test_all_codes_together_are_the_sum_of_the_codes(
    marks: list[tuple[frozenset[UUID], frozenset[UUID]]],
) -> None:
    quotes = [UUID(int=number) for number in range(len(marks))]
    first = {quote: own for quote, (own, _other) in zip(quotes, marks, strict=True)}
    second = {quote: other for quote, (_own, other) in zip(quotes, marks, strict=True)}
    over = agreement_over([A, B, C], first, second)
    alone = [agreement_on(code, first, second) for code in (A, B, C)]
    assert over.n == sum(one.n for one in alone) == 3 * len(marks)
    if over.observed is not None:
        assert over.observed * over.n == pytest.approx(sum((one.observed or 0) * one.n for one in alone))
    if over.low is not None:
        assert over.high is not None
        assert -1 <= over.low <= over.high <= 1
