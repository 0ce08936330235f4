"""The favourable share of answers, with its interval."""

from dataclasses import dataclass

import numpy as np

from surveys.arrays import FloatArray, IntArray
from surveys.quantiles import normal_quantile


@dataclass(frozen=True)
class Proportion:
    """Shares with Wilson interval, each 0 to 1 and of the shape of the counts; NaN where nobody answered."""

    share: FloatArray
    low: FloatArray
    high: FloatArray


def favourable(distribution: IntArray, *, levels_counted: int = 2, confidence: float = 0.95) -> Proportion:
    """Share of the top `levels_counted` answers (4 and 5 of 1 to 5) among valid answers.

    `distribution`: counts with the answers on the last axis, lowest first.
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
