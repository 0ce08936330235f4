"""The arithmetic of one person's Leadership Readiness Score, line by line, as a page shows it."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from readiness.score import ReadinessScores, ReadinessState, shown_score

CONFIDENCE = "confidence"
LEADER_INDEX = "leader_index"


@dataclass(frozen=True)
class EvidenceLine:
    """One source of a dimension: its points (None when missing), its share in percent, and share times
    points.

    A missing source has share 0: what it would have counted went to the sources that exist.
    """

    source: str
    points: float | None
    share: float
    contribution: float


@dataclass(frozen=True)
class DimensionBreakdown:
    """One dimension: its lines sum to `points`. `known` without attested evidence is False, and then `weight`
    is 0.

    `weight`: percent of the total. `contribution`: weight times points. `gap`: confidence minus attested
    evidence, in points.
    """

    name: str
    lines: tuple[EvidenceLine, ...]
    points: float | None
    known: bool
    weight: float
    contribution: float
    gap: float | None


@dataclass(frozen=True)
class Breakdown:
    """One person's score: the dimensions' contributions sum to `total`; `shown` is the total as displayed."""

    dimensions: tuple[DimensionBreakdown, ...]
    known_count: int
    total: float | None
    shown: Decimal | None
    state: ReadinessState
    gap: float | None


def break_down(scores: ReadinessScores, person: int) -> Breakdown:
    """The arithmetic behind the score in row `person`; values that do not exist are None. Raises IndexError
    for no row.
    """
    total = _or_none(scores.total[person])
    return Breakdown(
        dimensions=tuple(_dimension(scores, person, column) for column in range(len(scores.rule.dimensions))),
        known_count=int(np.count_nonzero(scores.known[person])),
        total=total,
        shown=None if total is None else shown_score(total),
        state=ReadinessState(scores.state[person]),
        gap=_or_none(scores.overall_gap[person]),
    )


def _dimension(scores: ReadinessScores, person: int, column: int) -> DimensionBreakdown:
    rule = scores.rule.dimensions[column]
    points = _or_none(scores.value[person, column])
    weight = float(scores.weight_share[person, column])
    evidence = [
        _line(name, scores.evidence[person, column, layer], scores.evidence_share[person, column, layer])
        for layer, name in enumerate(scores.rule.sources)
        if rule.evidence_shares.get(name)
    ]
    confidence = _line(CONFIDENCE, scores.confidence[person, column], scores.confidence_share[person, column])
    return DimensionBreakdown(
        name=rule.name,
        lines=(confidence, *evidence),
        points=points,
        known=bool(scores.known[person, column]),
        weight=100 * weight,
        contribution=0.0 if points is None else weight * points,
        gap=_or_none(scores.gap[person, column]),
    )


def _line(source: str, points: np.float64, share: np.float64) -> EvidenceLine:
    known = _or_none(points)
    return EvidenceLine(source, known, 100 * float(share), 0.0 if known is None else float(share) * known)


def _or_none(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
