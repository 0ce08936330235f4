"""What rests on several stored figures."""

from __future__ import annotations

import numpy as np
import pytest

from surveys.agreement import intraclass_correlation
from surveys.group_statistics import GroupStatistics, GroupSums
from surveys.stored_release import _correlation

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
