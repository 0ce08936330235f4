"""From a stored snapshot back to its arithmetic, by the pure functions the statement is tested against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from readiness.breakdown import Breakdown, break_down
from readiness.models import Snapshot, WeightSet
from readiness.rule import SOURCES, DimensionRule, ReadinessRule
from readiness.score import ReadinessScores, attainment, capstone_points, score_readiness
from surveys.arrays import FloatArray
from surveys.enums import Dimension

NOTHING = [None] * len(Dimension)


def rule_of(weights: WeightSet) -> ReadinessRule:
    """A version of the weights as the rule of the pure score."""
    return ReadinessRule(
        tuple(
            DimensionRule(dimension.value, weight, own, dict(zip(SOURCES, shares, strict=True)))
            for dimension, weight, (own, *shares) in zip(
                Dimension, weights.weights, weights.recipes, strict=True
            )
        ),
        flag_below=weights.flag_below,
        minimum_known=weights.minimum_known,
    )


def scores_from(snapshots: Sequence[Snapshot], rule: ReadinessRule) -> ReadinessScores:
    """Score people again from the evidence kept in their snapshots."""
    confidence = floats([each.confidence or NOTHING for each in snapshots])
    done = attainment(
        floats([each.earned for each in snapshots]), floats([each.due or NOTHING for each in snapshots])
    )
    pods = floats([each.pods or NOTHING for each in snapshots])
    capstones = capstone_points(floats([each.capstones or NOTHING for each in snapshots]))
    index = floats([[each.leader_index] * len(Dimension) for each in snapshots])
    return score_readiness(confidence, np.stack([done, pods, capstones, index], axis=2), rule)


def breakdown_of(snapshot: Snapshot) -> Breakdown:
    """The arithmetic of a snapshot, line by line. The snapshot's weights must be loaded."""
    return break_down(scores_from([snapshot], rule_of(snapshot.weights)), 0)


def floats(rows: Sequence[Sequence[float | None]]) -> FloatArray:
    """Rows with None for missing, as floats with NaN."""
    return np.array(rows, dtype=np.float64).reshape(len(rows), -1)
