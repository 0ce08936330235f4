"""Short questionnaires that come back each quarter: satisfaction with mentoring, commitment."""

from __future__ import annotations

from surveys.built_in.wording import AGREEMENT, SATISFACTION, BuiltIn, worded
from surveys.enums import About

# Mentees and mentors apart: the satisfaction index is a mean of each, never of both.
MENTEE_SATISFACTION = BuiltIn(
    key="mentee_satisfaction",
    version=1,
    title="Satisfaction pulse for mentees",
    about=About.SELF,
    minimum_answered=4,
    wordings=worded(
        SATISFACTION,
        [
            ("satisfaction", f"How satisfied are you with {subject}?")
            for subject in (
                "the time that your mentor has for you",
                "how well your mentor understands where you want to go",
                "what you get to see and do because of your mentor",
                "how you both keep what you agreed",
                "your mentoring as a whole",
            )
        ],
    ),
)

MENTOR_SATISFACTION = BuiltIn(
    key="mentor_satisfaction",
    version=1,
    title="Satisfaction pulse for mentors",
    about=About.SELF,
    minimum_answered=4,
    wordings=worded(
        SATISFACTION,
        [
            ("satisfaction", f"How satisfied are you with {subject}?")
            for subject in (
                "the time that you can give to mentoring",
                "how your mentees prepare your meetings",
                "what your mentees make of what you agree",
                "how mentoring is valued here",
                "your mentoring as a whole",
            )
        ],
    ),
)

COMMITMENT_PULSE = BuiltIn(
    key="commitment_pulse",
    version=1,
    title="Commitment pulse",
    about=About.WORKPLACE,
    minimum_answered=2,
    wordings=worded(
        AGREEMENT,
        [
            ("commitment", "I want us to succeed with what we have set out to do here."),
            ("commitment", "I do my part in it because I believe in it, not because I must."),
        ],
    ),
)
