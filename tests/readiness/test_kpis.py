"""Kaplan-Meier by hand, against a published worked example, and against statsmodels."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight

from readiness.kpis import Median, median_time, shares_at, survival_curve
from surveys.arrays import BoolArray, FloatArray

# Weeks of remission of the 21 patients on 6-MP, Freireich et al. (1963), Blood 21, 699-716; a minus marks
# censoring. The textbooks' example: Kalbfleisch and Prentice (1980), Klein and Moeschberger (2003).
REMISSION = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]

EXACT = 1e-9  # of what statsmodels gives

cohorts = st.lists(st.tuples(st.integers(0, 48), st.booleans()), min_size=1, max_size=40)


def follow(times: list[int]) -> tuple[FloatArray, BoolArray]:
    """Durations and events from times of which the censored ones are negative."""
    signed = np.array(times, dtype=float)
    return np.abs(signed), signed > 0


def arrays(cohort: list[tuple[int, bool]]) -> tuple[FloatArray, BoolArray]:
    return np.array([float(time) for time, _ in cohort]), np.array([event for _, event in cohort])


def test_curve_of_five_people_by_hand() -> None:
    """Leaving at 6 and 18 months; still employed after 12, 30 and 30: 4/5, then 4/5 * 2/3."""
    curve = survival_curve(*follow([6, -12, 18, -30, -30]))
    assert curve.times.tolist() == [6, 18]
    assert curve.at_risk.tolist() == [5, 3]
    assert curve.events.tolist() == [1, 1]
    assert curve.survival == pytest.approx([4 / 5, 8 / 15])
    assert curve.variance == pytest.approx([1 / 20, 1 / 20 + 1 / 6])
    year, two, three = shares_at(curve)
    assert (year.share, two.share) == pytest.approx((4 / 5, 8 / 15))
    assert (three.share, three.low, three.high) == (None, None, None)
    assert (year.known, two.known, three.known) == (5, 4, 2)
    # 0.8 ** exp(±1.959964 * sqrt(0.05) / log 0.8) = 0.8 ** exp(∓1.964033)
    assert (year.low, year.high) == pytest.approx((0.2038093, 0.9691798), abs=1e-6)


def test_remission_gives_the_published_survival_and_errors() -> None:
    curve = survival_curve(*follow(REMISSION))
    assert curve.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert np.round(curve.survival, 3).tolist() == [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448]
    errors = np.round(curve.survival * np.sqrt(curve.variance), 4)
    assert errors.tolist() == [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]


def test_remission_gives_the_published_log_log_limits() -> None:
    limits = shares_at(survival_curve(*follow(REMISSION)), (6, 10, 22, 23))
    assert [(round(at.low or 0, 3), round(at.high or 0, 3)) for at in limits] == [
        (0.620, 0.952),
        (0.503, 0.889),
        (0.268, 0.747),
        (0.188, 0.680),
    ]


def test_remission_gives_the_published_median() -> None:
    median = median_time(survival_curve(*follow(REMISSION)))
    assert median == Median(n=21, events=9, median=23, low=13, high=None)


def test_shares_hold_from_the_event_on_and_until_the_next() -> None:
    curve = survival_curve(*follow([12, -24, -24, -24]))
    assert [at.share for at in shares_at(curve, (11.99, 12, 24, 24.01))] == [1, 0.75, 0.75, None]


def test_nobody_left_is_not_certainty() -> None:
    (year,) = shares_at(survival_curve(*follow([-12, -20, -30])), (12,))
    assert (year.known, year.share, year.high) == (3, 1, 1)
    assert year.low == pytest.approx(0.025 ** (1 / 3))


def test_everybody_left_stays_known_for_ever() -> None:
    (three,) = shares_at(survival_curve(*follow([3, 5])), (36,))
    assert (three.known, three.share, three.low) == (2, 0, 0)
    assert three.high == pytest.approx(1 - 0.025**0.5)


def test_nobody_at_all_has_no_retention_and_no_median() -> None:
    curve = survival_curve(np.array([]), np.array([], dtype=bool))
    assert [at.share for at in shares_at(curve)] == [None, None, None]
    assert median_time(curve) == Median(n=0, events=0, median=None, low=None, high=None)


def test_median_is_not_reached_while_more_than_half_wait() -> None:
    assert median_time(survival_curve(*follow([4, -9, -9]))).median is None


def test_median_is_reached_at_exactly_a_half() -> None:
    """3/4 * 2/3 is a half on paper and a hair more in floating point."""
    assert median_time(survival_curve(*follow([1, 2, -3, -3]))).median == 2
    assert median_time(survival_curve(*follow([1, 2, 3, -4, -4, -4]))).median == 3


@pytest.mark.parametrize(
    ("durations", "happened", "message"),
    [
        ([1.0, 2.0], [True], "same shape"),
        ([-1.0], [True], "not negative"),
        ([np.nan], [False], "finite"),
        ([np.inf], [False], "finite"),
    ],
)
def test_impossible_durations_are_refused(durations: list[float], happened: list[bool], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        survival_curve(np.array(durations), np.array(happened))


@given(cohorts)
def test_curve_and_limits_equal_those_of_statsmodels(cohort: list[tuple[int, bool]]) -> None:
    durations, happened = arrays(cohort)
    curve, theirs = survival_curve(durations, happened), SurvfuncRight(durations, happened.astype(int))
    inside = (curve.survival > 0) & (curve.survival < 1)
    assume(inside.any())
    assert curve.times.tolist() == theirs.surv_times.tolist()
    np.testing.assert_allclose(curve.survival, theirs.surv_prob, rtol=0, atol=EXACT)
    survival, error = theirs.surv_prob[inside], theirs.surv_prob_se[inside]
    np.testing.assert_allclose(
        curve.survival[inside] * np.sqrt(curve.variance[inside]), error, rtol=0, atol=EXACT
    )
    middle, half = np.log(-np.log(survival)), stats.norm.ppf(0.975) * error / (survival * -np.log(survival))
    shares = shares_at(curve, tuple(curve.times[inside]))
    np.testing.assert_allclose([at.low for at in shares], np.exp(-np.exp(middle + half)), rtol=0, atol=EXACT)
    np.testing.assert_allclose([at.high for at in shares], np.exp(-np.exp(middle - half)), rtol=0, atol=EXACT)


@given(cohorts)
def test_median_and_its_interval_equal_those_of_statsmodels(cohort: list[tuple[int, bool]]) -> None:
    """Where survival is never exactly a half: there statsmodels waits for the next event, as SAS does."""
    durations, happened = arrays(cohort)
    curve, theirs = survival_curve(durations, happened), SurvfuncRight(durations, happened.astype(int))
    assume(len(curve.times) and curve.survival[-1] > 0 and (abs(curve.survival - 0.5) > EXACT).all())
    found, (low, high) = median_time(curve), theirs.quantile_ci(0.5)
    assert found.median == pytest.approx(_or_none(theirs.quantile(0.5)), abs=EXACT)
    assume(np.isfinite(low))  # no event lies in the interval
    assert (found.low, found.high) == (low, _or_none(high))


def _or_none(time: float) -> float | None:
    return float(time) if np.isfinite(time) else None


@given(st.lists(st.integers(0, 48), min_size=1, max_size=40), st.integers(0, 48))
def test_without_censoring_retention_is_a_plain_share(times: list[int], time: int) -> None:
    curve = survival_curve(np.array(times, dtype=float), np.ones(len(times), dtype=bool))
    (at,) = shares_at(curve, (time,))
    assert at.known == len(times)
    assert at.share == pytest.approx(np.mean(np.array(times) > time))
    assert median_time(curve).median == np.sort(times)[(len(times) - 1) // 2]


@given(cohorts, st.integers(1, 48))
def test_shares_fall_with_time_and_lie_in_their_intervals(cohort: list[tuple[int, bool]], step: int) -> None:
    shares = shares_at(survival_curve(*arrays(cohort)), (0, step, 2 * step))
    known = [at for at in shares if at.share is not None]
    assert [at.share for at in shares[: len(known)]] == [at.share for at in known]  # never known again later
    for at in known:
        assert at.low is not None
        assert at.high is not None
        assert at.share is not None
        assert 0 <= at.low <= at.share <= at.high <= 1
    falling = [at.share for at in known if at.share is not None]
    assert falling == sorted(falling, reverse=True)


@given(cohorts)
def test_interval_of_the_median_holds_the_median(cohort: list[tuple[int, bool]]) -> None:
    median = median_time(survival_curve(*arrays(cohort)))
    if median.median is not None and median.low is not None:
        assert median.low <= median.median
    if median.high is not None:
        assert median.median is not None
        assert median.median <= median.high
