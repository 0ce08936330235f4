"""When a log is asked for."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.enums import ReminderName
from mentoring.exposure.calendar import due_reminder, first_day_to_log, is_open, reminder_days
from tenancy.jobs.periods import quarter_of, quarter_start

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2026, 9, 15), None),
        (dt.date(2026, 9, 16), ReminderName.FIRST),
        (dt.date(2026, 9, 30), ReminderName.FIRST),
        (dt.date(2026, 10, 1), ReminderName.SECOND),
        (dt.date(2026, 10, 10), ReminderName.LAST),
        (dt.date(2026, 10, 14), ReminderName.LAST),
        (dt.date(2026, 10, 15), None),
    ],
)
def test_three_reminders_and_none_after_the_days_of_grace(day: dt.date, name: ReminderName | None) -> None:
    assert due_reminder("2026Q3", day) == name


@given(DAYS)
def test_reminders_come_in_their_order_while_the_log_can_be_made(day: dt.date) -> None:
    quarter = quarter_of(day)
    days = list(reminder_days(quarter).values())
    assert days == sorted(days)
    assert all(is_open(quarter, each) for each in days)


@given(DAYS)
def test_a_day_of_the_last_four_quarters_can_be_logged(day: dt.date) -> None:
    begin = quarter_start(quarter_of(day))
    assert first_day_to_log(day) == begin.replace(year=begin.year - 1)
