"""Keeping how exposed the positions are, once a month."""

from __future__ import annotations

import datetime as dt

from succession.exposure import SEVERE, count_flags, flags_of
from succession.models import ExposureMonth
from succession.queries.covers import covers


def keep_month(*, on: dt.date) -> int:
    """The first night of a month that finds nothing kept keeps it. How many."""
    month = on.replace(day=1)
    if ExposureMonth.objects.filter(month=month).exists():
        return 0
    ExposureMonth.objects.create(**figures_on(on))
    return 1


def figures_on(on: dt.date) -> dict[str, object]:
    """What a row of a day's month says."""
    flags = [flags_of(each, on=on) for each in covers(on=on)]
    return {
        "month": on.replace(day=1),
        "positions": len(flags),
        "exposed": sum(not SEVERE.isdisjoint(each) for each in flags),
        "counts": {flag.value: count for flag, count in count_flags(flags).items()},
    }
