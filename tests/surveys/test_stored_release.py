"""What is stored of a wave: nothing in it depends on a withheld cell; what rests on several figures."""

from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.agreement import intraclass_correlation
from surveys.arrays import FloatArray, IntArray
from surveys.group_statistics import GroupStatistics, GroupSums
from surveys.stored_release import StoredRelease, _correlation, store_release
from tests.surveys.sums import sums_of
from tests.surveys.test_release import QUESTIONNAIRE

UNITS, EACH, SD = 12, 10, 7.0


def statistics(mean: np.ndarray[tuple[int], np.dtype[np.float64]], told: int) -> GroupStatistics:
    """Twelve units of ten people with the same spread; the first `told` of them tell it."""
    known = np.where(np.arange(UNITS) < told, SD, np.nan)
    blank = np.full(UNITS, np.nan)
    return GroupStatistics(
        n=np.full(UNITS, EACH),
        mean=mean,
        sd=known,
        se=blank,
        low=blank,
        high=blank,
        pooled=np.zeros(UNITS, dtype=np.bool_),
        pooled_sd=SD,
        confidence=0.95,
    )


def test_units_that_keep_their_spread_to_themselves_still_count_among_the_means() -> None:
    mean = np.array([44.0] * 8 + [30.0, 34.0, 54.0, 58.0])
    n = np.full(UNITS, EACH)
    exact = intraclass_correlation(GroupSums(n, n * mean, (n - 1) * SD**2 + n * mean**2))
    stored = _correlation(statistics(mean, told=8), np.ones(UNITS, dtype=np.bool_))
    assert exact is not None
    assert stored is not None
    assert stored.icc1 == pytest.approx(exact.icc1)
    assert stored.icc1 > 0.4


def stored(parent: list[int], answers: FloatArray, units: IntArray) -> StoredRelease:
    sums = sums_of(QUESTIONNAIRE, answers, units, len(parent))
    return store_release(np.array(parent), sums, QUESTIONNAIRE, threshold=5)


def drawn(sizes: list[int], seed: int = 1) -> tuple[FloatArray, IntArray]:
    units = np.repeat(np.arange(len(sizes)), sizes)
    return np.random.default_rng(seed).integers(1, 6, (len(units), 5)).astype(float), units


def test_a_unit_counts_the_people_below_it() -> None:
    release = stored([-1, 0, 0], *drawn([0, 12, 15]))
    assert release.index.statistics.n.tolist() == [27, 12, 15, 27]
    assert release.lowest.tolist() == [False, True, True, False]
    assert [item.n.tolist() for item in release.items] == [[27, 12, 15, 27]] * 5


def test_few_units_are_neither_shrunk_nor_correlated() -> None:
    release = stored([-1] * 7, *drawn([20] * 7))
    assert release.shrinkage is None
    assert release.correlation is None
    release = stored([-1] * 8, *drawn([20] * 8))
    assert release.shrinkage is not None
    assert release.correlation is not None
    assert release.shrunken.tolist() == [*range(8), -1]


def figures(release: StoredRelease) -> list[object]:
    """Everything of a release that is ever written, its certificate included."""
    shown = release.published
    parts: list[object] = [release.state.tolist(), release.lowest.tolist(), astuple(release.findings)]
    for means in (release.index, *release.scales):
        parts += [means.published.tolist(), np.nan_to_num(means.value).tolist(), means.bound.tolist()]
        for name in ("n", "mean", "sd", "se", "low", "high"):
            parts.append(np.nan_to_num(getattr(means.statistics, name)).round(9).tolist())
    for told in (release.histogram, *release.items):
        parts += [told.spans, np.where(shown, told.n, 0).tolist()]
    parts += [np.nan_to_num(release.agreement).tolist(), release.correlation]
    if release.shrinkage is not None:
        parts += [release.shrinkage.estimate.tolist(), release.shrinkage.band.tolist()]
    return parts


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.integers(1, 4), min_size=2, max_size=5),
    st.lists(st.integers(5, 14), max_size=5),
    st.integers(0, 2**16),
)
def test_moving_answers_between_withheld_units_changes_nothing(
    small: list[int], large: list[int], seed: int
) -> None:
    """Swap the answers of two people in different withheld units of one parent: no figure tells, nor does the
    certificate."""
    sizes = [0, *small, *large]
    parent = [-1] + [0] * (len(sizes) - 1)
    answers, units = drawn(sizes, seed)
    release = stored(parent, answers, units)
    assert not release.published[1 : 1 + len(small)].any()
    swapped = answers.copy()
    one, other = int(np.argmax(units == 1)), int(np.argmax(units == 2))
    swapped[[one, other]] = answers[[other, one]]
    assert figures(stored(parent, swapped, units)) == figures(release)
