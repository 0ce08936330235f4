"""What the fairness report tells of groups, and the intervals of figures that are coarse. Pure arithmetic.

The figures come out of one database function (mentoring/sql/fairness.sql), already in steps; nothing finer
exists outside it. So intervals rest on what is told, and on nothing more: a number of people is the lowest of
its step, and a figure may lie half a step to either side. They are wider than the exact ones, never narrower.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentoring.satisfaction import HIGHEST, LEAST_TOLD, LOWEST, MOST_TOLD
from surveys.distributions import wilson_interval
from surveys.quantiles import student_quantile

MANY = 10  # people; of fewer a share stays further from its ends
HALF_SHARE = 5  # percent: half a step of shares
HALF_MEAN = 0.125  # of the scale from 1 to 5: half a step of means

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Group:
    """One group, or several told together, as the database tells them.

    `people`, `raters`: at least so many, in steps of five. `share`: percent who have had a chair sponsor, in
    steps of ten. `satisfaction`: mean of raters, 1.5 to 4.5 in quarter steps; None, with `raters`, where it
    is hidden. `waiting`: more than half still wait for a titled role, by the estimate. `median`, `low`,
    `high`: years from entering to the first one, in halves; None where it is not reached or rests on fewer
    than five roles.
    """

    names: str
    people: int
    share: int
    raters: int | None
    satisfaction: float | None
    waiting: bool
    median: float | None
    low: float | None
    high: float | None


def share_range(share: int, people: int) -> Range:
    """Between which percentages the true share of a group lies that is told as `share` percent."""
    least = 10 if people >= MANY else 20
    low = 0 if share <= least else share - HALF_SHARE
    return low, 100 if share >= 100 - least else share + HALF_SHARE


def share_interval(share: int, people: int) -> Range:
    """95 % interval in percent, 0 to 100: the limits of Wilson (1927), JASA 22, 209-212, of the two ends of
    the range. `people` >= 1."""
    ends = np.array(share_range(share, people)) / 100
    limits = wilson_interval(ends * people, np.full(2, people))  # type: ignore[arg-type]  # a share has no whole count
    return 100 * float(limits.low[0]), 100 * float(limits.high[1])


def mean_range(mean: float) -> Range:
    """Between which means, 1 to 5, the true one lies that is told as `mean`."""
    low = LOWEST if mean <= LEAST_TOLD else mean - HALF_MEAN
    return low, HIGHEST if mean >= MOST_TOLD else mean + HALF_MEAN


def mean_interval(mean: float, raters: int, spread: float) -> Range:
    """95 % t interval (Student 1908, Biometrika 6, 1-25) round the range of a mean, within 1 to 5.

    `spread`: standard deviation over the whole organisation, for that of five ratings would, with their mean,
    leave few possibilities for each. `raters` >= 2."""
    margin = float(student_quantile(raters - 1.0, 0.975)) * spread / raters**0.5
    low, high = mean_range(mean)
    return max(LOWEST, low - margin), min(HIGHEST, high + margin)
