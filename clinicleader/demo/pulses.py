"""Confidence pulses of the past two years: confidence begins where it will and grows with experience."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from clinicleader.demo.staff import Person
from surveys.enums import Dimension
from surveys.models import ConfidencePulse
from tenancy.copy import copy_rows
from tenancy.jobs.periods import last_quarters, quarter_end, quarter_of, quarter_start

QUARTERS = 8
ANSWERING = 0.86
ANSWERING_ALREADY = 0.35  # in the quarter under way
# The tour's emerging leaders have answered so far, and this quarter's pulse still waits for them.
FAITHFUL = {"resident", "fellow"}
ITEMS = 2  # of each dimension


def past_quarters(today: dt.date, count: int = QUARTERS) -> list[str]:
    """The last quarters that have ended, oldest first."""
    return last_quarters(quarter_of(today), count + 1)[:0:-1]


def answer_pulses(members: dict[Person, dt.date], today: dt.date, time_zone: str, rng: random.Random) -> None:
    columns = ["person_id", "quarter", "answers", *Dimension.values, "answered_at"]
    copy_rows(ConfidencePulse, columns, _rows(members, today, ZoneInfo(time_zone), rng))


def _rows(
    members: dict[Person, dt.date], today: dt.date, zone: ZoneInfo, rng: random.Random
) -> Iterator[tuple[object, ...]]:
    quarters = [*past_quarters(today), quarter_of(today)]
    for person, since in members.items():
        levels = [rng.gauss(2.9, 0.6) for _ in Dimension]
        for quarter in quarters:
            first = max(quarter_start(quarter), since)
            last = min(quarter_end(quarter), today)
            there = person.end is None or person.end > last
            if first < last and there and _answers(person, quarter == quarters[-1], rng):
                day = first + dt.timedelta(days=rng.randrange((last - first).days))
                yield _row(person, quarter, levels, dt.datetime.combine(day, dt.time(12, 0), zone), rng)
            levels = [level + rng.gauss(0.09, 0.08) for level in levels]


def _answers(person: Person, under_way: bool, rng: random.Random) -> bool:
    share = ANSWERING_ALREADY if under_way else ANSWERING
    drawn = rng.random() < share
    return not under_way if person.part in FAITHFUL else drawn


def _row(
    person: Person, quarter: str, levels: list[float], at: dt.datetime, rng: random.Random
) -> tuple[object, ...]:
    answers = [min(5, max(1, round(level + rng.gauss(0, 0.5)))) for level in levels for _ in range(ITEMS)]
    sums = [sum(answers[ITEMS * place : ITEMS * (place + 1)]) for place in range(len(levels))]
    percents = [100 * (total - ITEMS) / (4 * ITEMS) for total in sums]
    return (person.id, quarter, f"{{{','.join(map(str, answers))}}}", *percents, at.isoformat())
