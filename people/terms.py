"""The arithmetic of terms: so many months or years later, when an appointment ends, and whether that is soon.
No queries."""

from __future__ import annotations

import calendar
import datetime as dt

SOON = dt.timedelta(days=365)  # a successor's slate is due twelve months before a term ends


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def years_later(day: dt.date, years: int) -> dt.date:
    """The same day of a later year; 29 February becomes the 28th, as PostgreSQL has it."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 2, 28)


def term_end(start: dt.date, end: dt.date | None, term_years: int) -> dt.date:
    """The first day after a term: the appointment's own end, otherwise the end by the position's policy."""
    return end or years_later(start, term_years)


def last_day(end: dt.date) -> dt.date:
    """Ends are stored as the first day on which something no longer holds; people name the day before."""
    return end - dt.timedelta(days=1)


def ends_soon(end: dt.date, *, on: dt.date) -> bool:
    """Whether a term ends within the next twelve months, or should have ended."""
    return end <= on + SOON
