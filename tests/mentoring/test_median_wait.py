"""The median wait in the database: by hand, and the same as readiness/kpis.py finds."""

from __future__ import annotations

import random

import numpy as np
import pytest
from django.db import connection

from readiness.kpis import median_time, survival_curve

pytestmark = pytest.mark.django_db
Found = tuple[int | None, int | None, int | None]
# Weeks of remission on 6-MP, Freireich et al. (1963), Blood 21, 699-716; a minus marks who was still well.
REMISSION = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]


def median_wait(times: list[int]) -> Found:
    """Median, low and high of times of which those of people who still wait are negative."""
    with connection.cursor() as cursor:
        asked = [[abs(time) for time in times], [time > 0 for time in times]]
        cursor.execute("SELECT median, low, high FROM mentoring_median_wait(%s::int[], %s::bool[])", asked)
        row = cursor.fetchone()
        assert row is not None
        return row[0], row[1], row[2]


@pytest.mark.usefixtures("in_mercy")
@pytest.mark.parametrize(
    ("times", "found"),
    [
        # 4/5, then 4/5 * 2/3 = 8/15 still wait, and nobody follows: more than half.
        ([6, -12, 18, -30, -30], (None, 6, None)),
        # 3/4, then 2/4: half have it at the second. At 1 the lower limit is 0.75 ** exp(1.96 * 1.003) = 0.13.
        ([1, 2, -9, -9], (2, 1, None)),
        ([3, 3, 3], (3, None, None)),  # all at once: no logarithm of nothing, and so no interval
        ([-5, -6], (None, None, None)),
        ([], (None, None, None)),
        (REMISSION, (23, 13, None)),
    ],
)
def test_medians_by_hand(times: list[int], found: Found) -> None:
    assert median_wait(times) == found


@pytest.mark.usefixtures("in_mercy")
def test_it_is_the_arithmetic_of_the_dashboard() -> None:
    dice = random.Random(2026)
    for _number in range(200):
        times = [dice.randint(1, 12) * dice.choice([1, 1, -1]) for _person in range(dice.randint(1, 40))]
        signed = np.array(times, dtype=float)
        other = median_time(survival_curve(np.abs(signed), signed > 0))
        assert median_wait(times) == (other.median, other.low, other.high), times
