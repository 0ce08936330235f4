"""Leaders' means adjusted for small teams, three bands instead of ranks, and change between waves.

Published groups only: a mean that must not be shown must not be able to move the organisation's mean either.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from surveys.arrays import FloatArray, TextArray
from surveys.group_statistics import GroupStatistics
from surveys.quantiles import normal_probability, normal_quantile, student_quantile

# Below this many leaders the spread between leaders is too uncertain to shrink by (docs/statistics.md).
MINIMUM_LEADERS = 8
BAND_PROBABILITY = 0.95


class Band(StrEnum):
    """Where a leader stands against the organisation's mean; deliberately no rank."""

    ABOVE = "above"
    AROUND = "around"
    BELOW = "below"
    UNKNOWN = "unknown"


class Change(StrEnum):
    """Change of a leader's mean between two waves."""

    CLEAR_RISE = "clear_rise"
    NO_CLEAR_CHANGE = "no_clear_change"
    CLEAR_FALL = "clear_fall"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Shrinkage:
    """Adjusted means of K leaders; arrays have shape (K,), NaN (band: unknown) where the leader's mean or se
    is.

    `centre`: mean of the leaders' means, in points. `between_variance`: tau squared, in points squared.
    `weight`: weight on the leader's own mean, 0 to 1. `estimate`, `se` and the interval `low` to `high`: in
    points.
    `above_centre`: posterior probability, 0 to 1, of lying above `centre`. `band`: values of Band.
    """

    centre: float
    between_variance: float
    weight: FloatArray
    estimate: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    above_centre: FloatArray
    band: TextArray


@dataclass(frozen=True)
class WaveChange:
    """Later minus earlier mean of K leaders, in points, with interval; `verdict` holds values of Change.
    Shapes (K,).
    """

    difference: FloatArray
    low: FloatArray
    high: FloatArray
    verdict: TextArray


def shrink(statistics: GroupStatistics) -> Shrinkage | None:
    """Empirical-Bayes estimates of leaders' means; None below 8 leaders, who are then shown with their
    intervals alone.

    Method of moments: tau2 = max(0, var(m_j) - mean(se_j^2)) with var of ddof 1; B_j = se_j^2 / (se_j^2 +
    tau2); estimate (1 - B_j) m_j + B_j M with M the plain mean of the leaders' means. The posterior variance
    is Morris's, se_j^2 (1 - B_j) + B_j^2 var(M) + 2 B_j^2 (m_j - M)^2 / (K - 3): it pays for having estimated
    M and B, which the naive first term does not. Efron and Morris (1975), JASA 70, 311-319; Morris (1983),
    JASA 78, 47-55, his formula for equal variances, taken here leader by leader.
    """
    usable = np.isfinite(statistics.mean) & np.isfinite(statistics.se)
    mean = np.where(usable, statistics.mean, np.nan)
    error = np.where(usable, statistics.se**2, np.nan)
    leaders = int(np.count_nonzero(usable))
    if leaders < MINIMUM_LEADERS:
        return None
    centre = float(mean[usable].mean())
    between = max(0.0, float(mean[usable].var(ddof=1) - error[usable].mean()))
    spread = error + between
    # Without any variance at all every leader already stands at the centre: shrinking fully says the same.
    shrinking = np.divide(error, spread, out=np.where(usable, 1.0, np.nan), where=spread != 0)
    centre_error = float(spread[usable].sum()) / leaders**2
    distance = mean - centre
    estimated = shrinking**2 * (centre_error + 2.0 * distance**2 / (leaders - 3))
    se = np.sqrt(error * (1.0 - shrinking) + estimated)
    estimate = centre + (1.0 - shrinking) * distance
    margin = normal_quantile((1 + statistics.confidence) / 2) * se
    above = _probability_above(estimate - centre, se)
    return Shrinkage(
        centre=centre,
        between_variance=between,
        weight=1.0 - shrinking,
        estimate=estimate,
        se=se,
        low=estimate - margin,
        high=estimate + margin,
        above_centre=above,
        band=_bands(above),
    )


def change_between(earlier: GroupStatistics, later: GroupStatistics) -> WaveChange:
    """Later minus earlier mean of the same K leaders, and whether it is a clear rise, a clear fall or
    neither.

    Clear means that the interval of the difference (confidence of `later`) lies wholly above or below 0.
    Standard error sqrt(se1^2 + se2^2), degrees of freedom by Welch (1947), Biometrika 34, 28-35, from n - 1
    of each wave. Ballots of one person cannot be linked across waves, so both samples count as independent;
    people who answer alike twice make the true interval narrower, hence the verdict errs towards "no clear
    change". Raises ValueError when the shapes differ.
    """
    if earlier.n.shape != later.n.shape:
        raise ValueError("Both waves need the same leaders in the same order.")
    difference = later.mean - earlier.mean
    parts = np.stack([earlier.se**2, later.se**2])
    freedoms = np.stack([earlier.n, later.n]) - 1.0
    known = (freedoms > 0).all(axis=0) & np.isfinite(difference) & np.isfinite(parts).all(axis=0)
    variance = parts.sum(axis=0)
    penalty = np.where(known, (parts**2 / np.where(freedoms > 0, freedoms, np.nan)).sum(axis=0), np.nan)
    # No variance in either wave: the difference is exact, whatever the degrees of freedom.
    freedom = np.divide(variance**2, penalty, out=np.where(known, 1.0, np.nan), where=penalty > 0)
    margin = student_quantile(freedom, (1 + later.confidence) / 2) * np.sqrt(variance)
    low, high = difference - margin, difference + margin
    verdict = np.select(
        [low > 0, high < 0, known],
        [Change.CLEAR_RISE.value, Change.CLEAR_FALL.value, Change.NO_CLEAR_CHANGE.value],
        default=Change.UNKNOWN.value,
    )
    return WaveChange(difference=difference, low=low, high=high, verdict=verdict)


def _probability_above(distance: FloatArray, se: FloatArray) -> FloatArray:
    """P(Normal(distance, se^2) > 0); a half where both are 0, NaN where either is NaN."""
    standing = np.where(np.isnan(distance + se), np.nan, 0.0)
    score = np.divide(distance, se, out=standing, where=se > 0)
    return normal_probability(score)


def _bands(above_centre: FloatArray) -> TextArray:
    bands: TextArray = np.select(
        [
            above_centre > BAND_PROBABILITY,
            above_centre < 1 - BAND_PROBABILITY,
            np.isfinite(above_centre),
        ],
        [Band.ABOVE.value, Band.BELOW.value, Band.AROUND.value],
        default=Band.UNKNOWN.value,
    )
    return bands
