"""What a primary sponsor does, until an organisation says it in its own words."""

from __future__ import annotations

from typing import Final

WORDS: Final = (
    "A primary sponsor answers for one leader's development, for as long as the leader wants it.\n\n"
    "You listen first: what does this person need, and what stands in the way? Every step you propose "
    "has to pass one question: whose need does it serve?\n\n"
    "You bring a team together, you see to it that there is a diagnosis before there is a plan, and you "
    "look at the plan with the leader's immediate leader every 90 days.\n\n"
    "You open doors. You do not rate the leader for pay or promotion, and what the two of you agree to "
    "keep between you stays there.\n\n"
    "Reckon with two to three hours a month for each leader."
)
