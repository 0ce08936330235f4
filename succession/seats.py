"""Where somebody stands towards a pool, or towards a selection."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PoolSeat:
    """`is_owner`: holds the position, or keeps its pool while nobody does."""

    is_owner: bool


@dataclass(frozen=True, slots=True)
class SelectionSeat:
    """Where somebody stands towards a selection. `votes`: on the roll of the staff, and not on the panel.
    `chooses`: on the panel, and did not step back."""

    votes: bool = False
    is_candidate: bool = False
    on_panel: bool = False
    chooses: bool = False
    chairs: bool = False
    is_owner: bool = False
