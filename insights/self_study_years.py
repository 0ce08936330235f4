"""The year that a self-study is about: a calendar year, or an academic one. No queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

YEARS: Final = 5  # that can be looked at


@dataclass(frozen=True, slots=True)
class StudyYear:
    """From its first day to its last one."""

    first: dt.date
    last: dt.date

    @property
    def label(self) -> str:
        """2026, or 2025/26 where it ends in another calendar year."""
        if self.first.year == self.last.year:
            return str(self.first.year)
        return f"{self.first.year}/{self.last.year % 100:02}"

    def day(self, on: dt.date) -> dt.date:
        """As of when it is told: its last day, or a day within it."""
        return min(on, self.last)

    def holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def study_year(begins: int, first_month: int) -> StudyYear:
    """The one that begins in a calendar year, with the first day of a month."""
    next_first = dt.date(begins + 1, first_month, 1)
    return StudyYear(dt.date(begins, first_month, 1), next_first - dt.timedelta(days=1))


def study_years(on: dt.date, first_month: int) -> list[StudyYear]:
    """The one that a day is in, and those before it."""
    newest = on.year if on.month >= first_month else on.year - 1
    return [study_year(begins, first_month) for begins in range(newest, newest - YEARS, -1)]
