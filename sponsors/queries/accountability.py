"""Whether reviews are held, for whoever answers for a part of the organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q

from mentoring.queries.overview import Share, share_of
from people.enums import Role
from people.member import Member
from people.models import Unit
from people.queries import gone
from sponsors.models import Review
from sponsors.plan.accountability import Group, Tally, groups_to_tell
from sponsors.queries.reviews import of_leaders_overseen

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """A unit, perhaps with others that are too small to be told alone; None for everybody together."""

    unit: Unit | None
    others: list[str]
    tally: Tally

    @property
    def share(self) -> Share:
        """In time of those that were due. An interval takes time: for what is shown only."""
        return share_of(self.tally.in_time, self.tally.due)


@dataclass(frozen=True, slots=True)
class Accountability:
    """Everybody together, None where that is too few; and the units, the most overdue first."""

    whole: Line | None
    lines: list[Line]


def accountability(member: Member, *, on: dt.date) -> Accountability:
    """Of the leaders with a regimen a member answers for: the reviews of the last year. Three queries."""
    tallies = _tallies(member, on=on)
    units = Unit.objects.in_bulk(list(tallies))
    above = {one for unit in units.values() for one in unit.way} - set(units)
    units |= Unit.objects.in_bulk(list(above))
    groups = groups_to_tell(tallies, {unit: tuple(units[unit].way) for unit in tallies})
    if not groups:
        return Accountability(None, [])
    lines = [_line(group, units) for group in groups]
    whole = sum((group.tally for group in groups), Tally())
    return Accountability(
        Line(None, [], whole),
        sorted(lines, key=lambda line: (-line.tally.overdue, line.unit.name if line.unit else "")),
    )


def _tallies(member: Member, *, on: dt.date) -> dict[UUID, Tally]:
    """By the unit in which leaders work; for executives of everybody. An open review is a leader with a
    regimen; it counts as one that was to be held when its day is over."""
    held = Q(closed_on__gt=on - YEAR)
    rows = (
        Review.objects.filter(Q(closed_on=None) | held)
        .exclude(leader__in=gone(on))
        .filter(Q() if member.has(Role.EXECUTIVE) else of_leaders_overseen(member, on=on))
        .order_by()
        .values("leader__unit_id")
        .annotate(
            leaders=Count("pk", filter=Q(closed_on=None)),
            in_time=Count("pk", filter=held & Q(closed_on__lte=F("due_on"))),
            late=Count("pk", filter=held & Q(closed_on__gt=F("due_on"))),
            overdue=Count("pk", filter=Q(closed_on=None, due_on__lt=on)),
        )
    )
    return {
        row["leader__unit_id"]: Tally(row["leaders"], row["in_time"], row["late"], row["overdue"])
        for row in rows
    }


def _line(group: Group[Tally], units: dict[UUID, Unit]) -> Line:
    others = _names(units[each] for each in group.units if each != group.unit)
    return Line(units[group.unit], others, group.tally)


def _names(units: Iterable[Unit]) -> list[str]:
    return sorted(unit.name for unit in units)
