"""What mentoring is worth: months, hours, FTE, points."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.credit import (
    AS_MEANT,
    AS_PRINTED,
    NOTHING,
    Worth,
    credit_for,
    full_months,
    months_in_year,
    written,
)
from mentoring.figures.credit import presets
from people.terms import months_later

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))
WORTHS = st.builds(Worth, st.decimals(0, 20, places=3), st.integers(500, 4000), st.integers(0, 1000))
FAR = dt.date(2100, 1, 1)


@pytest.mark.parametrize(
    ("start", "end", "year", "months"),
    [
        (dt.date(2026, 1, 1), None, 2026, 12),
        (dt.date(2026, 1, 1), dt.date(2026, 12, 31), 2026, 12),
        (dt.date(2026, 1, 5), None, 2026, 11),
        (dt.date(2026, 1, 5), None, 2027, 12),
        (dt.date(2025, 7, 15), dt.date(2026, 7, 14), 2025, 5),
        (dt.date(2025, 7, 15), dt.date(2026, 7, 14), 2026, 7),
        (dt.date(2026, 1, 31), dt.date(2026, 2, 27), 2026, 1),
        (dt.date(2026, 3, 1), dt.date(2026, 3, 30), 2026, 0),
        (dt.date(2027, 1, 1), None, 2026, 0),
        (dt.date(2024, 1, 1), dt.date(2025, 6, 30), 2026, 0),
    ],
)
def test_a_month_counts_in_the_year_in_which_it_is_complete(
    start: dt.date, end: dt.date | None, year: int, months: int
) -> None:
    assert months_in_year(start, end, year, until=FAR) == months


def test_a_running_year_counts_what_is_complete_by_now() -> None:
    assert months_in_year(dt.date(2026, 1, 1), None, 2026, until=dt.date(2026, 11, 22)) == 10


@given(DAYS, st.integers(0, 3000))
def test_the_months_of_all_years_are_the_full_months_it_ran(start: dt.date, days: int) -> None:
    end = start + dt.timedelta(days=days)
    by_year = [months_in_year(start, end, year, until=FAR) for year in range(start.year, end.year + 2)]
    assert sum(by_year) == full_months(start, end + dt.timedelta(days=1))
    assert all(0 <= months <= 12 for months in by_year)


@given(DAYS, st.integers(0, 400))
def test_full_months_are_the_most_that_fit(start: dt.date, months: int) -> None:
    end = months_later(start, months)
    assert full_months(start, end) == months
    if months:
        assert full_months(start, end - dt.timedelta(days=1)) == months - 1


@given(st.lists(st.integers(0, 12), max_size=20), WORTHS)
def test_credit_adds_up_exactly_and_never_falls(months: list[int], worth: Worth) -> None:
    total = NOTHING
    for each in months:
        added = total + credit_for(each, worth)
        assert added.hours >= total.hours >= 0
        total = added
    assert total == credit_for(sum(months), worth)
    assert total.hours == total.percent_fte / 100 * worth.full_time_hours


def test_the_presets_say_the_hours_that_they_mean() -> None:
    assert [(each.percent, each.hours) for each in presets(2080)] == [("0.05", "1.04"), ("5", "104")]
    assert [(each.percent, each.hours) for each in presets(1950)] == [("0.05", "0.98"), ("5", "97.5")]
    assert AS_MEANT == 100 * AS_PRINTED


def test_twelve_months_are_worth_a_year_and_six_half() -> None:
    worth = Worth(Decimal(5), 2080, 10)
    assert credit_for(12, worth).hours == 104
    half = credit_for(6, worth)
    assert (half.hours, half.percent_fte, half.points) == (52, Fraction(5, 2), 5)


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (Fraction(104), 2, "104"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(25, 1000), 2, "0.03"),
        (Fraction(1, 240), 4, "0.0042"),
        (Fraction(2080), 2, "2,080"),
        (Fraction(0), 2, "0"),
    ],
)
def test_sums_are_written_with_halves_up_and_no_needless_zeros(
    value: Fraction, places: int, words: str
) -> None:
    assert written(value, places) == words
