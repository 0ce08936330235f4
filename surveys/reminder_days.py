"""On which days of a wave its reminders fall: pure arithmetic on dates."""

from __future__ import annotations

import datetime as dt

FIRST, SECOND, LAST = "first", "second", "last"
DAYS = {FIRST: 4, SECOND: 8}  # the day a wave opens is its day 1


def reminder_days(opens_on: dt.date, closes_on: dt.date) -> dict[str, dt.date]:
    """The days of a wave's reminders by their name: day 4, day 8 and the last, of a short wave fewer."""
    days = {name: opens_on + dt.timedelta(days=number - 1) for name, number in DAYS.items()}
    found = {name: day for name, day in days.items() if day < closes_on}
    return found | ({LAST: closes_on} if closes_on > opens_on else {})


def due_reminder(opens_on: dt.date, closes_on: dt.date, on: dt.date) -> str:
    """The latest reminder whose day has come; "" before the first. After days on which no job ran only the
    latest is made up, and a wave made longer does not remind on its last day a second time."""
    due = [name for name, day in reminder_days(opens_on, closes_on).items() if day <= on]
    return due[-1] if due else ""
