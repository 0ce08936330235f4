"""What a room above this one wants a leader to be coached for.

A score below the line opens a task a room above; that room registers here, from its AppConfig, who may see
it. The clinic shows it, its owner plans sessions for it, and a session keeps its bare id: the task itself
stays where it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from people.member import Member


@dataclass(frozen=True, slots=True)
class Flag:
    """One that is open, as its reader may see it. `view`: the name of its page's address, which takes its
    id. `is_own`: the reader is who coaches for it."""

    id: UUID
    title: str
    owner: str  # empty: nobody yet
    is_own: bool
    due_on: dt.date
    view: str


Source = Callable[[Member, UUID], list[Flag]]

_sources: list[Source] = []


def shows_flags(source: Source) -> Source:
    """Register a source: (who looks, id of the leader) -> the open flags that they may see."""
    if source not in _sources:
        _sources.append(source)
    return source


def flags_shown_to(member: Member, leader_id: UUID) -> list[Flag]:
    """The most urgent first."""
    found = [flag for source in _sources for flag in source(member, leader_id)]
    return sorted(found, key=lambda flag: (flag.due_on, flag.id))


def own_flag(member: Member, leader_id: UUID, flag_id: UUID | None) -> Flag | None:
    """The flag of that id, if the member is who coaches for it."""
    if flag_id is None:
        return None
    own = (flag for flag in flags_shown_to(member, leader_id) if flag.is_own and flag.id == flag_id)
    return next(own, None)
