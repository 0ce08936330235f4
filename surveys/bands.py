"""In which band a unit stands: by the probability of lying above a centre, never by an order of units.

The lowest published cells are compared with one another, as the index is (surveys.shrinkage). A unit that
contains others is placed by its own mean against everybody's. Pure arithmetic on arrays.
"""

from __future__ import annotations

import numpy as np

from surveys.arrays import BoolArray, FloatArray, TextArray
from surveys.group_statistics import GroupStatistics
from surveys.quantiles import normal_probability, student_quantile
from surveys.shrinkage import BAND_PROBABILITY, Band, shrink


def standard_errors(n: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """The standard error behind each 95 % t interval of n - 1 degrees of freedom; NaN where there is none."""
    freedom = np.where(n > 1, n - 1.0, np.nan)
    errors: FloatArray = (high - low) / 2 / student_quantile(freedom, 0.975)
    return errors


def placed(mean: FloatArray, se: FloatArray, *, centre: float, between_variance: float) -> TextArray:
    """The band of each mean against a centre, shrunken by the variance between the lowest cells.

    Posterior of a normal mean with prior Normal(centre, between_variance): weight tau2 / (se2 + tau2).
    """
    spread = se**2 + between_variance
    weight = np.divide(between_variance, spread, out=np.zeros_like(spread), where=spread > 0)
    deviation = np.sqrt(se**2 * weight)
    standing = np.where(np.isnan(mean + se), np.nan, 0.0)
    score = np.divide(weight * (mean - centre), deviation, out=standing, where=deviation > 0)
    above = normal_probability(score)
    bands: TextArray = np.select(
        [above > BAND_PROBABILITY, above < 1 - BAND_PROBABILITY, np.isfinite(above)],
        [Band.ABOVE.value, Band.BELOW.value, Band.AROUND.value],
        default=Band.UNKNOWN.value,
    )
    return bands


def behaviour_bands(
    n: FloatArray,
    mean: FloatArray,
    low: FloatArray,
    high: FloatArray,
    *,
    lowest: BoolArray,
    everybody: BoolArray,
) -> TextArray:
    """The band of each unit in one behaviour; arrays of one shape, NaN where a figure is not told. Unknown
    with fewer than eight lowest cells, and of a mean whose interval is not told.

    The lowest are compared with one another. A unit above them is compared with everybody together, the one
    cell of `everybody`: the plain mean of small teams would be no mark for hundreds of people."""
    se = standard_errors(n, low, high)
    together = mean[everybody]
    mark = float(together[0]) if together.size == 1 else float("nan")
    count = int(lowest.sum())
    alike = np.full(count, np.nan)
    shrinkage = shrink(
        GroupStatistics(
            n=np.full(count, 10, dtype=np.int64),
            mean=mean[lowest],
            sd=alike,
            se=se[lowest],
            low=alike,
            high=alike,
            pooled=np.zeros(count, dtype=np.bool_),
            pooled_sd=float("nan"),
            confidence=0.95,
        )
    )
    if shrinkage is None:
        return np.full(len(mean), Band.UNKNOWN.value)
    bands = placed(mean, se, centre=mark, between_variance=shrinkage.between_variance)
    bands[lowest] = shrinkage.band
    return bands
