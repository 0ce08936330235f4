"""What somebody who may not see persons may see of their scores: pure rules on counts.

An executive chooses the quarter and nothing else, and a number appears only when it is about at least five:
there are no parts of the organisation to subtract from each other or from the whole.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_GROUP = 5


def may_show(people: int) -> bool:
    """Whether a number about so many people may be shown."""
    return people >= SMALLEST_GROUP


def may_show_parts(parts: Sequence[int]) -> bool:
    """Whether a distribution over `parts` may be shown: no part is a small group."""
    return all(part == 0 or part >= SMALLEST_GROUP for part in parts)
