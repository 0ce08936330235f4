"""The contract an organisation starts with; from then on its words are its own to change."""

from __future__ import annotations

from typing import Final

PURPOSE: Final = (
    "We meet so that the mentee learns to lead: sees where decisions are made, takes on something real, and "
    "hears an honest view of how it went. The mentee sets the agenda; the mentor asks, opens doors and does "
    "not manage."
)
RHYTHM: Final = (
    "One hour each month, in person where we can. Whoever has to cancel proposes the next date the same day. "
    "At least once a quarter the mentee goes along to a meeting or decision."
)
CONFIDENTIALITY: Final = (
    "What we say stays between us, unless somebody's safety is at stake or both of us agree to tell it. The "
    "programme hears that we meet and what we completed, not what we talked about."
)
DELIVERABLES: Final = (
    ("A written aim for the year, talked over", 30),
    ("Shadow a leadership meeting and reflect on it", 90),
    ("Lead a project and present it", 270),
    ("Look back together on what changed", 350),
)
