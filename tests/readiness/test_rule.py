"""Rules of the readiness score that make no sense are refused; the shipped one is the published one."""

import pytest

from readiness.rule import SOURCES, DimensionRule, ReadinessRule
from surveys.enums import Dimension
from tests.readiness.test_score import DEFAULT_RULE


def dimension(weight: float = 100, own: float = 30, shares: dict[str, float] | None = None) -> DimensionRule:
    return DimensionRule("team", weight, own, {"pods": 70.0} if shares is None else shares)


def test_impossible_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match="team: self-confidence makes 0 to 30 %"):
        dimension(own=31, shares={"pods": 69.0})
    with pytest.raises(ValueError, match="team: no share can be negative"):
        dimension(shares={"pods": 80.0, "milestones": -10.0})
    with pytest.raises(ValueError, match="must be positive"):
        dimension(weight=0)
    with pytest.raises(ValueError, match="team: the shares must sum to 100 %"):
        dimension(shares={"pods": 60.0})
    with pytest.raises(ValueError, match="team: the shares must sum to 100 %"):
        dimension(shares={})


def test_impossible_rules_are_refused() -> None:
    with pytest.raises(ValueError, match="weights of the dimensions must sum to 100 %"):
        ReadinessRule((dimension(weight=90),), minimum_known=1)
    with pytest.raises(ValueError, match="same name"):
        ReadinessRule((dimension(weight=50), dimension(weight=50)), minimum_known=1)
    for limit in (-1.0, 100.1, 69.95):
        with pytest.raises(ValueError, match="at most one decimal"):
            ReadinessRule((dimension(),), flag_below=limit, minimum_known=1)
    for minimum in (0, 2):
        with pytest.raises(ValueError, match="at least one and at most all"):
            ReadinessRule((dimension(),), minimum_known=minimum)


def test_shipped_rule_weighs_the_five_dimensions_alike() -> None:
    assert [each.name for each in DEFAULT_RULE.dimensions] == Dimension.values
    assert DEFAULT_RULE.weights().tolist() == [20] * 5
    assert DEFAULT_RULE.confidence_shares().tolist() == [30] * 5
    assert (DEFAULT_RULE.flag_below, DEFAULT_RULE.minimum_known) == (70, 3)


def test_shares_of_evidence_are_laid_out_by_dimension_and_source() -> None:
    assert DEFAULT_RULE.sources == SOURCES
    usual = [40, 20, 10, 0]
    assert DEFAULT_RULE.evidence_shares().tolist() == [usual, usual, [15, 10, 5, 40], usual, usual]
