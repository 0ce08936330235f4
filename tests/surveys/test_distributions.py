"""Counts of answers, bins of the index, and Wilson's interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from surveys.distributions import favourable, index_histogram, item_distribution, wilson_interval

TWO_GROUPS = np.array([0, 0, 1])


def test_item_distribution_counts_each_answer_and_leaves_missing_ones_out() -> None:
    answers = np.array([[1.0, 5.0], [1.0, np.nan], [4.0, 2.0]])
    distribution = item_distribution(answers, TWO_GROUPS, count=2, low=1, high=5)
    assert distribution.tolist() == [
        [[2, 0, 0, 0, 0], [0, 0, 0, 0, 1]],
        [[0, 0, 0, 1, 0], [0, 1, 0, 0, 0]],
    ]


@pytest.mark.parametrize("answer", [0.0, 6.0, 2.5, np.inf])
def test_item_distribution_refuses_answers_out_of_range(answer: float) -> None:
    with pytest.raises(ValueError, match="whole numbers from 1 to 5"):
        item_distribution(np.array([[answer]]), np.array([0]), count=1, low=1, high=5)


def test_histogram_bins_hold_their_lower_edge_and_the_last_also_its_upper() -> None:
    scores = np.array([12.0, 17.5, 18, 59.5, 60, np.nan])
    counts = index_histogram(scores, np.array([0, 0, 0, 1, 1, 1]), count=2, lowest=12, highest=60, bins=8)
    assert counts.tolist() == [[2, 1, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 2]]


def test_histogram_refuses_scores_out_of_range() -> None:
    with pytest.raises(ValueError, match="between 12 and 60"):
        index_histogram(np.array([11.5]), np.array([0]), count=1, lowest=12, highest=60, bins=8)


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


@given(st.integers(1, 4), st.integers(0, 40), st.integers(0, 2**32 - 1))
def test_counts_add_up_to_the_answers(count: int, n: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    answers = np.where(random.random((n, 3)) < 0.2, np.nan, random.integers(1, 6, (n, 3)))
    groups = random.integers(0, count, n)
    distribution = item_distribution(answers, groups, count=count, low=1, high=5)
    for group in range(count):
        given_answers = ~np.isnan(answers[groups == group])
        assert distribution[group].sum(axis=1).tolist() == given_answers.sum(axis=0).tolist()
    scores = answers.sum(axis=1)
    histogram = index_histogram(scores, groups, count=count, lowest=3, highest=15, bins=6)
    assert histogram.sum() == np.count_nonzero(~np.isnan(scores))
