"""The confidence pulse: two sentences about oneself for each dimension of leadership readiness."""

from __future__ import annotations

from surveys.built_in.wording import CONFIDENCE, BuiltIn, worded
from surveys.enums import About, Dimension

CONFIDENCE_PULSE = BuiltIn(
    key="confidence_pulse",
    version=1,
    title="Confidence pulse",
    about=About.SELF,
    minimum_answered=10,
    wordings=worded(
        CONFIDENCE,
        [
            (
                Dimension.STRATEGIC_INSIGHT,
                "I can explain where my organisation wants to be in five years, and why.",
            ),
            (Dimension.STRATEGIC_INSIGHT, "I can turn a broad aim into the next three steps for my team."),
            (Dimension.FINANCIAL_ACUMEN, "I can read my department's budget and say what drives its costs."),
            (
                Dimension.FINANCIAL_ACUMEN,
                "I can make a business case that a finance director would take seriously.",
            ),
            (
                Dimension.TEAM_LEADERSHIP,
                "I can lead a team of several professions through a difficult change.",
            ),
            (
                Dimension.TEAM_LEADERSHIP,
                "I can raise a problem with a colleague so that we both learn from it.",
            ),
            (
                Dimension.GOVERNANCE_EXPERIENCE,
                "I know how important decisions are made here, and who makes them.",
            ),
            (
                Dimension.GOVERNANCE_EXPERIENCE,
                "I can contribute to a committee so that its decision gets better.",
            ),
            (Dimension.MENTORSHIP_ENGAGEMENT, "I prepare my meetings with mentors and act on what we agree."),
            (Dimension.MENTORSHIP_ENGAGEMENT, "I help others to grow, as others have helped me."),
        ],
        cannot_say=False,
    ),
)
