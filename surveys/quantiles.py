"""The distributions behind intervals, from SciPy.

SciPy is imported when it is first needed: it takes thirteen MiB of a process, and most web workers only show
intervals that were computed when a wave was published.
"""

from surveys.arrays import FloatArray


def normal_quantile(probability: float) -> float:
    """Where the standard normal distribution reaches a probability between 0 and 1."""
    from scipy.special import ndtri  # noqa: PLC0415 - see above

    return float(ndtri(probability))


def normal_probability(score: FloatArray) -> FloatArray:
    """The probability of the standard normal distribution below each score; NaN stays NaN."""
    from scipy.special import ndtr  # noqa: PLC0415 - see above

    below: FloatArray = ndtr(score)
    return below


def student_quantile(freedom: FloatArray | float, probability: float) -> FloatArray:
    """Where t distributions with these degrees of freedom reach a probability; NaN stays NaN."""
    from scipy.special import stdtrit  # noqa: PLC0415 - see above

    quantile: FloatArray = stdtrit(freedom, probability)
    return quantile
