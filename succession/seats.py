"""Where somebody stands towards a pool."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PoolSeat:
    """`is_owner`: holds the position, or keeps its pool while nobody does."""

    is_owner: bool
