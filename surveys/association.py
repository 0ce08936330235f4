"""The organisation's own slope of an outcome (burnout, fulfilment, hostility) on the leader index.
Association, not cause.
"""

from dataclasses import dataclass

import numpy as np

from surveys.arrays import FloatArray
from surveys.quantiles import student_quantile

# With fewer published leaders a slope over their means says too little to stand beside the studies.
MINIMUM_LEADERS_FOR_SLOPE = 30


@dataclass(frozen=True)
class Slope:
    """Least-squares line: `slope` in outcome units a point, its interval `low` to `high`, `intercept`,
    correlation, pairs.
    """

    slope: float
    low: float
    high: float
    intercept: float
    correlation: float
    n: int


def outcome_slope(index: FloatArray, outcome: FloatArray, *, confidence: float = 0.95) -> Slope | None:
    """Ordinary least squares of `outcome` (n,) on `index` (n,), with t interval of n - 2 degrees of freedom.

    Pairs with a NaN do not count; each pair (leader or person) weighs the same. None with fewer than three
    pairs or when all indices are equal. `correlation` is NaN when the outcome does not vary.
    """
    known = np.isfinite(index) & np.isfinite(outcome)
    x, y = index[known], outcome[known]
    n = int(x.size)
    if n < 3 or np.ptp(x) == 0:
        return None
    from_mean_x, from_mean_y = x - x.mean(), y - y.mean()
    squares_x, squares_y = float(from_mean_x @ from_mean_x), float(from_mean_y @ from_mean_y)
    slope = float(from_mean_x @ from_mean_y) / squares_x
    residuals = from_mean_y - slope * from_mean_x
    se = float(np.sqrt(residuals @ residuals / (n - 2) / squares_x))
    margin = float(student_quantile(n - 2, (1 + confidence) / 2)) * se
    return Slope(
        slope=slope,
        low=slope - margin,
        high=slope + margin,
        intercept=float(y.mean()) - slope * float(x.mean()),
        correlation=slope * float(np.sqrt(squares_x / squares_y)) if squares_y > 0 else float("nan"),
        n=n,
    )
