import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenancy.jobs.periods import (
    Nightly,
    Quarterly,
    previous_quarter,
    quarter_end,
    quarter_label,
    quarter_of,
    quarter_start,
)

DAYS = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 12, 31))


def test_nightly_makes_up_every_night_of_a_downtime() -> None:
    assert list(Nightly().due(dt.date(2026, 2, 27), dt.date(2026, 3, 2))) == [
        "2026-02-27",
        "2026-02-28",
        "2026-03-01",
    ]


def test_quarterly_is_due_when_its_grace_is_over() -> None:
    schedule = Quarterly(after_days=14)
    assert list(schedule.due(dt.date(2026, 7, 3), dt.date(2026, 10, 14))) == []
    assert list(schedule.due(dt.date(2026, 7, 3), dt.date(2026, 10, 15))) == ["2026Q3"]


def test_quarterly_makes_up_a_missed_quarter() -> None:
    assert list(Quarterly().due(dt.date(2025, 12, 31), dt.date(2026, 7, 1))) == ["2025Q4", "2026Q1", "2026Q2"]


@given(DAYS)
def test_a_day_lies_in_its_quarter(day: dt.date) -> None:
    quarter = quarter_of(day)
    assert quarter_start(quarter) <= day <= quarter_end(quarter)
    assert quarter_of(quarter_end(quarter)) == quarter
    assert quarter_of(quarter_end(quarter) + dt.timedelta(days=1)) != quarter


@given(DAYS)
def test_the_quarter_before_ends_where_a_quarter_begins(day: dt.date) -> None:
    quarter = quarter_of(day)
    assert quarter_end(previous_quarter(quarter)) + dt.timedelta(days=1) == quarter_start(quarter)


def test_a_quarter_is_written_as_people_write_it() -> None:
    assert quarter_label("2025Q4") == "Q4 2025"


@pytest.mark.parametrize("text", ["", "2026", "2026Q5", "26Q1", "2026q1", "Q1"])
def test_anything_else_is_not_a_quarter(text: str) -> None:
    with pytest.raises(ValueError, match="is not a quarter"):
        quarter_start(text)
