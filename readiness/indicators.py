"""Retention and promotion velocity of a cohort, from dates to numbers that may be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from readiness.disclosure import may_show
from readiness.kpis import Median, ShareAt, median_time, shares_at, survival_curve
from surveys.arrays import BoolArray, FloatArray

DAYS_A_YEAR = 365.25
DAYS_A_MONTH = DAYS_A_YEAR / 12


class Career(NamedTuple):
    """The days that count of somebody's career; those to come may be among them."""

    entry: dt.date
    left_on: dt.date | None = None
    first_role: dt.date | None = None  # titled, from entry on
    trained_on: dt.date | None = None
    role_of_trained: dt.date | None = None  # the first titled role from then on


Careers = Mapping[Career, int]


@dataclass(frozen=True, slots=True)
class Indicators:
    """Share still employed 12, 24 and 36 months after entry; years from entry, and from completion of
    training, to the first titled role.

    Shares over fewer than five people with a known state are left out; so is a median of fewer than five.
    """

    n: int
    retention: tuple[ShareAt, ...]
    velocity: Median | None
    velocity_of_trained: Median | None = None
    known: tuple[int, ...] = ()  # whose state is known at each of the months, however few: to decide by


def indicators_of(careers: Careers, *, today: dt.date) -> Indicators:
    """The indicators of people, counted by career and followed until today."""
    n = sum(careers.values())
    if not may_show(n):
        return Indicators(n, (), None)
    people = list(careers.values())
    stayed = [(min(each.left_on or today, today) - each.entry).days for each in careers]
    left = [each.left_on is not None and each.left_on < today for each in careers]
    retention = survival_curve(*_one_by_one(stayed, left, people, DAYS_A_MONTH))
    shares = shares_at(retention)
    return Indicators(
        n,
        tuple(each for each in shares if each.share is not None and may_show(each.known)),
        _median_wait([(each.entry, each.first_role, each.left_on) for each in careers], people, today),
        _median_wait_of_trained(careers, today),
        tuple(each.known for each in shares),
    )


def _median_wait_of_trained(careers: Careers, today: dt.date) -> Median | None:
    trained = {
        each: people for each, people in careers.items() if each.trained_on and each.trained_on <= today
    }
    waits = [(each.trained_on, each.role_of_trained, each.left_on) for each in trained if each.trained_on]
    return _median_wait(waits, list(trained.values()), today)


def _median_wait(
    waits: list[tuple[dt.date, dt.date | None, dt.date | None]], people: list[int], today: dt.date
) -> Median | None:
    """Median years from a day to a titled role, for each (the day, the role, leaving)."""
    if not may_show(sum(people)):
        return None
    days = [(min(role or left or today, today) - since).days for since, role, left in waits]
    promoted = [role is not None and role <= today for _since, role, _left in waits]
    return median_time(survival_curve(*_one_by_one(days, promoted, people, DAYS_A_YEAR)))


def _one_by_one(
    days: list[int], happened: list[bool], people: list[int], unit: float
) -> tuple[FloatArray, BoolArray]:
    """Durations in months or years and whether the event came, once for each person; none is negative."""
    return np.repeat(np.maximum(days, 0) / unit, people), np.repeat(np.array(happened), people)
