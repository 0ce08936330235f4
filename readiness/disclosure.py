"""What somebody who may not see persons may see of their scores: pure rules on counts.

An executive chooses by one thing at a time, and a number about a group appears only when the group and
everybody outside it are each nobody or at least five: no subtraction of two pages then gives a single person.
"""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_GROUP = 5


def may_show(group: int, everybody: int) -> bool:
    """Whether a number about `group` people out of `everybody` may be shown."""
    rest = everybody - group
    return group >= SMALLEST_GROUP and (rest == 0 or rest >= SMALLEST_GROUP)


def may_show_parts(parts: Sequence[int]) -> bool:
    """Whether a distribution over `parts` may be shown: no part is a small group."""
    return all(part == 0 or part >= SMALLEST_GROUP for part in parts)
