from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from surveys.ballot_box import Cast, cast_ballot
from surveys.models import Wave
from surveys.papers import paper_of


def send_answers(wave: Wave, answers: Sequence[int | None], remark: str = "") -> Cast:
    """Score the answers of the scope's actor and cast them.

    `answers` by item position, None for "cannot say". Raises ValueError for answers out of range.
    """
    given = np.array([[math.nan if value is None else value for value in answers]], dtype=np.float64)
    scores = paper_of(wave).questionnaire.score(given)
    score, *scales = (_known(value) for value in (scores.score[0], *scores.scales[0]))
    return cast_ballot(wave, answers, score, scales, remark.strip())


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
