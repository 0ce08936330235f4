"""What somebody who may not see persons may see of their scores: pure rules on counts.

An executive chooses the quarter and nothing else, and a number appears only when it is about at least five:
there are no parts of the organisation to subtract from each other or from the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SMALLEST_GROUP = 5


def may_show(people: int) -> bool:
    """Whether a number about so many people may be shown."""
    return people >= SMALLEST_GROUP


def may_show_parts(parts: Sequence[int]) -> bool:
    """Whether a distribution over `parts` may be shown: no part is a small group."""
    return all(part == 0 or part >= SMALLEST_GROUP for part in parts)


def shown_parts(parts: Sequence[int]) -> list[bool]:
    """Which of the parts of a whole may be shown when the whole is: none about a few, and what is left out is
    together no small group either, or the whole less the parts would tell of it."""
    shown = [may_show(part) for part in parts]
    left_out = sum(part for part, show in zip(parts, shown, strict=True) if not show)
    if left_out and not may_show(left_out) and any(shown):
        smallest = min((part, place) for place, part in enumerate(parts) if shown[place])
        shown[smallest[1]] = False
    return shown


def spans_of(people: Mapping[int, int]) -> list[tuple[int, int]]:
    """Years, taken together with the next ones until at least five people are in each span; the last few join
    the span before. Fewer than five in all: none."""
    spans: list[tuple[int, int]] = []
    begun: int | None = None
    waiting = 0
    for year in sorted(people):
        begun = year if begun is None else begun
        waiting += people[year]
        if may_show(waiting):
            spans.append((begun, year))
            begun, waiting = None, 0
    if waiting and spans:
        spans[-1] = (spans[-1][0], max(people))
    return spans
