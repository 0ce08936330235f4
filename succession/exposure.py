"""What would be missing if a position fell vacant: its figures, and the flags they raise. No queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from people.terms import months_later
from succession.enums import Flag, Rung

SEVERE = frozenset({Flag.VACANT, Flag.OVERDUE, Flag.NO_POOL, Flag.NO_OWNER, Flag.NO_READY})


@dataclass(frozen=True, slots=True)
class Cover:
    """One position with its incumbent and its pool, as of a day.

    Counts are of candidates who said yes: `members` of all, `ready` and `soon` (ready now or within two
    years) of those whose newest rating is younger than a year, `stale` of those whose is not, `unassessed` of
    those without one. `three_five` and `later` are the other bands. `asked` have not answered. `term_ends` is
    the first day after the term; None while nobody holds it. `overdue_rungs`: of the ladder, due a month ago.
    `is_unplanned`: held since less than two years by somebody who was never in the pool that was there.
    """

    position_id: UUID
    title: str
    type: str
    unit_id: UUID
    unit: str
    path: str
    incumbent_id: UUID | None
    incumbent: str
    interim: bool
    term_number: int | None
    max_terms: int
    term_ends: dt.date | None
    pool_id: UUID | None
    keeper_id: UUID | None
    ready_target: int
    soon_target: int
    members: int
    asked: int
    ready: int
    soon: int
    stale: int
    unassessed: int
    interim_cover: int
    three_five: int = 0
    later: int = 0
    overdue_rungs: int = 0
    by_exception: bool = False
    is_unplanned: bool = False

    @property
    def owner_id(self) -> UUID | None:
        return self.incumbent_id or self.keeper_id


def flags_of(cover: Cover, *, on: dt.date) -> list[Flag]:
    """The worst first, in the order of the enumeration."""
    raised = {
        Flag.VACANT: cover.incumbent_id is None,
        Flag.INTERIM: cover.interim,
        Flag.OVERDUE: cover.term_ends is not None and cover.term_ends <= on,
        Flag.ENDING: cover.term_ends is not None and on < cover.term_ends <= months_later(on, Rung.REFRESH),
        Flag.LADDER: cover.overdue_rungs > 0,
        Flag.NO_POOL: cover.pool_id is None,
        Flag.NO_OWNER: cover.pool_id is not None and cover.owner_id is None,
        Flag.NO_READY: cover.pool_id is not None and cover.ready == 0,
        Flag.SINGLE: cover.members == 1,
        Flag.BELOW: cover.pool_id is not None
        and cover.ready > 0
        and (cover.ready < cover.ready_target or cover.soon < cover.soon_target),
        Flag.STALE: cover.stale > 0,
        Flag.EXCEPTION: cover.by_exception,
        Flag.UNPLANNED: cover.is_unplanned,
    }
    return [flag for flag in Flag if raised[flag]]


def exposure_order(flags: Iterable[Flag], title: str) -> tuple[int, int, str]:
    """A key to sort by: the most severe flags first, then the most of the others, then by title."""
    raised = list(flags)
    severe = sum(flag in SEVERE for flag in raised)
    return -severe, severe - len(raised), title


def count_flags(flags: Iterable[Iterable[Flag]]) -> dict[Flag, int]:
    """How many positions raise each flag, those that none raises with 0."""
    counted = Counter(flag for raised in flags for flag in raised)
    return {flag: counted[flag] for flag in Flag}
