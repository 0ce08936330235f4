"""Counting the half-hours in which a mentor can be met: pure arithmetic on times."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

SLOT: Final = dt.timedelta(minutes=30)
HORIZON: Final = dt.timedelta(weeks=8)
# A period of real time, half-open, both ends aware.
Period = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """A time of every week by the clock on the wall. Monday is 0."""

    weekday: int
    starts: dt.time
    ends: dt.time


def too_short(hours: Hours) -> bool:
    """Whether no half-hour fits, as when the end comes before the beginning."""
    day = dt.date.min
    return dt.datetime.combine(day, hours.ends) - dt.datetime.combine(day, hours.starts) < SLOT


def overlap(one: Hours, other: Hours) -> bool:
    return one.weekday == other.weekday and one.starts < other.ends and other.starts < one.ends


def free_half_hours(
    hours: Iterable[Hours], busy: Iterable[Period], *, zone: dt.tzinfo, now: dt.datetime
) -> int:
    """How many half-hours of the weekly hours begin in the eight weeks from `now` and touch no busy period.

    Half-hours are counted from the beginning of the hours. On the night when clocks go forward the hour that
    is left out has none; on the night when they go back the hour that comes twice has them twice.
    """
    starts = sorted(_slots(merged_hours(hours), zone, now))
    taken = merged(busy)
    begins = [begin for begin, _end in taken]
    free = 0
    for start in starts:
        place = bisect.bisect_left(begins, start + SLOT)  # periods that begin before the half-hour ends
        free += place == 0 or taken[place - 1][1] <= start
    return free


def _slots(hours: Sequence[Hours], zone: dt.tzinfo, now: dt.datetime) -> Iterator[dt.datetime]:
    """The beginnings, in UTC."""
    first = now.astimezone(zone).date() - dt.timedelta(days=1)
    for number in range(HORIZON.days + 3):
        day = first + dt.timedelta(days=number)
        for each in hours:
            if each.weekday != day.weekday():
                continue
            wall, end = dt.datetime.combine(day, each.starts), dt.datetime.combine(day, each.ends)
            while wall + SLOT <= end:
                for start in _moments(wall, zone):
                    if now <= start < now + HORIZON:
                        yield start
                wall += SLOT


@lru_cache(maxsize=1 << 14)  # at night thousands of mentors are counted, most of them in one zone
def _moments(wall: dt.datetime, zone: dt.tzinfo) -> tuple[dt.datetime, ...]:
    """When the clock shows this: once, twice in autumn, never for what spring leaves out."""
    moments = {wall.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1)}
    return tuple(moment for moment in moments if moment.astimezone(zone).replace(tzinfo=None) == wall)


def merged_hours(hours: Iterable[Hours]) -> list[Hours]:
    """The same times without overlaps: touching ones become one, in the order of the week."""
    found: list[Hours] = []
    for each in sorted(hours):
        last = found[-1] if found else None
        if last is not None and last.weekday == each.weekday and each.starts <= last.ends:
            found[-1] = Hours(last.weekday, last.starts, max(last.ends, each.ends))
        else:
            found.append(each)
    return found


def merged(periods: Iterable[Period]) -> list[Period]:
    """The same time without overlaps, in order; periods without length are left out."""
    found: list[Period] = []
    for begin, end in sorted(period for period in periods if period[0] < period[1]):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found
