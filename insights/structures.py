"""How a unit is led, and since when: from who leads it together and who holds its positions. No queries.

A dyad is two partners at work, a triad three or more. Without a partnership one who holds a position that
leads the unit leads it alone, several share it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from insights.enums import Structure


@dataclass(frozen=True, slots=True)
class Tenure:
    """Somebody leads a unit on the days [start, end): as a partner, or by a position."""

    person: UUID
    is_partner: bool
    start: dt.date
    end: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`since`: the first day of it without a break; None where nobody ever led."""

    structure: Structure
    since: dt.date | None


def structure_on(tenures: Iterable[Tenure], day: dt.date) -> Structure:
    there = [each for each in tenures if each.holds_on(day)]
    partners = {each.person for each in there if each.is_partner}
    if len(partners) > 1:
        return Structure.DYAD if len(partners) == 2 else Structure.TRIAD
    people = {each.person for each in there}
    if not people:
        return Structure.NONE
    return Structure.SINGLE if len(people) == 1 else Structure.SHARED


def arrangement_on(tenures: Sequence[Tenure], day: dt.date) -> Arrangement:
    """Of today, or of an earlier day: what begins later does not count."""
    if not tenures:
        return Arrangement(Structure.NONE, None)
    now = structure_on(tenures, day)
    changes = {each.start for each in tenures} | {each.end for each in tenures if each.end}
    since = None
    for change in sorted((each for each in changes if each <= day), reverse=True):
        if structure_on(tenures, change) != now:
            break
        since = change
    return Arrangement(now, since)


def nearest(way: Sequence[UUID], found: Mapping[UUID, Structure]) -> Structure:
    """Of the units from the top down to somebody's own the last one that anybody leads."""
    for unit in reversed(way):
        structure = found.get(unit, Structure.NONE)
        if structure != Structure.NONE:
            return structure
    return Structure.NONE
