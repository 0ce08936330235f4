"""The interval of a difference of two means."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from surveys.welch import welch_interval

PEOPLE = st.tuples(st.integers(2, 400), st.integers(2, 400))
MEANS = st.tuples(st.floats(1, 5), st.floats(1, 5))
SPREADS = st.tuples(st.floats(0.05, 2), st.floats(0.05, 2))


@given(PEOPLE, MEANS, SPREADS)
def test_it_is_that_of_scipy(n: tuple[int, int], mean: tuple[float, float], sd: tuple[float, float]) -> None:
    """Two samples that have these means and spreads exactly."""
    samples = []
    for people, centre, spread in zip(n, mean, sd, strict=True):
        shape = np.arange(people) - (people - 1) / 2
        samples.append(centre + shape * spread / shape.std(ddof=1))
    found = stats.ttest_ind(*samples, equal_var=False).confidence_interval(0.95)
    assert welch_interval(n, mean, sd) == pytest.approx((found.low, found.high), rel=1e-6, abs=1e-9)


@given(PEOPLE, MEANS, SPREADS)
def test_it_holds_the_difference_and_turns_round_with_it(
    n: tuple[int, int], mean: tuple[float, float], sd: tuple[float, float]
) -> None:
    low, high = welch_interval(n, mean, sd)
    assert low < mean[0] - mean[1] < high
    turned = welch_interval(n[::-1], mean[::-1], sd[::-1])
    assert turned == pytest.approx((-high, -low))


@given(PEOPLE, SPREADS)
def test_more_people_and_less_confidence_make_it_narrower(
    n: tuple[int, int], sd: tuple[float, float]
) -> None:
    def width(people: tuple[int, int], confidence: float = 0.95) -> float:
        low, high = welch_interval(people, (0, 0), sd, confidence=confidence)
        return high - low

    assert width((2 * n[0], 2 * n[1])) < width(n)
    assert width(n, 0.9) < width(n)


def test_without_any_spread_the_difference_is_exact() -> None:
    assert welch_interval((10, 10), (4.0, 3.0), (0.0, 0.0)) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("n", "sd", "confidence"),
    [((1, 10), (1.0, 1.0), 0.95), ((10, 10), (-1.0, 1.0), 0.95), ((10, 10), (1.0, 1.0), 1.0)],
)
def test_what_has_no_interval_is_refused(
    n: tuple[int, int], sd: tuple[float, float], confidence: float
) -> None:
    with pytest.raises(ValueError, match=r"needs two people|lies between"):
        welch_interval(n, (4.0, 3.0), sd, confidence=confidence)
