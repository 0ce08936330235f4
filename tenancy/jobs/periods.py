"""When periodic work is due: pure arithmetic on dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.utils import timezone


class Schedule(Protocol):
    def due(self, since: dt.date, today: dt.date) -> Iterator[str]:
        """The periods that fell due after `since` and until `today`, oldest first, as ledger keys."""
        ...


@dataclass(frozen=True, slots=True)
class Nightly:
    """Once for each calendar day, after the day has ended (UTC). Key: 2026-11-21."""

    def due(self, since: dt.date, today: dt.date) -> Iterator[str]:
        day = since
        while day < today:
            yield day.isoformat()
            day += dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quarterly:
    """Once for each calendar quarter, `after_days` after it has ended. Key: 2026Q3."""

    after_days: int = 0

    def due(self, since: dt.date, today: dt.date) -> Iterator[str]:
        quarter = quarter_of(since)
        while quarter_end(quarter) + dt.timedelta(days=self.after_days) < today:
            yield quarter
            quarter = quarter_of(quarter_end(quarter) + dt.timedelta(days=1))


def quarter_of(day: dt.date) -> str:
    """The calendar quarter of a day, as 2026Q3."""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def quarter_start(quarter: str) -> dt.date:
    """First day of a quarter such as 2026Q3. Raises ValueError for anything else."""
    year, _, number = quarter.partition("Q")
    if len(year) != 4 or number not in {"1", "2", "3", "4"}:
        raise ValueError(f"{quarter!r} is not a quarter such as 2026Q3.")
    return dt.date(int(year), 3 * int(number) - 2, 1)


def quarter_end(quarter: str) -> dt.date:
    """Last day of a quarter such as 2026Q3."""
    start = quarter_start(quarter)
    month = start.month + 3
    following = dt.date(start.year + (month > 12), (month - 1) % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def end_of(day: dt.date) -> dt.datetime:
    """The first moment after a day where people live: what happened before it happened by that day."""
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def previous_quarter(quarter: str) -> str:
    """The quarter before one: 2025Q4 before 2026Q1."""
    return quarter_of(quarter_start(quarter) - dt.timedelta(days=1))


def last_quarters(quarter: str, count: int) -> list[str]:
    """A quarter and those before it, `count` in all, newest first."""
    quarters = [quarter]
    while len(quarters) < count:
        quarters.append(previous_quarter(quarters[-1]))
    return quarters


def quarter_label(quarter: str) -> str:
    """2026Q3 as people write it: Q3 2026."""
    return f"{quarter[4:]} {quarter[:4]}"
