"""The periods of an outcome, and the side of a pilot's start on which they lie. A period is its first day.
No queries."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from django.utils.formats import date_format

from insights.difference import AFTER, BEFORE, NEITHER
from insights.pilot_enums import Every
from tenancy.jobs.periods import quarter_label, quarter_of

YEARS_BACK: Final = 6
QUARTER: Final = re.compile(r"(2\d{3})-?\s?Q([1-4])", re.IGNORECASE)
MONTH: Final = re.compile(r"2\d{3}-\d{2}")


def period_of(day: dt.date, every: Every) -> dt.date:
    """The period in which a day lies."""
    return day.replace(month=(day.month - 1) // every.months * every.months + 1, day=1)


def step(period: dt.date, every: Every, count: int = 1) -> dt.date:
    """`count` periods later, or earlier."""
    months = period.year * 12 + period.month - 1 + count * every.months
    return dt.date(months // 12, months % 12 + 1, 1)


def periods_between(first: dt.date, last: dt.date, every: Every) -> list[dt.date]:
    """Both ends included."""
    found = [first]
    while found[-1] < last:
        found.append(step(found[-1], every))
    return found


def phase_of(period: dt.date, every: Every, starts_on: dt.date, ends_on: dt.date | None) -> int:
    """Before: over when the pilot begins. After: wholly within the pilot. A period in which it begins or ends
    is neither, nor is a later one."""
    following = step(period, every)
    if following <= starts_on:
        return BEFORE
    within = period >= starts_on and (ends_on is None or following - dt.timedelta(days=1) <= ends_on)
    return AFTER if within else NEITHER


def open_periods(every: Every, today: dt.date) -> list[dt.date]:
    """Those that values are entered for, the newest first."""
    newest = period_of(today, every)
    return [step(newest, every, -back) for back in range(YEARS_BACK * 12 // every.months)]


def period_named(written: str, every: Every) -> dt.date | None:
    """2026-Q3 for a quarter, 2026-07 for a month, or the first day of either; None for other words."""
    if (quarter := QUARTER.fullmatch(written)) and every == Every.QUARTER:
        return dt.date(int(quarter[1]), int(quarter[2]) * 3 - 2, 1)
    whole = f"{written}-01" if MONTH.fullmatch(written) and every == Every.MONTH else written
    try:
        day = dt.date.fromisoformat(whole)
    except ValueError:
        return None
    return day if day == period_of(day, every) else None


def written_period(period: dt.date, every: Every) -> str:
    """As `period_named` reads it."""
    if every == Every.QUARTER:
        return f"{period.year}-Q{(period.month + 2) // 3}"
    return f"{period:%Y-%m}"


def period_label(period: dt.date, every: Every) -> str:
    """Q3 2026, or July 2026."""
    if every == Every.QUARTER:
        return quarter_label(quarter_of(period))
    return date_format(period, "F Y")


def short_label(period: dt.date, every: Every) -> str:
    """For an axis: Q3 26, or 7/26."""
    name = f"Q{(period.month + 2) // 3} " if every == Every.QUARTER else f"{period.month}/"
    return f"{name}{period.year % 100:02d}"
