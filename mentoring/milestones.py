"""What a deliverable may serve. Milestones are the Passport's, a floor above: it registers them here, and
hears by the signal of what is completed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class MilestoneOption:
    key: UUID
    title: str
    group: str  # its stage


Source = Callable[[], list[MilestoneOption]]

_sources: list[Source] = []

# Sent in the transaction that attests it, with `deliverable` (its contract and mentorship loaded).
deliverable_completed = Signal()


def offers_milestones(source: Source) -> Source:
    """Register what can be served."""
    if source not in _sources:
        _sources.append(source)
    return source


def milestone_options() -> list[MilestoneOption]:
    """Everything that a deliverable of the organisation in scope may serve today."""
    return [option for source in _sources for option in source()]


def titles_of(keys: set[UUID]) -> dict[UUID, str]:
    """What the chosen ones are called; those that are no longer offered are missing."""
    return {option.key: option.title for option in milestone_options() if option.key in keys} if keys else {}
