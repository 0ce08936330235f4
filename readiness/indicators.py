"""Retention and promotion velocity of a cohort, from dates to what a page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from readiness.disclosure import SMALLEST_GROUP
from readiness.kpis import Median, ShareAt, median_time, shares_at, survival_curve

DAYS_A_YEAR = 365.25
DAYS_A_MONTH = DAYS_A_YEAR / 12

Career = tuple[dt.date, dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class Indicators:
    """Share still employed 12, 24 and 36 months after entry; years from entry to the first titled role.

    Shares over fewer than five people with a known state are left out; so is a median of fewer than five.
    """

    n: int
    retention: tuple[ShareAt, ...]
    velocity: Median | None


def indicators_of(careers: Sequence[Career], *, today: dt.date) -> Indicators:
    """The indicators of people given as (entry, leaving, first titled role), followed until today."""
    if len(careers) < SMALLEST_GROUP:
        return Indicators(len(careers), (), None)
    stayed = [((min(left, today) if left else today) - entry).days for entry, left, _role in careers]
    left = [left is not None and left <= today for _entry, left, _role in careers]
    retention = survival_curve(np.maximum(stayed, 0) / DAYS_A_MONTH, np.array(left))
    waited = [
        ((min(role, today) if role else min(leaving or today, today)) - entry).days
        for entry, leaving, role in careers
    ]
    promoted = [role is not None and role <= today for _entry, _left, role in careers]
    velocity = survival_curve(np.maximum(waited, 0) / DAYS_A_YEAR, np.array(promoted))
    shares = tuple(
        each for each in shares_at(retention) if each.share is not None and each.known >= SMALLEST_GROUP
    )
    return Indicators(len(careers), shares, median_time(velocity))
