"""The weights and limits of the Leadership Readiness Score, checked for sense; organisations version them
elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from surveys.arrays import FloatArray

MAXIMUM_CONFIDENCE_SHARE = 30.0

# Attested evidence, in the order in which it is added up here and in PostgreSQL.
SOURCES = ("milestones", "pods", "capstones", "leader_index")


@dataclass(frozen=True)
class DimensionRule:
    """Weight of a dimension in the total, and shares of its sources, all in percent.

    `confidence_share` (0 to 30) and `evidence_shares` (0 and above) sum to 100. A source without a
    share does not count.
    """

    name: str
    weight: float
    confidence_share: float
    evidence_shares: Mapping[str, float]

    def __post_init__(self) -> None:
        if not 0 <= self.confidence_share <= MAXIMUM_CONFIDENCE_SHARE:
            raise ValueError(f"{self.name}: self-confidence makes 0 to 30 % of a dimension.")
        if self.weight <= 0:
            raise ValueError(f"{self.name}: the weight must be positive.")
        if min(self.evidence_shares.values(), default=0) < 0:
            raise ValueError(f"{self.name}: no share can be negative.")
        if abs(self.confidence_share + sum(self.evidence_shares.values()) - 100) > 1e-9:
            raise ValueError(f"{self.name}: the shares must sum to 100 %.")


@dataclass(frozen=True)
class ReadinessRule:
    """The dimensions (weights sum to 100 %), the limit of the flag (0 to 100, one decimal) and the known
    dimensions needed.
    """

    dimensions: tuple[DimensionRule, ...]
    flag_below: float = 70.0
    minimum_known: int = 3

    def __post_init__(self) -> None:
        if abs(sum(dimension.weight for dimension in self.dimensions) - 100) > 1e-9:
            raise ValueError("The weights of the dimensions must sum to 100 %.")
        if len({dimension.name for dimension in self.dimensions}) != len(self.dimensions):
            raise ValueError("Two dimensions have the same name.")
        if not 0 <= self.flag_below <= 100 or round(self.flag_below, 1) != self.flag_below:
            raise ValueError("The limit of the flag lies between 0 and 100 and has at most one decimal.")
        if not 1 <= self.minimum_known <= len(self.dimensions):
            raise ValueError("The dimensions needed for a total are at least one and at most all.")

    @property
    def sources(self) -> tuple[str, ...]:
        """All sources of attested evidence, in the order in which the dimensions name them first."""
        return tuple(dict.fromkeys(name for each in self.dimensions for name in each.evidence_shares))

    def weights(self) -> FloatArray:
        """Weights of the dimensions in percent, shape (D,)."""
        return np.array([each.weight for each in self.dimensions])

    def confidence_shares(self) -> FloatArray:
        """Share of self-confidence in each dimension in percent, shape (D,)."""
        return np.array([each.confidence_share for each in self.dimensions])

    def evidence_shares(self) -> FloatArray:
        """Share of each source in each dimension in percent, shape (D, S), 0 where the dimension does not use
        it.
        """
        return np.array(
            [[each.evidence_shares.get(name, 0.0) for name in self.sources] for each in self.dimensions]
        )
