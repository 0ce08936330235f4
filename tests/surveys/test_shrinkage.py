"""Adjusted means, bands and change: worked cases, limits, and coverage by simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.arrays import FloatArray
from surveys.group_statistics import GroupStatistics, GroupSums, group_statistics
from surveys.shrinkage import Band, Change, change_between, shrink

means = st.lists(st.integers(24, 120).map(lambda step: step / 2), min_size=8, max_size=30)


def leaders(mean: FloatArray, se: FloatArray | float, n: int = 20) -> GroupStatistics:
    """Statistics with the given means and standard errors; what shrinkage does not read is filled in."""
    size = np.full(mean.shape, n)
    error = np.broadcast_to(se, mean.shape).astype(float)
    return GroupStatistics(
        n=size,
        mean=mean,
        sd=error * np.sqrt(n),
        se=error,
        low=mean - error,
        high=mean + error,
        pooled=size < 15,
        pooled_sd=9.0,
        confidence=0.95,
    )


def test_worked_case_of_eight_leaders() -> None:
    mean = np.array([38.0, 40, 42, 44, 46, 48, 50, 52])  # mean 45, variance 24
    shrunk = shrink(leaders(mean, 2.0))  # tau2 = 24 - 4 = 20, B = 4 / 24
    assert shrunk is not None
    assert (shrunk.centre, shrunk.between_variance) == pytest.approx((45, 20))
    assert shrunk.weight == pytest.approx(np.full(8, 5 / 6))
    assert shrunk.estimate == pytest.approx(45 + 5 / 6 * (mean - 45))
    morris = 4 * (1 - 1 / 6) + (1 / 6) ** 2 * (24 / 8 + 2 * (38 - 45) ** 2 / (8 - 3))
    assert shrunk.se[0] == pytest.approx(np.sqrt(morris))
    assert shrunk.low[0] == pytest.approx(shrunk.estimate[0] - 1.959964 * shrunk.se[0])
    assert shrunk.band.tolist() == [Band.BELOW] * 2 + [Band.AROUND] * 4 + [Band.ABOVE] * 2


@pytest.mark.parametrize(("n", "weight"), [(5, 0.70), (8, 0.79), (10, 0.82), (20, 0.90), (50, 0.96)])
def test_weight_on_own_mean_is_as_the_requirements_say(n: int, weight: float) -> None:
    """Requirements 4.2: single-rater reliability 0.32, so the weight is the Spearman-Brown reliability of n
    raters.
    """
    between, within = 0.32 * 11.2**2, 0.68 * 11.2**2
    error = within / n
    steps = np.array([-1.0, 1.0] * 6)
    mean = 42 + steps * np.sqrt((between + error) / steps.var(ddof=1))
    shrunk = shrink(leaders(mean, np.sqrt(error), n=n))
    assert shrunk is not None
    assert np.round(shrunk.weight, 2).tolist() == [weight] * 12


def test_below_eight_leaders_nothing_is_shrunk() -> None:
    assert shrink(leaders(np.arange(40.0, 47), 2.0)) is None
    assert shrink(leaders(np.append(np.arange(40.0, 47), np.nan), 2.0)) is None


def test_leader_without_mean_stays_unknown_and_moves_nobody() -> None:
    mean = np.arange(40.0, 58, 2)
    with_gap = shrink(leaders(np.append(mean, np.nan), 1.0))
    without = shrink(leaders(mean, 1.0))
    assert with_gap is not None
    assert without is not None
    assert np.isnan([with_gap.estimate[-1], with_gap.weight[-1], with_gap.low[-1]]).all()
    assert with_gap.band[-1] == Band.UNKNOWN
    np.testing.assert_allclose(with_gap.estimate[:-1], without.estimate)


def test_leaders_who_differ_less_than_chance_all_stand_at_the_centre() -> None:
    shrunk = shrink(leaders(np.array([40.0, 41] * 5), 5.0))
    assert shrunk is not None
    assert shrunk.between_variance == 0
    assert shrunk.weight.tolist() == [0] * 10
    assert shrunk.estimate == pytest.approx(np.full(10, 40.5))
    assert shrunk.band.tolist() == [Band.AROUND] * 10


def test_no_variance_anywhere_is_no_difference() -> None:
    shrunk = shrink(leaders(np.full(8, 40.0), 0.0))
    assert shrunk is not None
    assert shrunk.estimate.tolist() == [40] * 8
    assert shrunk.above_centre.tolist() == [0.5] * 8


@given(means, st.floats(0.1, 12))
def test_estimates_lie_between_own_mean_and_centre(mean: list[float], se: float) -> None:
    own = np.array(mean)
    shrunk = shrink(leaders(own, se))
    assert shrunk is not None
    assert (np.abs(shrunk.estimate - shrunk.centre) <= np.abs(own - shrunk.centre) + 1e-9).all()
    assert ((shrunk.weight >= 0) & (shrunk.weight <= 1)).all()
    assert (shrunk.low <= shrunk.estimate).all()
    assert (shrunk.estimate <= shrunk.high).all()


@given(means, st.floats(0.5, 12), st.integers(-20, 20))
def test_moving_everybody_moves_estimates_and_no_band(mean: list[float], se: float, shift: int) -> None:
    before, after = shrink(leaders(np.array(mean), se)), shrink(leaders(np.array(mean) + shift, se))
    assert before is not None
    assert after is not None
    np.testing.assert_allclose(after.estimate, before.estimate + shift, atol=1e-8)
    np.testing.assert_allclose(after.above_centre, before.above_centre, atol=1e-6)


@pytest.mark.parametrize(("count", "n"), [(8, 6), (12, 20), (60, 8)])
def test_interval_covers_the_true_mean_as_often_as_it_says(count: int, n: int) -> None:
    """400 organisations of reference spread; the naive interval covers 0.86, 0.93 and 0.95 of the means."""
    random = np.random.default_rng(2026)
    covered = []
    for _ in range(400):
        true = random.normal(42, 6.3, count)
        scores = random.normal(true[:, np.newaxis], 9.2, (count, n))
        sums = GroupSums(np.full(count, n), scores.sum(axis=1), (scores**2).sum(axis=1))
        shrunk = shrink(group_statistics(sums))
        assert shrunk is not None
        covered.append(np.mean((shrunk.low <= true) & (true <= shrunk.high)))
    assert 0.92 <= np.mean(covered) <= 0.97


def wave(mean: list[float], sd: float, n: list[int]) -> GroupStatistics:
    size, centre = np.array(n), np.array(mean)
    return group_statistics(
        GroupSums(size, size * centre, (size - 1) * sd**2 + size * centre**2), pooled_sd=sd
    )


def test_change_is_clear_only_when_its_interval_leaves_zero_out() -> None:
    earlier = wave([40, 40, 40, 40], sd=8, n=[30, 30, 30, 6])
    later = wave([46, 42, 34, 46], sd=8, n=[30, 30, 30, 6])
    change = change_between(earlier, later)
    assert change.difference == pytest.approx([6, 2, -6, 6])
    assert change.verdict.tolist() == [
        Change.CLEAR_RISE,
        Change.NO_CLEAR_CHANGE,
        Change.CLEAR_FALL,
        Change.NO_CLEAR_CHANGE,
    ]
    # equal spreads and sizes: 58 degrees of freedom
    assert change.high[0] - 6 == pytest.approx(2.0017 * 8 * np.sqrt(2 / 30), abs=1e-3)


def test_change_is_unknown_without_an_interval_in_both_waves() -> None:
    change = change_between(wave([40, 40], sd=8, n=[30, 1]), wave([46, 60], sd=8, n=[30, 30]))
    assert change.verdict.tolist() == [Change.CLEAR_RISE, Change.UNKNOWN]
    assert np.isnan(change.low).tolist() == [False, True]


def test_change_without_any_spread_is_exact() -> None:
    change = change_between(wave([40, 40], sd=0, n=[20, 20]), wave([41, 40], sd=0, n=[20, 20]))
    assert change.verdict.tolist() == [Change.CLEAR_RISE, Change.NO_CLEAR_CHANGE]


def test_waves_of_other_leaders_are_refused() -> None:
    with pytest.raises(ValueError, match="same leaders"):
        change_between(wave([40], sd=8, n=[30]), wave([40, 41], sd=8, n=[30, 30]))


@given(st.integers(24, 120), st.integers(24, 120), st.integers(2, 60), st.integers(2, 60), st.floats(0.5, 15))
def test_change_backwards_is_the_opposite(first: int, second: int, n1: int, n2: int, sd: float) -> None:
    earlier, later = wave([first / 2], sd, [n1]), wave([second / 2], sd, [n2])
    there, back = change_between(earlier, later), change_between(later, earlier)
    np.testing.assert_allclose([there.low, there.high], [-back.high, -back.low], atol=1e-9)
    opposite = {Change.CLEAR_RISE: Change.CLEAR_FALL, Change.CLEAR_FALL: Change.CLEAR_RISE}
    verdict = Change(there.verdict[0])
    assert back.verdict[0] == opposite.get(verdict, verdict)
