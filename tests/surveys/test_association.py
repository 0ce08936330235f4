"""The slope of an outcome on the index: the real survey, and ordinary least squares by another program."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from surveys.association import outcome_slope
from surveys.leader_index import score_responses
from tests.surveys.real_survey import LEADERSHIP, read_real_survey
from tests.surveys.sums import group_sums


def test_real_survey_gives_the_reference_slopes_of_hostility() -> None:
    survey = read_real_survey()
    scores = score_responses(survey.answers, LEADERSHIP).score
    persons = outcome_slope(scores, survey.hostility)
    units = outcome_slope(
        group_sums(scores, survey.units, count=survey.unit_count).mean(),
        group_sums(survey.hostility, survey.units, count=survey.unit_count).mean(),
    )
    assert persons is not None
    assert units is not None
    assert (round(persons.slope, 6), persons.n) == (-0.043918, 2042)
    assert (round(units.slope, 6), units.n) == (-0.051724, 49)
    assert units.low < units.slope < units.high < 0


@pytest.mark.parametrize(
    ("index", "outcome"),
    [
        ([], []),
        ([30.0, 40.0], [1.0, 2.0]),
        ([30.0] * 4, [1.0, 2.0, 3.0, 4.0]),
        ([30.0, 40.0, np.nan], [1.0] * 3),
    ],
)
def test_slope_is_unknown_with_too_few_pairs_or_one_index(index: list[float], outcome: list[float]) -> None:
    assert outcome_slope(np.array(index), np.array(outcome)) is None


def test_correlation_is_unknown_when_the_outcome_does_not_vary() -> None:
    slope = outcome_slope(np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 2.0]))
    assert slope is not None
    assert (slope.slope, slope.intercept) == (0, 2)
    assert np.isnan(slope.correlation)


@given(st.lists(st.tuples(st.integers(12, 60), st.integers(0, 100)), min_size=3, max_size=30))
def test_slope_equals_that_of_another_program(pairs: list[tuple[int, int]]) -> None:
    index, outcome = np.array(pairs, dtype=float).T
    assume(np.ptp(index) > 0)
    assume(np.ptp(outcome) > 0)
    slope = outcome_slope(index, outcome)
    expected = stats.linregress(index, outcome)
    covariance = np.polyfit(index, outcome, 1, cov=True)[1]  # exact where linregress takes 1 - r^2
    margin = stats.t.ppf(0.975, len(pairs) - 2) * np.sqrt(covariance[0, 0])
    assert slope is not None
    assert slope.slope == pytest.approx(expected.slope, abs=1e-9)
    assert slope.intercept == pytest.approx(expected.intercept, abs=1e-6)
    assert slope.correlation == pytest.approx(expected.rvalue, abs=1e-6)
    assert slope.high - slope.low == pytest.approx(2 * margin, abs=1e-5)
