"""How a score is made, line by line, each number beside the evidence it came from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from passport.enums import StampState
from passport.models import Capstone, Stamp
from readiness.breakdown import CONFIDENCE, LEADER_INDEX, DimensionBreakdown, EvidenceLine
from readiness.evidence import breakdown_of
from readiness.models import Snapshot
from readiness.pod_evidence import MarkedPod
from surveys.enums import Dimension
from surveys.models import PublishedIndex
from tenancy.jobs.periods import quarter_end

A_MILLIONTH = 1e-6  # points of a dimension are kept in these


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A source of a dimension. `earned` and `due` are points of milestones; `stamps`, `pods` and `capstones`
    are those that count."""

    line: EvidenceLine
    earned: int | None = None
    due: int | None = None
    stamps: tuple[Stamp, ...] = ()
    pods: tuple[MarkedPod, ...] = ()
    capstones: tuple[Capstone, ...] = ()
    index: PublishedIndex | None = None

    @property
    def is_confidence(self) -> bool:
        return self.line.source == CONFIDENCE

    @property
    def is_milestones(self) -> bool:
        return self.line.source == "milestones"

    @property
    def is_pods(self) -> bool:
        return self.line.source == "pods"

    @property
    def is_capstones(self) -> bool:
        return self.line.source == "capstones"

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
    """The whole arithmetic. `gap`: confidence minus evidence, weighted, over the dimensions that have both.
    `changed_since`: evidence has come or gone since this was computed."""

    snapshot: Snapshot
    dimensions: list[DimensionAccount]
    gap: float | None
    changed_since: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is attested of somebody now, of which a score counts what its quarter has."""

    stamps: Sequence[Stamp]
    pods: Sequence[MarkedPod] = ()
    capstones: Sequence[Capstone] = ()

    def of(self, dimension: Dimension, last: dt.date) -> Evidence:
        """The part that counts in a dimension until a day; pods and capstones were asked for until then."""
        return Evidence(
            [each for each in self.stamps if each.milestone.dimension == dimension and counts(each, last)],
            [each for each in self.pods if each.dimension == dimension],
            [each for each in self.capstones if each.dimension == dimension],  # type: ignore[attr-defined]  # annotated
        )


def account_of(snapshot: Snapshot, evidence: Evidence, index: PublishedIndex | None) -> Account:
    """Put the stored evidence and what it came from side by side."""
    breakdown = breakdown_of(snapshot)
    last = quarter_end(snapshot.quarter)
    dimensions = []
    changed = False
    for place, (dimension, each) in enumerate(zip(Dimension, breakdown.dimensions, strict=True)):
        own = evidence.of(dimension, last)
        changed = changed or has_changed(snapshot, place, own)
        lines = [account_line(line, snapshot, place, own, index) for line in each.lines]
        dimensions.append(DimensionAccount(dimension, each, lines))
    return Account(snapshot, dimensions, breakdown.gap, changed)


def has_changed(snapshot: Snapshot, place: int, own: Evidence) -> bool:
    """Whether the evidence of a dimension is another one than was counted."""
    pods = snapshot.pods[place] if snapshot.pods else None
    capstones = snapshot.capstones[place] if snapshot.capstones else None
    points = sum(each.points for each in own.pods) / len(own.pods) if own.pods else None
    return (
        (snapshot.earned[place] or 0) != sum(stamp.milestone.points for stamp in own.stamps)
        or (capstones or 0) != len(own.capstones)
        or (points is None) != (pods is None)
        or (points is not None and pods is not None and abs(points - pods) > A_MILLIONTH)
    )


def account_line(
    line: EvidenceLine, snapshot: Snapshot, place: int, own: Evidence, index: PublishedIndex | None
) -> AccountLine:
    """A line of the breakdown with what it counted."""
    if line.source == "milestones":
        due = snapshot.due[place] if snapshot.due else None
        return AccountLine(line, snapshot.earned[place], due, tuple(own.stamps))
    if line.source == "pods":
        return AccountLine(line, pods=tuple(own.pods))
    if line.source == "capstones":
        return AccountLine(line, capstones=tuple(own.capstones))
    return AccountLine(line, index=index if line.source == LEADER_INDEX else None)


def counts(stamp: Stamp, last: dt.date) -> bool:
    """The rule of sql/score_quarter.sql for one stamp."""
    return stamp.state == StampState.VERIFIED and stamp.earned_on <= last
