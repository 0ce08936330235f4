"""Who leads, by profession: shares with their intervals, time for it, and who is developed. No queries.

Part of the staff are leaders: they hold a titled position or are somebody's immediate leader. A share has the
score interval of Wilson (1927), a mean of hours Student's interval. Hours are told of five people or more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from people.enums import Profession
from readiness.disclosure import may_show, shown_parts
from surveys.distributions import wilson_interval
from surveys.quantiles import student_quantile

PER: Final = 100  # members of staff, for hours of development


@dataclass(frozen=True, slots=True)
class Counted:
    """A profession at a quarter's end. `hours` and `squares` are sums over the `planned` leaders whose job
    plan says how many hours a week are for leading; `minutes` are of the sessions of a year."""

    profession: str
    staff: int
    holders: int
    leaders: int
    planned: int
    hours: float
    squares: float
    minutes: int
    developed: int


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, from 0 to 1, with its 95 % interval; None where the whole is empty."""

    part: int
    whole: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Mean hours a week for leading, and its 95 % interval, never below 0, where two or more are known."""

    n: int
    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ProfessionLeads:
    """What is told of one profession. `hours`: None where too few job plans say it. `hours_per_staff`: of
    coaching and mentoring, for 100 members of staff; None where that is of too few people."""

    profession: Profession
    leads: Share  # leaders of the staff
    holds: Share  # holders of the staff
    of_positions: Share  # holders of all holders
    hours: WeeklyHours | None
    hours_per_staff: float | None
    developed: int | None


def share(part: int, whole: int) -> Share:
    """Raises ValueError unless 0 <= part <= whole."""
    found = wilson_interval(np.array([part]), np.array([whole]))
    if not whole:
        return Share(part, whole, None, None, None)
    return Share(part, whole, float(found.share[0]), float(found.low[0]), float(found.high[0]))


def weekly_hours(n: int, total: float, squares: float) -> WeeklyHours:
    """Of `n` > 0 job plans with the sum of their hours and of the squares of these."""
    mean = total / n
    if n < 2:
        return WeeklyHours(n, mean, None, None)
    variance = max(squares - total * mean, 0.0) / (n - 1)
    half = float(student_quantile(n - 1, 0.975)) * math.sqrt(variance / n)
    return WeeklyHours(n, mean, max(mean - half, 0.0), mean + half)


def who_leads(counted: Sequence[Counted]) -> list[ProfessionLeads]:
    """In the order of the professions. What is left out is no small group, so that what all have together
    less what is told does not tell of it."""
    found = {each.profession: each for each in counted}
    rows = [found[profession] for profession in Profession if profession in found]
    holders = sum(row.holders for row in rows)
    hours_told = shown_parts([row.planned for row in rows])
    sessions_told = shown_parts([row.developed for row in rows])
    return [
        ProfessionLeads(
            Profession(row.profession),
            share(row.leaders, row.staff),
            share(row.holders, row.staff),
            share(row.holders, holders),
            weekly_hours(row.planned, row.hours, row.squares) if hours else None,
            row.minutes / 60 / row.staff * PER if sessions else None,
            row.developed if sessions else None,
        )
        for row, hours, sessions in zip(rows, hours_told, sessions_told, strict=True)
    ]


def together(counted: Iterable[Counted]) -> WeeklyHours | None:
    """Of all leaders whose job plan says it; None of fewer than five."""
    rows = list(counted)
    n = sum(row.planned for row in rows)
    return (
        weekly_hours(n, sum(row.hours for row in rows), sum(row.squares for row in rows))
        if may_show(n)
        else None
    )
