"""Whether reviews are held, for whoever answers for a part of the organisation."""

from __future__ import annotations

import datetime as dt
from dataclasses import astuple, dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from mentoring.queries.overview import Share, share_of
from people.member import Member
from people.queries import gone
from people.unit_queries import paths_by_id, unit_names_by_path, way_to
from sponsors.enums import NightFiguresOf
from sponsors.models import Review
from sponsors.plan.accountability import Group, Tally, groups_to_tell
from sponsors.queries.night_figures import night_figures
from sponsors.queries.reviews import counts_everybody, of_leaders_overseen

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
    """Everybody together, None where that is too few; and the units, the most overdue first. `as_of`: when it
    was counted; None: just now."""

    whole: Line | None
    lines: list[Line]
    as_of: dt.datetime | None = None


def accountability(member: Member, *, on: dt.date) -> Accountability:
    """Of the leaders with a regimen a member answers for: the reviews of the last year. Of everybody as they
    were counted in the night, where they were. Two queries at most."""
    if not counts_everybody(member):
        return _accountability(of_leaders_overseen(member, on=on), on=on)
    stored = night_figures(NightFiguresOf.REVIEWS)
    if stored is None:
        return accountability_of_everybody(on=on)
    lines = [Line(unit, others, Tally(*counts)) for unit, others, *counts in stored.told]
    return _told(lines, as_of=stored.as_of)


def accountability_of_everybody(*, on: dt.date) -> Accountability:
    """Two queries."""
    return _accountability(Q(), on=on)


def accountability_as_json(told: Accountability) -> list[Any]:
    """What can be read again."""
    return [[line.unit, line.others, *astuple(line.tally)] for line in told.lines]


def _accountability(whose: Q, *, on: dt.date) -> Accountability:
    names = unit_names_by_path()
    paths = paths_by_id(names)
    tallies = {paths[unit.hex]: tally for unit, tally in _tallies(whose, on=on).items()}
    groups = groups_to_tell(tallies, {unit: way_to(unit) for unit in tallies})
    lines = [_line(group, names) for group in groups]
    return _told(sorted(lines, key=lambda line: (-line.tally.overdue, line.unit or "")))


def _told(lines: list[Line], *, as_of: dt.datetime | None = None) -> Accountability:
    """With everybody together, who are those of all lines."""
    whole = Line(None, [], sum((line.tally for line in lines), Tally())) if lines else None
    return Accountability(whole, lines, as_of)


def _tallies(whose: Q, *, on: dt.date) -> dict[UUID, Tally]:
    """By the unit in which leaders work; for executives of everybody. An open review is a leader with a
    regimen; it counts as one that was to be held when its day is over."""
    held = Q(closed_on__gt=on - YEAR)
    rows = (
        Review.objects.filter(Q(closed_on=None) | held)
        .exclude(leader__in=gone(on))
        .filter(whose)
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
