"""The real survey `lq2002` and the figures that another program computed from it (see
tests/data/lq2002/README.md).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from surveys.arrays import FloatArray, IntArray
from surveys.leader_index import ScoringKey

FOLDER = Path(__file__).parent.parent / "data" / "lq2002"
LEADERSHIP = ScoringKey({f"lead{number:02}": "leadership" for number in range(1, 12)})


@dataclass(frozen=True)
class RealSurvey:
    """Answers (2042, 11), mean hostility (2042,), unit numbers 0 to 48 (2042,), and the reference, a row a
    unit.
    """

    answers: FloatArray
    hostility: FloatArray
    units: IntArray
    reference: FloatArray

    @property
    def unit_count(self) -> int:
        return len(self.reference)


def read_real_survey() -> RealSurvey:
    table = np.loadtxt(FOLDER / "responses.csv", delimiter=",", skiprows=1)
    rows = [line.split(",") for line in (FOLDER / "reference.csv").read_text().splitlines()[1:]]
    reference = np.array(rows, dtype=float)
    return RealSurvey(
        answers=table[:, 2:13],
        hostility=table[:, 16:21].mean(axis=1),
        units=np.searchsorted(reference[:, 0], table[:, 1]).astype(np.int64),
        reference=reference,
    )
