"""When a quarter's exposure log is asked for: pure arithmetic on dates."""

from __future__ import annotations

import datetime as dt
from typing import Final

from mentoring.enums import ReminderName
from surveys.pulse_calendar import GRACE
from tenancy.jobs.periods import last_quarters, quarter_end, quarter_of, quarter_start

# A mentorship asks for a log of a quarter in which it ran so many days.
LEAST_DAYS: Final = 30
# How far back something that was forgotten can be logged.
QUARTERS_BACK: Final = 4
# By when a mentee should have been where a chair works, counted from the beginning in a cohort.
CHAIR_LEVEL_WITHIN: Final = dt.timedelta(days=183)


def reminder_days(quarter: str) -> dict[ReminderName, dt.date]:
    """The days of a quarter's reminders: two weeks before its end, the day after it, and four days before the
    days of grace are over."""
    end = quarter_end(quarter)
    return {
        ReminderName.FIRST: end - dt.timedelta(days=14),
        ReminderName.SECOND: end + dt.timedelta(days=1),
        ReminderName.LAST: end + GRACE - dt.timedelta(days=4),
    }


def due_reminder(quarter: str, on: dt.date) -> ReminderName | None:
    """The latest reminder whose day has come; None before the first and once the days of grace are over.
    After days on which no job ran only the latest is made up."""
    if on > quarter_end(quarter) + GRACE:
        return None
    due = [name for name, day in reminder_days(quarter).items() if day <= on]
    return due[-1] if due else None


def first_day_to_log(on: dt.date) -> dt.date:
    """The earliest day that can be logged on a day."""
    return quarter_start(last_quarters(quarter_of(on), QUARTERS_BACK + 1)[-1])


def is_open(quarter: str, on: dt.date) -> bool:
    """Whether a quarter's log can still be corrected: it runs, or is in its days of grace."""
    return quarter_start(quarter) <= on <= quarter_end(quarter) + GRACE
