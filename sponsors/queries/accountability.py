"""Whether reviews are held, for whoever answers for a part of the organisation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q

from mentoring.queries.overview import Share, share_of
from people.enums import Role
from people.member import Member
from people.queries import gone
from people.unit_queries import paths_by_id, unit_names_by_path, way_to
from sponsors.models import Review
from sponsors.plan.accountability import Group, Tally, groups_to_tell
from sponsors.queries.reviews import of_leaders_overseen

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """A unit, perhaps with others that are too small to be told alone; None for everybody together."""

    unit: str | None
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
    """Of the leaders with a regimen a member answers for: the reviews of the last year. Two queries."""
    names = unit_names_by_path()
    paths = paths_by_id(names)
    tallies = {paths[unit.hex]: tally for unit, tally in _tallies(member, on=on).items()}
    groups = groups_to_tell(tallies, {unit: way_to(unit) for unit in tallies})
    if not groups:
        return Accountability(None, [])
    lines = [_line(group, names) for group in groups]
    whole = sum((group.tally for group in groups), Tally())
    return Accountability(
        Line(None, [], whole), sorted(lines, key=lambda line: (-line.tally.overdue, line.unit or ""))
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


def _line(group: Group[str, Tally], names: dict[str, str]) -> Line:
    others = sorted(names[each] for each in group.units if each != group.unit)
    return Line(names[group.unit], others, group.tally)
