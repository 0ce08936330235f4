"""When a survey of the calendar opens: pure arithmetic on dates.

On the first Monday of its month: on a working day, with days 4 and 8, on which people are reminded, being
working days, too.
"""

from __future__ import annotations

import datetime as dt

from surveys.enums import Rhythm


def opening_days(rhythm: str, month: int, year: int) -> list[dt.date]:
    """The days of a year on which a survey opens. `month`: of the year, or 1 to 3 of each quarter."""
    months = [month] if rhythm == Rhythm.YEARLY else range(month, 13, 3)
    return [first_monday(year, one) for one in months]


def next_opening(rhythm: str, month: int, *, after: dt.date) -> dt.date:
    """The first opening day later than a day."""
    days = opening_days(rhythm, month, after.year) + opening_days(rhythm, month, after.year + 1)
    return next(day for day in days if day > after)


def first_monday(year: int, month: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=-first.weekday() % 7)
