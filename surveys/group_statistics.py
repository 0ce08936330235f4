"""Mean, spread and interval of many groups at once, from the sums that one SQL statement supplies.

Conventions (docs/statistics.md): sd with ddof 1; t interval with n - 1 degrees of freedom; a group of fewer
than 15 borrows the pooled within-group sd, because its own is too uncertain. No finite-population correction:
even a census measures one moment.
"""

from dataclasses import dataclass

import numpy as np

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.quantiles import student_quantile

POOLED_SD_BELOW = 15


@dataclass(frozen=True)
class GroupSums:
    """Sufficient statistics of K groups, each of shape (K,): count, sum and sum of squares of the scores.

    Raises ValueError for shapes that differ, negative counts, an empty group with a sum, or a sum of squares
    that is impossible for its sum.
    """

    n: IntArray
    total: FloatArray
    total_squares: FloatArray

    def __post_init__(self) -> None:
        if not (self.n.ndim == 1 and self.n.shape == self.total.shape == self.total_squares.shape):
            raise ValueError("Counts, sums and sums of squares need one and the same shape (K,).")
        if (self.n < 0).any() or not np.isfinite(self.total + self.total_squares).all():
            raise ValueError("Counts must not be negative, sums must be finite.")
        if ((self.n == 0) & ((self.total != 0) | (self.total_squares != 0))).any():
            raise ValueError("A group without respondents cannot have a sum.")
        if (self.total**2 > self.n * self.total_squares * (1 + 1e-9) + 1e-9).any():
            raise ValueError("A sum of squares is smaller than its sum allows.")

    def mean(self) -> FloatArray:
        """Group means, shape (K,); NaN where n is 0."""
        unknown: FloatArray = np.full(self.n.shape, np.nan)
        return np.divide(self.total, self.n, out=unknown, where=self.n > 0)

    def squares_within(self) -> FloatArray:
        """Sum of squared deviations from the group's mean, shape (K,); 0 where n is 0.

        What is smaller than the rounding error of the sum of squares counts as no deviation at all.
        """
        around_zero = np.divide(self.total**2, self.n, out=np.zeros(self.n.shape), where=self.n > 0)
        deviations = self.total_squares - around_zero
        noise = 64 * np.finfo(np.float64).eps * self.total_squares
        squares: FloatArray = np.where(deviations <= noise, 0.0, deviations)
        return squares

    def pooled_sd(self) -> float:
        """Square root of all squares within over N - K, in points; NaN when no group has two respondents."""
        freedom = int(np.maximum(self.n - 1, 0).sum())
        return float(np.sqrt(self.squares_within().sum() / freedom)) if freedom else float("nan")


@dataclass(frozen=True)
class GroupStatistics:
    """What is known about the mean of each of K groups; every array has shape (K,), NaN where it cannot be
    computed.

    `mean`, `sd` (own, ddof 1), `se` and the interval `low` to `high` are in points. `pooled` marks groups
    whose `se` rests on `pooled_sd` instead of their own sd. `confidence` is the interval's, between 0 and 1.
    """

    n: IntArray
    mean: FloatArray
    sd: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    pooled: BoolArray
    pooled_sd: float
    confidence: float


def group_statistics(
    sums: GroupSums, *, pooled_sd: float | None = None, confidence: float = 0.95
) -> GroupStatistics:
    """Mean, sd, standard error and t interval of each group.

    The interval is mean ± t(n - 1) * s / sqrt(n); s is the group's own sd from 15 respondents, the pooled sd
    below. Pass the organisation's `pooled_sd` when `sums` holds only some of its groups; otherwise it is
    computed from `sums`. The interval needs n >= 2. Student (1908), Biometrika 6, 1-25; the choice of s is
    ours.
    """
    if not 0 < confidence < 1:
        raise ValueError("The confidence of an interval lies between 0 and 1.")
    n, mean = sums.n, sums.mean()
    shared_sd = sums.pooled_sd() if pooled_sd is None else pooled_sd
    freedom = np.where(n > 1, n - 1.0, np.nan)
    sd = np.sqrt(sums.squares_within() / freedom)
    pooled = n < POOLED_SD_BELOW
    se = np.where(pooled, shared_sd, sd) / np.sqrt(np.where(n > 0, n, np.nan))
    margin = student_quantile(freedom, (1 + confidence) / 2) * se
    return GroupStatistics(
        n=n,
        mean=mean,
        sd=sd,
        se=se,
        low=mean - margin,
        high=mean + margin,
        pooled=pooled,
        pooled_sd=shared_sd,
        confidence=confidence,
    )
