"""From a stored snapshot back to its arithmetic, by the pure functions the statement is tested against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from readiness.breakdown import Breakdown, break_down
from readiness.models import Snapshot, WeightSet
from readiness.rule import DimensionRule, ReadinessRule
from readiness.score import ReadinessScores, attainment, score_readiness
from surveys.arrays import FloatArray
from surveys.enums import Dimension

NOTHING = [None] * len(Dimension)
TEAM = list(Dimension).index(Dimension.TEAM_LEADERSHIP)


def rule_of(weights: WeightSet) -> ReadinessRule:
    """A version of the weights as the rule of the pure score."""
    rest = 100 - weights.confidence_share
    return ReadinessRule(
        tuple(
            DimensionRule(
                dimension.value,
                getattr(weights, dimension),
                weights.confidence_share,
                {
                    "leader_index": weights.leader_index_share,
                    "milestones": rest - weights.leader_index_share,
                }
                if dimension == Dimension.TEAM_LEADERSHIP
                else {"milestones": rest},
            )
            for dimension in Dimension
        ),
        flag_below=weights.flag_below,
        minimum_known=weights.minimum_known,
    )


def scores_from(snapshots: Sequence[Snapshot], rule: ReadinessRule) -> ReadinessScores:
    """Score people again from the evidence kept in their snapshots."""
    confidence = floats([each.confidence or NOTHING for each in snapshots])
    evidence = np.full((len(snapshots), len(Dimension), len(rule.sources)), np.nan)
    earned = floats([each.earned for each in snapshots])
    due = floats([each.due or NOTHING for each in snapshots])
    evidence[:, :, rule.sources.index("milestones")] = attainment(earned, due)
    evidence[:, TEAM, rule.sources.index("leader_index")] = floats(
        [[each.leader_index] for each in snapshots]
    )[:, 0]
    return score_readiness(confidence, evidence, rule)


def breakdown_of(snapshot: Snapshot) -> Breakdown:
    """The arithmetic of a snapshot, line by line. The snapshot's weights must be loaded."""
    return break_down(scores_from([snapshot], rule_of(snapshot.weights)), 0)


def floats(rows: Sequence[Sequence[float | None]]) -> FloatArray:
    """Rows with None for missing, as floats with NaN."""
    return np.array(rows, dtype=np.float64).reshape(len(rows), -1)
