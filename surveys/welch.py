"""The interval of a difference between two means whose groups may spread differently."""

from __future__ import annotations

import math

from surveys.quantiles import student_quantile


def welch_interval(
    n: tuple[int, int], mean: tuple[float, float], sd: tuple[float, float], *, confidence: float = 0.95
) -> tuple[float, float]:
    """Between which values the first mean less the second lies; `n` of at least 2, in the means' units.

    Raises ValueError for fewer people, a negative spread or no confidence between 0 and 1. Welch (1947), "The
    generalization of 'Student's' problem when several different population variances are involved",
    Biometrika 34, 28-35; degrees of freedom by Satterthwaite (1946), Biometrics Bulletin 2, 110-114.
    """
    if min(n) < 2 or min(sd) < 0:
        raise ValueError("Each group needs two people and a spread that is not negative.")
    if not 0 < confidence < 1:
        raise ValueError("The confidence of an interval lies between 0 and 1.")
    difference = mean[0] - mean[1]
    parts = [spread**2 / people for spread, people in zip(sd, n, strict=True)]
    variance = sum(parts)
    if variance == 0:
        return difference, difference
    shares = [part / variance for part in parts]
    freedom = 1 / sum(share**2 / (people - 1) for share, people in zip(shares, n, strict=True))
    margin = float(student_quantile(freedom, (1 + confidence) / 2)) * math.sqrt(variance)
    return difference - margin, difference + margin
