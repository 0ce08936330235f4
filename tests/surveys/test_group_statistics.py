"""Statistics of groups from their sums, against the real survey, the published half-widths and direct
computation.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from surveys.arrays import FloatArray, IntArray
from surveys.group_statistics import GroupSums, group_statistics
from surveys.leader_index import score_responses
from tests.surveys.real_survey import LEADERSHIP, read_real_survey
from tests.surveys.sums import group_sums


@st.composite
def grouped_scores(draw: st.DrawFn) -> tuple[FloatArray, IntArray, int]:
    """Scores in steps of a half point in up to 6 groups, some of them empty, some scores missing."""
    count = draw(st.integers(1, 6))
    half_points = st.one_of(st.integers(24, 120).map(lambda step: step / 2), st.just(float("nan")))
    rows = draw(st.lists(st.tuples(half_points, st.integers(0, count - 1)), max_size=60))
    return np.array([row[0] for row in rows]), np.array([row[1] for row in rows], dtype=np.int64), count


def test_real_survey_gives_the_reference_n_mean_and_sd() -> None:
    survey = read_real_survey()
    scores = score_responses(survey.answers, LEADERSHIP).score
    statistics = group_statistics(group_sums(scores, survey.units, count=survey.unit_count))
    assert statistics.n.tolist() == survey.reference[:, 1].astype(int).tolist()
    np.testing.assert_allclose(statistics.mean, survey.reference[:, 2], atol=5e-7)
    np.testing.assert_allclose(statistics.sd, survey.reference[:, 3], atol=5e-7)


@pytest.mark.parametrize(("n", "half_width"), [(5, 11.5), (8, 7.7), (10, 6.6), (20, 4.3), (50, 2.6)])
def test_half_width_is_as_the_requirements_say(n: int, half_width: float) -> None:
    """Requirements 4.2: sd 11.2 of which a share of 0.32 lies between leaders, so 9.24 within."""
    within = 11.2 * np.sqrt(1 - 0.32)
    squares = (n - 1) * within**2 + n * 40.0**2
    statistics = group_statistics(
        GroupSums(np.array([n]), np.array([40.0 * n]), np.array([squares])), pooled_sd=within
    )
    assert round(float(statistics.high[0] - statistics.mean[0]), 1) == half_width
    assert round(float(statistics.mean[0] - statistics.low[0]), 1) == half_width


def test_small_groups_borrow_the_pooled_sd() -> None:
    large, small = np.arange(20) + 30.0, np.array([30.0, 31.0, 32.0])
    groups = np.repeat([0, 1], [20, 3])
    statistics = group_statistics(group_sums(np.concatenate([large, small]), groups, count=2))
    assert statistics.pooled.tolist() == [False, True]
    pooled = np.sqrt((19 * large.var(ddof=1) + 2 * small.var(ddof=1)) / 21)
    assert statistics.pooled_sd == pytest.approx(pooled)
    assert statistics.se == pytest.approx([large.std(ddof=1) / np.sqrt(20), pooled / np.sqrt(3)])
    assert statistics.sd == pytest.approx([large.std(ddof=1), 1.0])


def test_interval_of_a_large_group_is_students() -> None:
    scores = np.array([31.0, 44, 52, 38, 41, 47, 29, 55, 60, 33, 36, 42, 44, 45, 50, 39])
    statistics = group_statistics(group_sums(scores, np.zeros(16, dtype=np.int64), count=1), confidence=0.9)
    expected = stats.ttest_1samp(scores, 0).confidence_interval(0.9)
    assert (statistics.low[0], statistics.high[0]) == pytest.approx((expected.low, expected.high))


def test_empty_group_has_no_mean_and_single_respondent_no_interval() -> None:
    statistics = group_statistics(
        group_sums(np.array([40.0, 30.0, 50.0]), np.array([1, 2, 2]), count=3), confidence=0.95
    )
    assert statistics.n.tolist() == [0, 1, 2]
    assert np.isnan(statistics.mean).tolist() == [True, False, False]
    assert np.isnan(statistics.sd).tolist() == [True, True, False]
    assert np.isnan(statistics.low).tolist() == [True, True, False]


def test_nothing_pooled_when_no_group_has_two_respondents() -> None:
    sums = group_sums(np.array([40.0, 30.0]), np.array([0, 1]), count=2)
    assert np.isnan(sums.pooled_sd())
    assert np.isnan(group_statistics(sums).se).all()


@pytest.mark.parametrize(
    ("n", "total", "total_squares", "message"),
    [
        ([1, 2], [3.0], [9.0, 9.0], "one and the same shape"),
        ([-1], [3.0], [9.0], "must not be negative"),
        ([1], [np.nan], [9.0], "must be finite"),
        ([0], [3.0], [9.0], "without respondents"),
        ([2], [10.0], [49.0], "smaller than its sum allows"),
    ],
)
def test_impossible_sums_are_refused(
    n: list[int], total: list[float], total_squares: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        GroupSums(np.array(n), np.array(total), np.array(total_squares))


def test_confidence_must_be_a_share() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        group_statistics(GroupSums(np.array([2]), np.array([2.0]), np.array([2.0])), confidence=95)


@given(grouped_scores())
def test_statistics_from_sums_equal_those_from_the_scores(
    grouped: tuple[FloatArray, IntArray, int],
) -> None:
    scores, groups, count = grouped
    statistics = group_statistics(group_sums(scores, groups, count=count))
    for group in range(count):
        members = scores[(groups == group) & ~np.isnan(scores)]
        assert statistics.n[group] == len(members)
        if len(members):
            assert statistics.mean[group] == pytest.approx(members.mean())
        if len(members) > 1:
            assert statistics.sd[group] == pytest.approx(members.std(ddof=1), abs=1e-6)
            assert statistics.low[group] <= statistics.mean[group] <= statistics.high[group]


@given(st.integers(2, 40), st.integers(24, 120))
def test_equal_scores_have_no_spread_at_all(n: int, half_points: int) -> None:
    scores = np.full(n, half_points / 2)
    assert group_sums(scores, np.zeros(n, dtype=np.int64), count=1).squares_within().tolist() == [0]
