"""When a leader's index may be offered to succession: a pure rule. Nothing is pushed; succession asks.

Two cycles that were both published, so of as many respondents as the wave demanded; each with its interval;
and the leader has known of both for thirty days (requirements, C6). An organisation that has not switched
selection use on offers nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

CYCLES = 2
KNOWN_FOR = dt.timedelta(days=30)


class OfferState(StrEnum):
    OFF = "off"
    TOO_FEW = "too_few"
    WAITING = "waiting"
    OFFERED = "offered"


@dataclass(frozen=True)
class Cycle:
    """A leader's published result in one wave: mean and 95 % interval in points."""

    wave_id: UUID
    title: str
    closed_on: dt.date
    published_on: dt.date
    n: int
    mean: float
    low: float | None
    high: float | None

    @property
    def known_from(self) -> dt.date:
        """The first day on which the leader has known of it for long enough."""
        return self.published_on + KNOWN_FOR


@dataclass(frozen=True)
class Offer:
    """`cycles`: what is offered, oldest first; nothing unless it is. `from_day`: since when, or when it will
    be as things stand."""

    state: OfferState
    from_day: dt.date | None = None
    cycles: tuple[Cycle, ...] = ()


def offer_of(cycles: Sequence[Cycle], *, selection_use: bool, on: dt.date) -> Offer:
    """What may be offered on a day of a leader's cycles with one instrument; one cycle a wave, in any order.

    A cycle without an interval does not count: a bare mean of few people is no evidence about a person."""
    if not selection_use:
        return Offer(OfferState.OFF)
    usable = [cycle for cycle in cycles if cycle.low is not None and cycle.high is not None]
    if len(usable) < CYCLES:
        return Offer(OfferState.TOO_FEW)
    first_day = sorted(cycle.known_from for cycle in usable)[CYCLES - 1]
    if on < first_day:
        return Offer(OfferState.WAITING, first_day)
    known = sorted((cycle for cycle in usable if cycle.known_from <= on), key=lambda cycle: cycle.closed_on)
    return Offer(OfferState.OFFERED, first_day, tuple(known[-CYCLES:]))
