"""How a score is made, line by line, each number beside the evidence it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from passport.enums import StampState
from passport.models import Stamp
from readiness.breakdown import CONFIDENCE, LEADER_INDEX, DimensionBreakdown, EvidenceLine
from readiness.evidence import breakdown_of
from readiness.models import Snapshot
from surveys.enums import Dimension
from surveys.models import PublishedIndex
from tenancy.jobs.periods import quarter_end


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A source of a dimension. `earned` and `due` are points of milestones; `stamps` are those that count."""

    line: EvidenceLine
    earned: int | None = None
    due: int | None = None
    stamps: tuple[Stamp, ...] = ()
    index: PublishedIndex | None = None

    @property
    def is_confidence(self) -> bool:
        return self.line.source == CONFIDENCE

    @property
    def is_milestones(self) -> bool:
        return self.line.source == "milestones"

    @property
    def is_index(self) -> bool:
        return self.line.source == LEADER_INDEX


@dataclass(frozen=True, slots=True)
class DimensionAccount:
    dimension: Dimension
    breakdown: DimensionBreakdown
    lines: list[AccountLine]


@dataclass(frozen=True, slots=True)
class Account:
    """The whole arithmetic. `changed_since`: stamps have come or gone since this was computed."""

    snapshot: Snapshot
    dimensions: list[DimensionAccount]
    changed_since: bool


def account_of(snapshot: Snapshot, stamps: Iterable[Stamp], index: PublishedIndex | None) -> Account:
    """Put the stored evidence and the stamps it came from side by side."""
    breakdown = breakdown_of(snapshot)
    last = quarter_end(snapshot.quarter)
    counted = [stamp for stamp in stamps if counts(stamp, last)]
    dimensions = []
    changed = False
    for place, (dimension, each) in enumerate(zip(Dimension, breakdown.dimensions, strict=True)):
        own = tuple(stamp for stamp in counted if stamp.milestone.dimension == dimension)
        earned = snapshot.earned[place]
        changed = changed or (earned or 0) != sum(stamp.milestone.points for stamp in own)
        dimensions.append(
            DimensionAccount(
                dimension,
                each,
                [account_line(line, snapshot, place, own, index) for line in each.lines],
            )
        )
    return Account(snapshot, dimensions, changed)


def account_line(
    line: EvidenceLine,
    snapshot: Snapshot,
    place: int,
    stamps: tuple[Stamp, ...],
    index: PublishedIndex | None,
) -> AccountLine:
    """A line of the breakdown with what it counted."""
    if line.source == "milestones":
        due = snapshot.due[place] if snapshot.due else None
        return AccountLine(line, snapshot.earned[place], due, stamps)
    return AccountLine(line, index=index if line.source == LEADER_INDEX else None)


def counts(stamp: Stamp, last: dt.date) -> bool:
    """The rule of sql/score_quarter.sql for one stamp."""
    return stamp.state == StampState.VERIFIED and stamp.earned_on <= last
