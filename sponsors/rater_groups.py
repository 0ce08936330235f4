"""Which groups of those who were asked may be shown. Pure arithmetic on counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sponsors.enums import Source

FEWEST: Final = (
    3  # answers of a group, so that nobody is known by being the only one, or the other one of two
)


def groups_shown(answers: Mapping[Source, int]) -> dict[Source, Source]:
    """Under which group the answers of each group are shown. All by themselves where each has enough; else
    all of them as colleagues, so that no group follows from the others; none where even these are too few."""
    given = {source: count for source, count in answers.items() if count}
    if all(count >= FEWEST for count in given.values()):
        return {source: source for source in given}
    if sum(given.values()) >= FEWEST:
        return dict.fromkeys(given, Source.COLLEAGUE)
    return {}
