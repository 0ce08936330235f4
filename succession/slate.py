"""Which names a ballot puts on the slate. Pure arithmetic on counts, without queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

LEAST: Final = 3  # names on a slate (C26)
MOST: Final = 7
FEWEST_VOTERS: Final = 8  # on a roll: fewer join a neighbouring unit
FEWEST_BALLOTS: Final = 5  # counted: with fewer, halves of them would tell single votes

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Slate(Generic[Name]):
    """`names`: who is on it. Where none fits, `names` is empty and `again` stand in another ballot."""

    names: frozenset[Name]
    again: frozenset[Name] = frozenset()


def slate_of(approvals: Mapping[Name, int], size: int = 5) -> Slate[Name]:
    """The `size` names with most approvals; a tie at the last place widens the slate, up to seven. A wider
    tie is left off where three or more stand above it; otherwise it is voted on once more, together with
    those above. ValueError for fewer than three names, and for a size outside of 3 to 7."""
    if not LEAST <= size <= MOST:
        raise ValueError(f"a slate has {LEAST} to {MOST} names, not {size}")
    if len(approvals) < LEAST:
        raise ValueError(f"a slate of {len(approvals)} is none: it takes {LEAST} names")
    counts = sorted(approvals.values(), reverse=True)
    bar = counts[min(size, len(counts)) - 1]
    reached = frozenset(name for name, count in approvals.items() if count >= bar)
    if len(reached) <= MOST:
        return Slate(reached)
    above = frozenset(name for name, count in approvals.items() if count > bar)
    return Slate(above) if len(above) >= LEAST else Slate(frozenset(), again=reached)


def is_quorate(ballots: int, asked: int, quorum: int) -> bool:
    """Whether enough voted: `quorum` percent of those asked, and never fewer than five."""
    return ballots >= FEWEST_BALLOTS and ballots * 100 >= quorum * asked


def by_half(approvals: int, ballots: int) -> bool:
    """Whether half or more of those who voted approved. Nothing finer is told: of five ballots or more
    either half leaves more than one number possible."""
    return approvals * 2 >= ballots
