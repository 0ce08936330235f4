"""ICC(1), ICC(2) and r_wg(j) against the reference of another program, and against their definitions."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from surveys.agreement import intraclass_correlation, uniform_variance, within_group_agreement
from surveys.leader_index import score_responses
from tests.surveys.real_survey import LEADERSHIP, read_real_survey
from tests.surveys.sums import group_sums, item_sums

teams = st.lists(st.lists(st.integers(12, 60), min_size=1, max_size=8), min_size=2, max_size=6)


def test_real_survey_gives_the_reference_intraclass_correlations() -> None:
    survey = read_real_survey()
    scores = score_responses(survey.answers, LEADERSHIP).score
    correlation = intraclass_correlation(group_sums(scores, survey.units, count=survey.unit_count))
    assert correlation is not None
    assert round(correlation.icc1, 8) == 0.08795622
    assert round(correlation.icc2, 8) == 0.80075437
    assert correlation.mean_size == pytest.approx(2042 / 49)


def test_real_survey_gives_the_reference_agreement() -> None:
    survey = read_real_survey()
    sums = item_sums(survey.answers, survey.units, count=survey.unit_count)
    agreement = within_group_agreement(sums, null_variance=uniform_variance(5))
    np.testing.assert_allclose(agreement, survey.reference[:, 4], atol=5e-7)


@pytest.mark.parametrize(("levels", "variance"), [(2, 0.25), (5, 2.0), (7, 4.0)])
def test_uniform_variance_is_that_of_even_answers(levels: int, variance: float) -> None:
    assert uniform_variance(levels) == variance == np.var(np.arange(levels))


def test_scale_of_one_level_and_null_without_variance_are_refused() -> None:
    with pytest.raises(ValueError, match="two levels"):
        uniform_variance(1)
    with pytest.raises(ValueError, match="positive"):
        within_group_agreement(item_sums(np.ones((2, 1)), np.zeros(2, int), count=1), null_variance=0)


def test_agreement_is_one_when_all_agree_and_zero_beyond_chance() -> None:
    answers = np.array([[4.0, 2.0]] * 3 + [[1.0, 1.0], [5.0, 5.0]] + [[3.0, 3.0]])
    groups = np.array([0, 0, 0, 1, 1, 2])
    agreement = within_group_agreement(item_sums(answers, groups, count=4), null_variance=2.0)
    assert agreement[:2].tolist() == [1, 0]
    assert np.isnan(agreement[2:]).tolist() == [True, True]


def test_agreement_leaves_incomplete_responses_out() -> None:
    complete = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 3.0]])
    with_gap = np.vstack([complete, [5.0, np.nan]])
    expected = within_group_agreement(item_sums(complete, np.zeros(3, int), count=1), null_variance=2.0)
    actual = within_group_agreement(item_sums(with_gap, np.zeros(4, int), count=1), null_variance=2.0)
    assert actual.tolist() == expected.tolist() == pytest.approx([2 * 0.5 / (2 * 0.5 + 0.5)])


@pytest.mark.parametrize(
    ("scores", "groups"),
    [([], []), ([40.0, 41.0], [0, 0]), ([40.0, 41.0], [0, 1]), ([40.0, 40.0, 40.0], [0, 1, 1])],
    ids=["nobody", "one group", "no group of two", "no variance"],
)
def test_intraclass_correlation_is_unknown_without_variance_or_groups(
    scores: list[float], groups: list[int]
) -> None:
    sums = group_sums(np.array(scores), np.array(groups, dtype=np.int64), count=3)
    assert intraclass_correlation(sums) is None


@given(teams)
def test_intraclass_correlation_follows_from_the_analysis_of_variance(members: list[list[int]]) -> None:
    assume(any(len(team) > 1 for team in members))
    scores = np.array([score for team in members for score in team], dtype=float)
    groups = np.repeat(np.arange(len(members)), [len(team) for team in members])
    correlation = intraclass_correlation(group_sums(scores, groups, count=len(members)))
    assume(correlation is not None and correlation.within > 0)
    assert correlation is not None
    f_ratio = stats.f_oneway(*members).statistic
    assert correlation.icc2 == pytest.approx(1 - 1 / f_ratio, rel=1e-6, abs=1e-6)
    # Bliese (2000): Spearman-Brown leads from the one to the other at the average group size.
    g, icc1 = correlation.mean_size, correlation.icc1
    assert g * icc1 / (1 + (g - 1) * icc1) == pytest.approx(correlation.icc2, rel=1e-6, abs=1e-6)


@given(st.integers(2, 12), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_agreement_lies_between_nothing_and_one(n: int, items: int, seed: int) -> None:
    answers = np.random.default_rng(seed).integers(1, 6, (n, items)).astype(float)
    agreement = within_group_agreement(item_sums(answers, np.zeros(n, int), count=1), null_variance=2.0)
    variances = answers.var(axis=0, ddof=1).mean()
    assert 0 <= agreement[0] <= 1
    expected = max(0.0, items * (1 - variances / 2))
    assert agreement[0] == pytest.approx(expected / (expected + variances / 2), abs=1e-9)
