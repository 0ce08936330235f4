"""The Leadership Readiness Score: cases worked by hand, missing evidence, the flag's edge, and laws for any
input.
"""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.evidence import rule_of
from readiness.models import WeightSet
from readiness.rule import DimensionRule, ReadinessRule
from readiness.score import (
    ReadinessScores,
    ReadinessState,
    attainment,
    score_readiness,
    shown_score,
)
from surveys.arrays import FloatArray

NO = np.nan
DEFAULT_RULE = rule_of(WeightSet(organization_id=0))
# Two sources alone, so that cases stay short enough to be worked by hand.
PLAIN_RULE = rule_of(
    WeightSet(
        organization_id=0,
        milestone_shares=[70, 70, 30, 70, 70],
        pod_shares=[0] * 5,
        capstone_shares=[0] * 5,
    )
)
MILESTONES, LEADER_INDEX = (PLAIN_RULE.sources.index(name) for name in ("milestones", "leader_index"))
TEAM = [dimension.name for dimension in PLAIN_RULE.dimensions].index("team_leadership")


def score_one(confidence: list[float], milestones: list[float], leader_index: float = NO) -> ReadinessScores:
    """One person under the plain rule; the leader index counts for team leadership only."""
    evidence = np.full((1, 5, len(PLAIN_RULE.sources)), NO)
    evidence[0, :, MILESTONES] = milestones
    evidence[0, TEAM, LEADER_INDEX] = leader_index
    return score_readiness(np.array([confidence]), evidence, PLAIN_RULE)


@st.composite
def people(draw: st.DrawFn) -> tuple[FloatArray, FloatArray, ReadinessRule]:
    """Up to 5 people under any rule of 3 to 5 dimensions and up to 3 sources; a third of all points
    missing.
    """
    names = ["milestones", "leader_index", "pods"]
    dimensions = []
    count = draw(st.integers(3, 5))
    cuts = sorted(draw(st.lists(st.integers(1, 99), min_size=count - 1, max_size=count - 1, unique=True)))
    for column, weight in enumerate(np.diff([0, *cuts, 100])):
        used = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
        own = draw(st.integers(0, 30))
        shares = {name: (100 - own) / len(used) for name in used}
        dimensions.append(DimensionRule(f"dimension{column}", float(weight), own, shares))
    rule = ReadinessRule(tuple(dimensions), flag_below=draw(st.integers(0, 1000)) / 10)
    points = st.one_of(st.just(NO), st.integers(0, 100).map(float), st.floats(0, 100))
    n = draw(st.integers(1, 5))
    size = n * count * (1 + len(rule.sources))
    drawn = np.array(draw(st.lists(points, min_size=size, max_size=size))).reshape(n, count, -1)
    return drawn[:, :, 0], drawn[:, :, 1:], rule


def test_score_mixes_confidence_and_evidence_by_their_shares() -> None:
    scores = score_one([50, 60, 70, 80, 90], [100, 80, 60, 40, 20], leader_index=75)
    assert scores.value[0] == pytest.approx([85, 74, 21 + 30 + 18, 52, 41])
    assert scores.total[0] == pytest.approx((85 + 74 + 69 + 52 + 41) / 5)
    assert scores.state.tolist() == [ReadinessState.FLAGGED]


def test_missing_source_leaves_its_share_to_the_others_and_none_to_confidence() -> None:
    scores = score_one([100] * 5, [50] * 5)  # no leader index
    assert scores.confidence_share[0] == pytest.approx([0.3] * 5)
    assert scores.value[0] == pytest.approx([65] * 5)


def test_confidence_below_its_limit_may_grow_to_thirty_percent_only() -> None:
    rule = ReadinessRule((DimensionRule("team", 100, 20, {"milestones": 70, "pods": 10}),), minimum_known=1)
    evidence = np.array([[[50, NO]], [[NO, 50]], [[50, 50]]])
    scores = score_readiness(np.full((3, 1), 100.0), evidence, rule)
    assert scores.confidence_share[:, 0] == pytest.approx([20 / 90, 0.3, 0.2])


def test_missing_confidence_leaves_the_dimension_to_evidence() -> None:
    scores = score_one([NO] * 5, [80] * 5)
    assert scores.value[0].tolist() == [80] * 5
    assert scores.total.tolist() == [80]
    assert np.isnan(scores.gap).all()
    assert np.isnan(scores.overall_gap).all()


def test_dimension_with_confidence_alone_is_shown_and_not_counted() -> None:
    scores = score_one([100, 100, 90, 90, 90], [NO, NO, 80, 80, 80])
    assert scores.value[0].tolist() == [100, 100, 83, 83, 83]
    assert scores.known[0].tolist() == [False, False, True, True, True]
    assert scores.weight_share[0] == pytest.approx([0, 0, 1 / 3, 1 / 3, 1 / 3])
    assert scores.total.tolist() == [83]


def test_below_three_known_dimensions_there_is_no_total() -> None:
    scores = score_one([100] * 5, [100, 100, NO, NO, NO])
    assert np.isnan(scores.total).all()
    assert scores.state.tolist() == [ReadinessState.INSUFFICIENT_EVIDENCE]
    assert scores.weight_share.tolist() == [[0] * 5]


def test_nothing_known_is_nothing_and_not_zero_or_a_hundred() -> None:
    scores = score_one([NO] * 5, [NO] * 5)
    assert np.isnan(scores.value).all()
    assert np.isnan(scores.total).all()
    assert scores.state.tolist() == [ReadinessState.INSUFFICIENT_EVIDENCE]


def test_source_that_a_dimension_does_not_use_is_ignored() -> None:
    evidence = np.full((1, 5, len(PLAIN_RULE.sources)), NO)
    evidence[0, :, LEADER_INDEX] = 100
    scores = score_readiness(np.full((1, 5), NO), evidence, PLAIN_RULE)
    assert scores.known[0].tolist() == [column == TEAM for column in range(5)]


def test_gap_is_confidence_minus_attested_evidence() -> None:
    scores = score_one([90, 50, 80, NO, 70], [60, 60, 50, 40, NO], leader_index=85)
    assert scores.gap[0, :3] == pytest.approx([30, -10, 80 - (30 * 50 + 40 * 85) / 70])
    assert np.isnan(scores.gap[0, 3:]).all()
    assert scores.overall_gap[0] == pytest.approx(np.mean(scores.gap[0, :3]))


@pytest.mark.parametrize(
    ("points", "shown", "state"),
    [
        (70.0, "70.0", ReadinessState.ON_TRACK),
        (69.999999, "69.9", ReadinessState.FLAGGED),
        (69.96, "69.9", ReadinessState.FLAGGED),
        (70.000001, "70.0", ReadinessState.ON_TRACK),
        (70.0 - 1e-9, "70.0", ReadinessState.ON_TRACK),  # noise, not evidence
    ],
)
def test_flag_and_shown_score_agree_at_the_limit(points: float, shown: str, state: ReadinessState) -> None:
    scores = score_one([points] * 5, [points] * 5, leader_index=points)
    assert shown_score(float(scores.total[0])) == Decimal(shown)
    assert scores.state.tolist() == [state]


def test_weights_that_sum_to_seventy_on_paper_are_not_flagged() -> None:
    """0.1 * 100 + 0.7 * 80 + 0.2 * 20 = 70, and floating point makes 69.99999999999999 of such sums."""
    rule = ReadinessRule(
        tuple(DimensionRule(f"d{weight}", weight, 0, {"pods": 100}) for weight in (10.0, 70.0, 20.0))
    )
    scores = score_readiness(np.full((1, 3), NO), np.array([[[100.0], [80.0], [20.0]]]), rule)
    assert scores.total.tolist() == [70]
    assert scores.state.tolist() == [ReadinessState.ON_TRACK]


@pytest.mark.parametrize("points", [-0.1, 100.1, np.inf, -np.inf])
def test_points_out_of_range_name_row_dimension_source_and_value(points: float) -> None:
    evidence = np.full((2, 5, len(PLAIN_RULE.sources)), 50.0)
    evidence[1, TEAM, LEADER_INDEX] = points
    with pytest.raises(ValueError, match=rf"Row 1, team_leadership, leader_index: {points:g} is not between"):
        score_readiness(np.full((2, 5), 50.0), evidence, PLAIN_RULE)
    with pytest.raises(ValueError, match=rf"Row 0, strategic_insight, confidence: {points:g} is not between"):
        score_readiness(np.full((2, 5), points), np.full((2, 5, len(PLAIN_RULE.sources)), 50.0), PLAIN_RULE)


def test_points_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="each of 5 dimensions"):
        score_readiness(np.full((1, 4), 50.0), np.full((1, 4, 2), 50.0), PLAIN_RULE)
    with pytest.raises(ValueError, match="each of 4 sources"):
        score_readiness(np.full((1, 5), 50.0), np.full((1, 5, 3), 50.0), PLAIN_RULE)


def test_attainment_never_exceeds_a_hundred_and_missing_stays_missing() -> None:
    done = np.array([1.0, 3, 9, NO, 2, 0])
    due = np.array([4.0, 3, 3, 3, NO, 0])
    points = attainment(done, due)
    assert points[:3].tolist() == [25, 100, 100]
    assert np.isnan(points[3:]).all()
    with pytest.raises(ValueError, match="can be negative"):
        attainment(np.array([-1.0]), np.array([1.0]))


def exact_total(confidence: FloatArray, evidence: FloatArray, rule: ReadinessRule) -> Fraction | None:
    """The rule for one person in exact fractions, written once more in plain words."""
    weighted, weights = Fraction(0), Fraction(0)
    for own, layers, dimension in zip(confidence, evidence, rule.dimensions, strict=True):
        used = [
            (Fraction(dimension.evidence_shares[name]), Fraction(points))
            for name, points in zip(rule.sources, layers, strict=True)
            if name in dimension.evidence_shares and not np.isnan(points)
        ]
        if not used:
            continue
        shares = sum((share for share, _ in used), Fraction(0))
        points = sum((share * points for share, points in used), Fraction(0)) / shares
        if not np.isnan(own):
            nominal = Fraction(dimension.confidence_share)
            mixed = min(Fraction(3, 10), nominal / (nominal + shares))
            points = mixed * Fraction(own) + (1 - mixed) * points
        weighted += Fraction(dimension.weight) * points
        weights += Fraction(dimension.weight)
    return weighted / weights if weights else None


@given(people())
def test_total_equals_the_rule_in_exact_fractions(
    drawn: tuple[FloatArray, FloatArray, ReadinessRule],
) -> None:
    confidence, evidence, rule = drawn
    scores = score_readiness(confidence, evidence, rule)
    for person in range(len(confidence)):
        expected = exact_total(confidence[person], evidence[person], rule)
        if scores.known[person].sum() < rule.minimum_known:
            assert np.isnan(scores.total[person])
        else:
            assert expected is not None
            assert abs(Fraction(scores.total[person]) - expected) <= Fraction(2, 10**6)


@given(people())
def test_shown_score_below_the_limit_means_flagged(
    drawn: tuple[FloatArray, FloatArray, ReadinessRule],
) -> None:
    scores = score_readiness(*drawn)
    for total, state in zip(scores.total, scores.state, strict=True):
        if np.isnan(total):
            assert state == ReadinessState.INSUFFICIENT_EVIDENCE
        else:
            below = shown_score(float(total)) < Decimal(str(drawn[2].flag_below))
            assert state == (ReadinessState.FLAGGED if below else ReadinessState.ON_TRACK)


@given(people())
def test_shares_sum_to_one_and_confidence_to_thirty_percent_at_most(
    drawn: tuple[FloatArray, FloatArray, ReadinessRule],
) -> None:
    scores = score_readiness(*drawn)
    shares = scores.confidence_share + scores.evidence_share.sum(axis=2)
    assert np.allclose(shares, ~np.isnan(scores.value))
    assert (scores.confidence_share[scores.known] <= 0.3).all()
    assert (scores.evidence_share[np.isnan(scores.evidence)] == 0).all()
    assert np.allclose(scores.weight_share.sum(axis=1), ~np.isnan(scores.total))
    assert np.isnan(scores.value).tolist() == (np.isnan(scores.confidence) & ~scores.known).tolist()


@given(people())
def test_confidence_alone_never_makes_a_total(drawn: tuple[FloatArray, FloatArray, ReadinessRule]) -> None:
    confidence, evidence, rule = drawn
    scores = score_readiness(confidence, np.full_like(evidence, NO), rule)
    assert np.isnan(scores.total).all()
    assert not scores.known.any()


@given(people(), st.data())
def test_better_evidence_never_lowers_the_total(
    drawn: tuple[FloatArray, FloatArray, ReadinessRule], data: st.DataObject
) -> None:
    confidence, evidence, rule = drawn
    raised = evidence + (100 - evidence) * data.draw(st.floats(0, 1))
    before, after = score_readiness(confidence, evidence, rule), score_readiness(confidence, raised, rule)
    assert np.isnan(before.total).tolist() == np.isnan(after.total).tolist()
    assert (np.nan_to_num(after.total) >= np.nan_to_num(before.total) - 2e-6).all()


@given(people())
def test_each_person_scores_the_same_alone(drawn: tuple[FloatArray, FloatArray, ReadinessRule]) -> None:
    confidence, evidence, rule = drawn
    together = score_readiness(confidence, evidence, rule)
    for person in range(len(confidence)):
        alone = score_readiness(confidence[[person]], evidence[[person]], rule)
        np.testing.assert_array_equal(alone.total, together.total[[person]])
        np.testing.assert_array_equal(alone.value, together.value[[person]])
