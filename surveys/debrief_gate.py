"""Whether staff may be asked about their leaders again: pure arithmetic on the debriefs of the last time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Debriefs:
    """Of the last published wave about leaders: how many debriefs are due and how many of them are closed."""

    wave_id: UUID
    wave: str
    due: int
    closed: int


def missing_debriefs(debriefs: Debriefs | None, share: int) -> int:
    """How many debriefs must still be closed until `share` percent are; 0 opens the gate.

    Without an earlier wave there is nothing to wait for.
    """
    if debriefs is None:
        return 0
    needed = -(-debriefs.due * share // 100)  # rounded up: 80 % of 3 are 3
    return max(0, needed - debriefs.closed)
