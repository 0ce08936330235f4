from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from people.access import demand
from people.member import Member
from surveys.built_in import CONFIDENCE_PULSE
from surveys.enums import Dimension
from surveys.models import ConfidencePulse
from surveys.permissions import PULSE_IS_FOR
from surveys.pulse_calendar import open_quarters
from surveys.queries import is_programme_member
from surveys.questionnaire import Questionnaire


class PulseClosedError(ValueError):
    """The quarter is not open for answers."""


def answer_pulse(quarter: str, answers: Sequence[int], *, by: Member, on: dt.date) -> None:
    """Record or change a member's own confidence for a quarter that is open on a day; one a quarter.

    `answers`: 1 to 5 for each item in order; raises ValueError for others. Programme members only.
    """
    demand(is_programme_member(by.person_id, on=on), PULSE_IS_FOR)
    if quarter not in {open_quarter.quarter for open_quarter in open_quarters(on)}:
        raise PulseClosedError("This quarter's pulse is not open.")
    scored = {"answers": list(answers), **dimension_percents(answers)}
    # One statement: a whole programme answers on the same day.
    ConfidencePulse.objects.bulk_create(
        [ConfidencePulse(person_id=by.person_id, quarter=quarter, **scored)],
        update_conflicts=True,
        unique_fields=["organization", "person", "quarter"],
        update_fields=[*scored, "answered_at"],
    )


def dimension_percents(answers: Sequence[int]) -> dict[str, float]:
    """Each dimension in percent of the range of its items. All items must be answered."""
    questions = tuple(wording.question for wording in CONFIDENCE_PULSE.wordings)
    if len(answers) != len(questions):
        raise ValueError(f"The pulse has {len(questions)} questions, not {len(answers)}.")
    questionnaire = Questionnaire(questions, len(questions))
    scores = questionnaire.score(np.array([answers], dtype=np.float64)).scales[0]
    percents = {
        scale.group: 100 * (float(score) - scale.low) / (scale.high - scale.low)
        for scale, score in zip(questionnaire.scales, scores, strict=True)
    }
    return {dimension: percents[dimension] for dimension in Dimension.values}
