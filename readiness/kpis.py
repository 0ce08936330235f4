"""Retention and promotion velocity of a cohort: Kaplan-Meier with intervals, over people who are still being
followed.

Retention: the share of a cohort still employed 12, 24 and 36 months after entry; leaving is the
event, people still employed are censored at today. Velocity: median time from entry to the first titled role;
the appointment is the event, people still waiting are censored at today, leavers at leaving (so it reads
"among those who stay").
"""

from dataclasses import dataclass

import numpy as np

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.quantiles import normal_quantile

RETENTION_MONTHS = (12.0, 24.0, 36.0)
# Products of fractions miss a half by rounding only; nothing real lies this close to it.
HALF = 0.5 + 1e-12


@dataclass(frozen=True)
class SurvivalCurve:
    """Kaplan-Meier estimate at the E distinct times of events, ascending; arrays of shape (E,).

    `at_risk`: people followed until at least that time. `events`: how many had the event then. `survival`:
    share without the event just after that time. `variance`: Greenwood's sum, the variance of log survival;
    infinite once survival is 0.
    `durations`, `happened` (n,): what the curve was made of.
    """

    times: FloatArray
    at_risk: IntArray
    events: IntArray
    survival: FloatArray
    variance: FloatArray
    durations: FloatArray
    happened: BoolArray


@dataclass(frozen=True)
class ShareAt:
    """Share without the event at `time`, 0 to 1, with interval; all None when nobody was followed that long.

    `known`: people whose state at `time` is known; a page suppresses small ones by it.
    """

    time: float
    known: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Median:
    """Median time to the event and its interval, in the unit of the durations; None: not reached (yet).

    `n`: people followed, `events`: how many had the event.
    """

    n: int
    events: int
    median: float | None
    low: float | None
    high: float | None


def survival_curve(durations: FloatArray, happened: BoolArray) -> SurvivalCurve:
    """The product-limit estimate of Kaplan and Meier (1958), JASA 53, 457-481, with Greenwood's (1926)
    variance.

    `durations` (n,): time from entry to the event or to the end of follow-up, finite and not negative, in any
    one unit.
    `happened` (n,): True for the event, False for censored. At equal times events come before censoring.
    Raises ValueError for other shapes or durations.
    """
    if durations.ndim != 1 or durations.shape != happened.shape:
        raise ValueError("Durations and events need one and the same shape (n,).")
    if not (np.isfinite(durations) & (durations >= 0)).all():
        raise ValueError("Durations must be finite and not negative.")
    times, events = np.unique(durations[happened], return_counts=True)
    at_risk = len(durations) - np.searchsorted(np.sort(durations), times, side="left")
    remaining = (at_risk - events).astype(np.float64)
    survival = np.cumprod(remaining / at_risk, dtype=np.float64)
    hazard = np.full(times.shape, np.inf)
    np.divide(events, at_risk * remaining, out=hazard, where=remaining > 0)
    return SurvivalCurve(
        times=times,
        at_risk=at_risk.astype(np.int64),
        events=events.astype(np.int64),
        survival=survival,
        variance=np.cumsum(hazard),
        durations=durations,
        happened=happened,
    )


def shares_at(
    curve: SurvivalCurve, times: tuple[float, ...] = RETENTION_MONTHS, *, confidence: float = 0.95
) -> tuple[ShareAt, ...]:
    """Share without the event at each time, with the log-log interval S ** exp(±z sqrt(variance) / log S).

    Kalbfleisch and Prentice (1980), The statistical analysis of failure time data. Where S is 1 or 0 that
    interval does not exist; there the exact binomial limit of Clopper and Pearson (1934), Biometrika 26,
    404-413, over the people whose state is known stands in, so that three people who all stayed do not read
    as "100 % to 100 %". Beyond the longest follow-up nothing is known, unless everybody has had the event.
    """
    return tuple(_share_at(curve, time, confidence) for time in times)


def median_time(curve: SurvivalCurve, *, confidence: float = 0.95) -> Median:
    """The first time at which survival is at most a half; interval of Brookmeyer and Crowley (1982),
    Biometrics 38, 29-41.

    The interval holds the times at which a survival of a half is compatible with the log-log interval: from
    the first time at which its lower limit is at most a half to the first at which its upper limit is; None
    where that never happens.
    """
    low, high = log_log_interval(curve.survival, curve.variance, confidence=confidence)
    return Median(
        n=len(curve.durations),
        events=int(curve.events.sum()),
        median=_first(curve.times, curve.survival <= HALF),
        low=_first(curve.times, low <= HALF),
        high=_first(curve.times, high <= HALF),
    )


def log_log_interval(
    survival: FloatArray, variance: FloatArray, *, confidence: float
) -> tuple[FloatArray, FloatArray]:
    """Limits S ** exp(±z sqrt(variance) / log S) of each survival, shape (E,).

    Where survival is 0 or 1 there is no such interval and both are NaN.
    """
    inside = (survival > 0) & (survival < 1)
    log_survival = np.log(np.where(inside, survival, 0.5))
    spread = normal_quantile((1 + confidence) / 2) * np.sqrt(np.where(inside, variance, 0.0)) / -log_survival
    low = np.where(inside, np.exp(log_survival * np.exp(spread)), np.nan)
    high = np.where(inside, np.exp(log_survival * np.exp(-spread)), np.nan)
    return low, high


def _share_at(curve: SurvivalCurve, time: float, confidence: float) -> ShareAt:
    known = int(np.count_nonzero((curve.durations >= time) | curve.happened & (curve.durations <= time)))
    step = int(np.searchsorted(curve.times, time, side="right")) - 1
    share = float(curve.survival[step]) if step >= 0 else 1.0
    followed = len(curve.durations) > 0 and float(curve.durations.max()) >= time
    if share > 0 and not followed:
        return ShareAt(time, known, None, None, None)
    tail = ((1 - confidence) / 2) ** (1 / known)
    if share == 1:
        return ShareAt(time, known, 1.0, tail, 1.0)
    if share == 0:
        return ShareAt(time, known, 0.0, 0.0, 1 - tail)
    at = slice(step, step + 1)
    low, high = log_log_interval(curve.survival[at], curve.variance[at], confidence=confidence)
    return ShareAt(time, known, share, float(low[0]), float(high[0]))


def _first(times: FloatArray, reached: BoolArray) -> float | None:
    return float(times[np.argmax(reached)]) if reached.any() else None
