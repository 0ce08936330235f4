"""The arithmetic of one person's score adds up on every level, and what is missing is said."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given

from readiness.breakdown import EvidenceLine, break_down
from readiness.rule import ReadinessRule
from readiness.score import ReadinessState, score_readiness
from surveys.arrays import FloatArray
from tests.readiness.test_score import NO, PLAIN_RULE, people, score_one


def test_breakdown_of_a_worked_case() -> None:
    scores = score_one([90, NO, 80, 70, NO], [60, 60, 50, NO, 40], leader_index=NO)
    breakdown = break_down(scores, 0)
    strategic, financial, team, governance, mentorship = breakdown.dimensions
    assert strategic.lines == (
        EvidenceLine("confidence", 90, 30, 27),
        EvidenceLine("milestones", 60, 70, 42),
    )
    assert (strategic.points, strategic.gap, strategic.weight) == (69, 30, 25)
    assert financial.lines[0] == EvidenceLine("confidence", None, 0, 0)
    assert [line.source for line in team.lines] == ["confidence", "milestones", "leader_index"]
    assert team.lines[2] == EvidenceLine("leader_index", None, 0, 0)
    assert (governance.points, governance.known, governance.weight, governance.contribution) == (
        70,
        False,
        0,
        0,
    )
    assert (mentorship.points, mentorship.gap) == (40, None)
    assert (breakdown.known_count, breakdown.total, breakdown.shown) == (4, 57, Decimal("57.0"))
    assert (breakdown.state, breakdown.gap) == (ReadinessState.FLAGGED, 30)


def test_breakdown_without_total_keeps_the_dimensions() -> None:
    breakdown = break_down(score_one([80] * 5, [70, NO, NO, NO, NO]), 0)
    assert (breakdown.total, breakdown.shown, breakdown.known_count) == (None, None, 1)
    assert breakdown.state == ReadinessState.INSUFFICIENT_EVIDENCE
    assert [dimension.points for dimension in breakdown.dimensions] == [73, 80, 80, 80, 80]
    assert [dimension.contribution for dimension in breakdown.dimensions] == [0] * 5


def test_breakdown_of_nobody_is_an_error() -> None:
    scores = score_readiness(np.empty((0, 5)), np.empty((0, 5, len(PLAIN_RULE.sources))), PLAIN_RULE)
    with pytest.raises(IndexError):
        break_down(scores, 0)


@given(people())
def test_contributions_add_up(drawn: tuple[FloatArray, FloatArray, ReadinessRule]) -> None:
    scores = score_readiness(*drawn)
    for person in range(len(scores.total)):
        breakdown = break_down(scores, person)
        for dimension in breakdown.dimensions:
            if dimension.points is not None:
                lines = sum(line.contribution for line in dimension.lines)
                assert lines == pytest.approx(dimension.points, abs=1e-6)
                assert sum(line.share for line in dimension.lines) == pytest.approx(100)
        if breakdown.total is not None:
            contributions = sum(dimension.contribution for dimension in breakdown.dimensions)
            assert contributions == pytest.approx(breakdown.total, abs=1e-6)
            assert sum(dimension.weight for dimension in breakdown.dimensions) == pytest.approx(100)
