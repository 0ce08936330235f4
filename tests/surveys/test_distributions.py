"""The favourable share and Wilson's interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from surveys.distributions import favourable, wilson_interval


def test_favourable_is_the_share_of_fours_and_fives() -> None:
    shares = favourable(np.array([[[1, 2, 3, 10, 4]], [[0, 0, 0, 0, 0]]]))
    assert shares.share[0] == pytest.approx([0.7])
    assert np.isnan([shares.share[1], shares.low[1], shares.high[1]]).all()


@pytest.mark.parametrize("levels", [0, 5])
def test_favourable_is_neither_no_level_nor_all(levels: int) -> None:
    with pytest.raises(ValueError, match="some, not all"):
        favourable(np.array([1, 1, 1, 1, 1]), levels_counted=levels)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval_is_as_published(successes: int, n: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3."""
    interval = wilson_interval(np.array([successes]), np.array([n]))
    assert (round(float(interval.low[0]), 4), round(float(interval.high[0]), 4)) == (low, high)


@pytest.mark.parametrize(("successes", "n"), [(-1, 4), (5, 4)])
def test_impossible_successes_are_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson_interval(np.array([successes]), np.array([n]))


@given(st.integers(1, 3000), st.data(), st.floats(0.5, 0.999))
def test_wilson_interval_equals_that_of_another_program(
    n: int, data: st.DataObject, confidence: float
) -> None:
    successes = data.draw(st.integers(0, n))
    interval = wilson_interval(np.array([successes]), np.array([n]), confidence=confidence)
    expected = stats.binomtest(successes, n).proportion_ci(confidence, method="wilson")
    assert (interval.low[0], interval.high[0]) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert 0 <= interval.low[0] <= successes / n <= interval.high[0] <= 1
