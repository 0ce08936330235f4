"""When a quarter's confidence pulse can be answered: pure arithmetic on dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tenancy.jobs.periods import previous_quarter, quarter_end, quarter_of

GRACE = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OpenQuarter:
    """A quarter whose pulse can be answered or changed until `last_day`, which every page names."""

    quarter: str
    last_day: dt.date


def open_quarters(on: dt.date) -> list[OpenQuarter]:
    """The quarters open on a day, the oldest first: the running one, and the last in its days of grace."""
    running = quarter_of(on)
    return [
        OpenQuarter(quarter, quarter_end(quarter) + GRACE)
        for quarter in (previous_quarter(running), running)
        if on <= quarter_end(quarter) + GRACE
    ]
