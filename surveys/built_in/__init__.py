"""The questionnaires that every organisation has from the start. All wording is our own."""

from surveys.built_in.annual_survey import ANNUAL_SURVEY
from surveys.built_in.confidence_pulse import CONFIDENCE_PULSE
from surveys.built_in.cultural_audit import CULTURAL_AUDIT
from surveys.built_in.leader_index import LEADER_INDEX
from surveys.built_in.pulses import COMMITMENT_PULSE, MENTEE_SATISFACTION, MENTOR_SATISFACTION
from surveys.built_in.wording import AGREEMENT, CONFIDENCE, FREQUENCY, SATISFACTION, BuiltIn, Wording

BUILT_INS = (
    LEADER_INDEX,
    ANNUAL_SURVEY,
    CONFIDENCE_PULSE,
    MENTEE_SATISFACTION,
    MENTOR_SATISFACTION,
    COMMITMENT_PULSE,
    CULTURAL_AUDIT,
)


def open_question_of(key: str) -> str:
    """What the comment of a questionnaire is asked for, in any of its versions; empty for the usual words."""
    return next((each.open_question for each in BUILT_INS if each.key == key), "")


__all__ = [
    "AGREEMENT",
    "ANNUAL_SURVEY",
    "BUILT_INS",
    "COMMITMENT_PULSE",
    "CONFIDENCE",
    "CONFIDENCE_PULSE",
    "CULTURAL_AUDIT",
    "FREQUENCY",
    "LEADER_INDEX",
    "MENTEE_SATISFACTION",
    "MENTOR_SATISFACTION",
    "SATISFACTION",
    "BuiltIn",
    "Wording",
    "open_question_of",
]
