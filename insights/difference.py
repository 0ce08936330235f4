"""Difference in differences: how much more the units of a pilot moved than units that did without. No
queries.

A panel has a row for each unit and a column for each period, in the unit of measure of its outcome; NaN
where nothing is known. Each unit counts once, however many periods or people are behind it: its mean after
the start less its mean before it is one number, so that values of one unit that resemble each other do not
make the interval too narrow (Bertrand, Duflo and Mullainathan 2004, "How much should we trust
differences-in-differences estimates?", Quarterly Journal of Economics 119, 249-275, section IV.C). The
difference of the two groups' mean changes has Welch's interval over units (see `surveys/welch.py`), as
Donald and Lang (2007), "Inference with difference-in-differences and other panel data", Review of Economics
and Statistics 89, 221-233, advise for few groups. It says what the pilot did only if the groups would
otherwise have moved alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.welch import welch_interval

BEFORE, NEITHER, AFTER = -1, 0, 1  # phases of periods
LEAST_FOR_A_TREND: Final = 3  # periods before the start
FEW: Final = 5  # units a group, under which an interval says little


@dataclass(frozen=True, slots=True)
class Panel:
    """`values`: units x periods, float, NaN where nothing is known. `pilot`: for each unit whether it is
    one of the pilot. `phase`: for each period BEFORE, AFTER, or NEITHER, such as the one in which the pilot
    began.

    Raises ValueError where the shapes do not fit, a value is infinite or a phase is none of the three.
    """

    values: FloatArray
    pilot: BoolArray
    phase: IntArray

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.pilot), len(self.phase)):
            raise ValueError("A panel has a row for each unit and a column for each period.")
        if np.isinf(self.values).any():
            raise ValueError("A value of a panel is a number or not known.")
        if not np.isin(self.phase, (BEFORE, NEITHER, AFTER)).all():
            raise ValueError("A period is before the start, after it, or neither.")


@dataclass(frozen=True, slots=True)
class GroupChange:
    """The units of one group with values on both sides: how many, their mean before and after, the mean and
    the standard deviation of their changes (None of fewer than two). Means are None of no unit."""

    n: int
    before: float | None
    after: float | None
    change: float | None
    sd: float | None


@dataclass(frozen=True, slots=True)
class Contrast:
    """The pilot's mean less the comparison's, in the unit of measure, and its interval; None without a unit
    on either side, and the interval without two on each side or where no unit differs from its group."""

    value: float | None
    low: float | None
    high: float | None

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """What the panel says. `left_out`: units without a value before or without one after."""

    contrast: Contrast
    pilot: GroupChange
    comparison: GroupChange
    left_out: int

    @property
    def is_of_few(self) -> bool:
        return min(self.pilot.n, self.comparison.n) < FEW


def difference(panel: Panel, *, confidence: float = 0.95) -> Difference:
    """(mean change of the pilot's units) - (mean change of the comparison's units), with Welch's interval.

    Raises ValueError for a confidence that is not between 0 and 1.
    """
    before = _row_means(panel.values[:, panel.phase == BEFORE])
    after = _row_means(panel.values[:, panel.phase == AFTER])
    changes = after - before
    counted = ~np.isnan(changes)
    groups = [
        _group(before[of], after[of], changes[of]) for of in (panel.pilot & counted, ~panel.pilot & counted)
    ]
    contrast = _contrast(changes[panel.pilot], changes[~panel.pilot], confidence)
    return Difference(contrast, groups[0], groups[1], int((~counted).sum()))


def trend_before(panel: Panel, *, confidence: float = 0.95) -> Contrast | None:
    """Whether the groups already moved apart before the start: the difference of their mean slopes, in the
    unit of measure for each period, with Welch's interval over units. None where fewer than three periods
    lie before.

    Each unit's slope is that of least squares over its periods before the start, of units with three values
    there; a summary of each unit as in Matthews et al. (1990), "Analysis of serial measurements in medical
    research", BMJ 300, 230-235. An interval that holds 0 does not prove that the trends were parallel: with
    few units it finds large differences only (Roth 2022, "Pretest with caution", AER: Insights 4, 305-322).
    """
    (at,) = np.nonzero(panel.phase == BEFORE)
    if len(at) < LEAST_FOR_A_TREND:
        return None
    slopes = np.array([_slope(at, row) for row in panel.values[:, at]], dtype=float)
    return _contrast(slopes[panel.pilot], slopes[~panel.pilot], confidence)


def means_by_period(panel: Panel) -> tuple[list[float | None], list[float | None]]:
    """The mean of the pilot's units and of the comparison's in each period, of the units that the
    difference counts; None where none of them has a value."""
    before, after = panel.phase == BEFORE, panel.phase == AFTER
    known = ~np.isnan(panel.values)
    counted = known[:, before].any(axis=1) & known[:, after].any(axis=1)
    pilot, comparison = (
        [None if np.isnan(mean) else float(mean) for mean in _row_means(panel.values[of].T)]
        for of in (panel.pilot & counted, ~panel.pilot & counted)
    )
    return pilot, comparison


def _contrast(pilot: FloatArray, comparison: FloatArray, confidence: float) -> Contrast:
    if not 0 < confidence < 1:
        raise ValueError("The confidence of an interval lies between 0 and 1.")
    groups = [each[~np.isnan(each)] for each in (pilot, comparison)]
    n = len(groups[0]), len(groups[1])
    if not min(n):
        return Contrast(None, None, None)
    means = float(groups[0].mean()), float(groups[1].mean())
    if min(n) < 2:
        return Contrast(means[0] - means[1], None, None)
    sds = _spread(groups[0]), _spread(groups[1])
    # A width of nothing would claim certainty where two units happen to have moved alike.
    low, high = welch_interval(n, means, sds, confidence=confidence) if any(sds) else (None, None)
    return Contrast(means[0] - means[1], low, high)


def _group(before: FloatArray, after: FloatArray, changes: FloatArray) -> GroupChange:
    n = len(changes)
    if not n:
        return GroupChange(0, None, None, None, None)
    sd = _spread(changes) if n > 1 else None
    return GroupChange(n, float(before.mean()), float(after.mean()), float(changes.mean()), sd)


def _spread(found: FloatArray) -> float:
    """The standard deviation of two or more; what is rounding alone is 0."""
    sd = float(found.std(ddof=1))
    return 0.0 if sd <= 1e-12 * float(np.abs(found).max()) else sd


def _row_means(values: FloatArray) -> FloatArray:
    """The mean of what is known in each row; NaN where nothing is."""
    known = ~np.isnan(values)
    counts = known.sum(axis=1)
    sums = np.where(known, values, 0.0).sum(axis=1)
    means: FloatArray = np.divide(sums, counts, out=np.full(len(values), np.nan), where=counts > 0)
    return means


def _slope(at: IntArray, values: FloatArray) -> float:
    """Of least squares over three known values or more, for each period; else NaN."""
    known = ~np.isnan(values)
    if known.sum() < LEAST_FOR_A_TREND:
        return float("nan")
    x = at[known] - at[known].mean()
    return float(x @ values[known] / (x @ x))
