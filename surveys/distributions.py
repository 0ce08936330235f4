"""How answers and scores are spread: counts for each answer, bins of the index, and the favourable share with
its interval.
"""

from dataclasses import dataclass

import numpy as np

from surveys.arrays import FloatArray, IntArray
from surveys.group_statistics import check_groups
from surveys.quantiles import normal_quantile


@dataclass(frozen=True)
class Proportion:
    """Shares with Wilson interval, each 0 to 1 and of the shape of the counts; NaN where nobody answered."""

    share: FloatArray
    low: FloatArray
    high: FloatArray


def item_distribution(answers: FloatArray, groups: IntArray, *, count: int, low: int, high: int) -> IntArray:
    """How many people of each group gave each answer to each item: shape (K, J, high - low + 1), lowest
    answer first.

    `answers` (n, J): whole numbers from low to high, NaN for unanswered or "cannot say", which appear in no
    cell. Raises ValueError for answers or groups out of range.
    """
    check_groups(groups, rows=answers.shape[0], count=count)
    answered = ~np.isnan(answers)
    given = answers[answered]
    if ((given < low) | (given > high) | (given != np.rint(given))).any():
        raise ValueError(f"Answers must be whole numbers from {low} to {high}.")
    items, levels = answers.shape[1], high - low + 1
    row, item = np.nonzero(answered)
    cells = (groups[row] * items + item) * levels + (given.astype(np.int64) - low)
    return np.bincount(cells, minlength=count * items * levels).reshape(count, items, levels).astype(np.int64)


def index_histogram(
    scores: FloatArray, groups: IntArray, *, count: int, lowest: float, highest: float, bins: int
) -> IntArray:
    """How many scores of each group fall in each of `bins` bins of equal width: shape (K, bins).

    A bin holds its lower edge and not its upper one, except the last, which holds `highest`. `scores` (n,) in
    points; NaN falls in no bin. Raises ValueError for scores outside lowest to highest or groups out of
    range.
    """
    check_groups(groups, rows=scores.shape[0], count=count)
    counted = ~np.isnan(scores)
    scores, groups = scores[counted], groups[counted]
    if ((scores < lowest) | (scores > highest)).any():
        raise ValueError(f"Scores must lie between {lowest:g} and {highest:g}.")
    edges = np.linspace(lowest, highest, bins + 1)
    placed = np.searchsorted(edges[1:-1], scores, side="right")
    return np.bincount(groups * bins + placed, minlength=count * bins).reshape(count, bins).astype(np.int64)


def favourable(distribution: IntArray, *, levels_counted: int = 2, confidence: float = 0.95) -> Proportion:
    """Share of the top `levels_counted` answers (4 and 5 of 1 to 5) among valid answers.

    `distribution`: counts with the answers on the last axis, lowest first, as item_distribution gives them.
    """
    if not 0 < levels_counted < distribution.shape[-1]:
        raise ValueError("Favourable answers are some, not all, of the levels.")
    return wilson_interval(
        distribution[..., -levels_counted:].sum(axis=-1), distribution.sum(axis=-1), confidence=confidence
    )


def wilson_interval(successes: IntArray, n: IntArray, *, confidence: float = 0.95) -> Proportion:
    """Share successes / n with the score interval of Wilson (1927), JASA 22, 209-212. Arrays of one shape.

    Raises ValueError unless 0 <= successes <= n. Where n is 0 everything is NaN.
    """
    if ((successes < 0) | (successes > n)).any():
        raise ValueError("Successes must lie between 0 and n.")
    z2 = normal_quantile((1 + confidence) / 2) ** 2
    size = np.where(n > 0, n, np.nan)
    failures = size - successes
    centre = (successes + z2 / 2) / (size + z2)
    margin = np.sqrt(z2 * (successes * failures / size + z2 / 4)) / (size + z2)
    # The ends are exactly 0 and 1 at no and all successes; rounding must not say otherwise.
    return Proportion(
        share=successes / size,
        low=np.where(successes == 0, size * 0.0, centre - margin),
        high=np.where(failures == 0, size / size, centre + margin),
    )
