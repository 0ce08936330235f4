"""When reminders fall due, for waves of any length, made longer or not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.reminder_days import FIRST, LAST, SECOND, due_reminder, reminder_days

MONDAY = dt.date(2026, 11, 2)  # day 1


def day(number: int) -> dt.date:
    return MONDAY + dt.timedelta(days=number - 1)


def test_days_four_eight_and_the_last() -> None:
    assert reminder_days(MONDAY, day(21)) == {FIRST: day(4), SECOND: day(8), LAST: day(21)}


@pytest.mark.parametrize(
    ("length", "numbers"), [(1, []), (2, [2]), (4, [4]), (5, [4, 5]), (8, [4, 8]), (9, [4, 8, 9])]
)
def test_a_short_wave_reminds_less_and_never_twice_a_day(length: int, numbers: list[int]) -> None:
    assert list(reminder_days(MONDAY, day(length)).values()) == [day(number) for number in numbers]


@pytest.mark.parametrize(
    ("number", "due"), [(1, ""), (3, ""), (4, FIRST), (7, FIRST), (8, SECOND), (20, SECOND), (21, LAST)]
)
def test_the_latest_reminder_whose_day_has_come_is_due(number: int, due: str) -> None:
    assert due_reminder(MONDAY, day(21), day(number)) == due


@given(length=st.integers(1, 60), longer=st.integers(0, 60))
def test_nobody_is_reminded_more_than_three_times_however_long_a_wave_becomes(
    length: int, longer: int
) -> None:
    """Every night asks for the reminder due; the ledger keeps each name once."""
    asked = {due_reminder(MONDAY, day(length), day(number)) for number in range(1, length + 1)}
    end = length + longer
    asked |= {due_reminder(MONDAY, day(end), day(number)) for number in range(length + 1, end + 1)}
    assert asked - {""} <= {FIRST, SECOND, LAST}
