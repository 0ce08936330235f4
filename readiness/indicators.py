"""Retention and promotion velocity of a cohort, from dates to what a page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from readiness.disclosure import SMALLEST_GROUP
from readiness.kpis import Median, ShareAt, median_time, shares_at, survival_curve
from surveys.arrays import BoolArray, FloatArray

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


def indicators_of(careers: Mapping[Career, int], *, today: dt.date) -> Indicators:
    """The indicators of people, counted by (entry, leaving, first titled role) and followed until today."""
    people = list(careers.values())
    n = sum(people)
    if n < SMALLEST_GROUP:
        return Indicators(n, (), None)
    stayed = [((min(left, today) if left else today) - entry).days for entry, left, _role in careers]
    left = [left is not None and left < today for _entry, left, _role in careers]
    retention = survival_curve(*_one_by_one(stayed, left, people, DAYS_A_MONTH))
    waited = [
        ((min(role, today) if role else min(leaving or today, today)) - entry).days
        for entry, leaving, role in careers
    ]
    promoted = [role is not None and role <= today for _entry, _left, role in careers]
    velocity = survival_curve(*_one_by_one(waited, promoted, people, DAYS_A_YEAR))
    shares = tuple(
        each for each in shares_at(retention) if each.share is not None and each.known >= SMALLEST_GROUP
    )
    return Indicators(n, shares, median_time(velocity))


def _one_by_one(
    days: list[int], happened: list[bool], people: list[int], unit: float
) -> tuple[FloatArray, BoolArray]:
    """Durations in months or years and whether the event came, once for each person; none is negative."""
    return np.repeat(np.maximum(days, 0) / unit, people), np.repeat(np.array(happened), people)
