"""Does the instrument separate leaders at all, and do the people of one team agree: ICC(1), ICC(2), r_wg(j).

Conventions of Bliese (2000), "Within-group agreement, non-independence, and reliability", in Klein and
Kozlowski (eds.), Multilevel theory, research, and methods in organizations, 349-381; the same as in his R
package `multilevel`, against which the tests compare.
"""

from dataclasses import dataclass

import numpy as np

from surveys.arrays import FloatArray, IntArray
from surveys.group_statistics import GroupSums


@dataclass(frozen=True)
class IntraclassCorrelation:
    """One-way analysis of variance over groups.

    `icc1`: reliability of one respondent's score, share of variance between groups (may be slightly
    negative).
    `icc2`: reliability of the group means (at most 1; negative when groups differ less than chance).
    `mean_size`: average group size. `between`, `within`: mean squares, in points squared.
    """

    icc1: float
    icc2: float
    mean_size: float
    between: float
    within: float


@dataclass(frozen=True)
class ItemSums:
    """Sufficient statistics of J items in K groups: `n` (K,), `total` and `total_squares` (K, J), complete
    responses only.
    """

    n: IntArray
    total: FloatArray
    total_squares: FloatArray


def intraclass_correlation(sums: GroupSums) -> IntraclassCorrelation | None:
    """ICC(1) = (MSB - MSW) / (MSB + (g - 1) MSW) and ICC(2) = (MSB - MSW) / MSB, g the average group size N /
    K.

    Empty groups do not count. None when they cannot be computed: fewer than two groups, no group with two
    respondents, or no variance between groups. Bartko (1976), Psychological Bulletin 83, 762-765; unequal
    sizes as in Bliese (2000).
    """
    filled = sums.n > 0
    groups, people = int(np.count_nonzero(filled)), int(sums.n.sum())
    if groups < 2 or people <= groups:
        return None
    within = float(sums.squares_within().sum()) / (people - groups)
    grand_mean = float(sums.total.sum()) / people
    spread = sums.n[filled] * (sums.mean()[filled] - grand_mean) ** 2
    between = float(spread.sum()) / (groups - 1)
    if between <= 0:
        return None
    mean_size = people / groups
    return IntraclassCorrelation(
        icc1=(between - within) / (between + (mean_size - 1) * within),
        icc2=(between - within) / between,
        mean_size=mean_size,
        between=between,
        within=within,
    )


def uniform_variance(levels: int) -> float:
    """Variance of answers spread evenly over `levels` neighbouring whole numbers: (A^2 - 1) / 12; 2 for five
    levels.
    """
    if levels < 2:
        raise ValueError("A scale needs at least two levels.")
    return (levels**2 - 1) / 12


def within_group_agreement(sums: ItemSums, *, null_variance: float) -> FloatArray:
    """r_wg(j) of each group, shape (K,): J (1 - s/v) / (J (1 - s/v) + s/v), s the mean item variance, v the
    null's.

    0 (no agreement beyond chance) where s exceeds v, NaN for groups with fewer than two complete responses.
    James, Demaree and Wolf (1984), Journal of Applied Psychology 69, 85-98.
    """
    if null_variance <= 0:
        raise ValueError("The variance under the null must be positive.")
    size = np.where(sums.n > 1, sums.n, np.nan)[:, np.newaxis]
    variances = np.maximum(sums.total_squares - sums.total**2 / size, 0.0) / (size - 1)
    ratio = variances.mean(axis=1) / null_variance
    agreeing = sums.total.shape[1] * (1.0 - np.minimum(ratio, 1.0))
    agreement: FloatArray = agreeing / (agreeing + ratio)
    return agreement
