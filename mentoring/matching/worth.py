"""What a pair is worth to the whole: covering somebody first, then the score, then a lot, none of which any
number of the next can outweigh.

The lots decide between equals. They are fixed by the two keys and the cycle, even-handed, and know no order:
without them, which of two equal mentors somebody gets would hang on the order of the rows. A new cycle draws
new lots, so nobody comes last for ever.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from mentoring.matching.arrays import IntArray, TextArray
from mentoring.matching.problem import Problem
from mentoring.matching.scoring import UNITS

BITS = 12
LOTS = 1 << BITS  # a lot is below this


class Worth:
    """The worth of a problem's pairs, in whole numbers.

    `unit`: a unit of score; more than the lots of all pairs together. `for_cover`: a mentee with a mentor
    instead of none; more than twice all scores together, stickiness included.
    """

    def __init__(self, problem: Problem) -> None:
        mentees = problem.shape[0]
        self.unit = LOTS * (mentees + 1)
        self.for_cover = 6 * UNITS * self.unit * (mentees + 1)
        salt = f"{problem.tier}\n{problem.cycle}"
        self._of_mentee = _numbers_of(problem.mentees.keys, f"mentee\n{salt}")
        self._of_mentor = _numbers_of(problem.mentors.keys, f"mentor\n{salt}")

    def of_pairs(self, pairs: IntArray, units: IntArray) -> IntArray:
        """Worth of the pairs (k, 2) with these scores (k,), covering aside."""
        return units * self.unit + self.lots(pairs)

    def lots(self, pairs: IntArray) -> IntArray:
        """Lots of the pairs (k, 2), 0 to 4095."""
        mixed = _mixed(self._of_mentee[pairs[:, 0]] ^ self._of_mentor[pairs[:, 1]])
        return (mixed >> np.uint64(64 - BITS)).astype(np.int64)


def _numbers_of(keys: TextArray, salt: str) -> NDArray[np.uint64]:
    """A number of 64 bits for each key, the same on every machine."""
    salted = [blake2b(f"{salt}\n{key}".encode(), digest_size=8).digest() for key in keys.tolist()]
    return np.frombuffer(b"".join(salted), dtype="<u8").astype(np.uint64)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finalizer of SplitMix64 (Steele, Lea and Flood 2014): every bit of the input moves every other."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
