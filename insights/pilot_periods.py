"""The periods of an outcome, and the side of a pilot's start on which they lie. A period is its first day.
No queries."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format

from insights.difference import AFTER, BEFORE, NEITHER
from insights.pilot_enums import Every
from tenancy.jobs.periods import quarter_label, quarter_of


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


def period_label(period: dt.date, every: Every) -> str:
    """Q3 2026, or July 2026."""
    if every == Every.QUARTER:
        return quarter_label(quarter_of(period))
    return date_format(period, "F Y")


def short_label(period: dt.date, every: Every) -> str:
    """For an axis: Q3 26, or 7/26."""
    name = f"Q{(period.month + 2) // 3} " if every == Every.QUARTER else f"{period.month}/"
    return f"{name}{period.year % 100:02d}"
