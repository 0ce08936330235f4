"""What stands in leaders' way, for whoever answers for a part of the organisation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from people.enums import Role
from people.member import Member
from people.models import Unit
from people.queries import gone
from sponsors.enums import ObstacleKind, ObstacleState
from sponsors.models import Obstacle
from sponsors.plan.accountability import groups_to_tell
from sponsors.plan.obstacles import KindGroup, ObstacleTally, kinds_to_tell
from sponsors.queries.reviews import of_leaders_overseen

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """A kind or a unit, perhaps with others that are too small to be told alone."""

    name: str
    others: list[str]
    tally: ObstacleTally


@dataclass(frozen=True, slots=True)
class ObstacleReport:
    """Both empty where all together are too few."""

    by_kind: list[Line]
    by_unit: list[Line]


@dataclass(frozen=True, slots=True)
class Met:
    """What one leader met of one kind; the tally is of this leader alone."""

    kind: ObstacleKind
    leader_id: UUID
    unit_id: UUID
    tally: ObstacleTally


def obstacle_report(member: Member, *, on: dt.date) -> ObstacleReport:
    """Of the leaders a member answers for: what is open, and what ended within a year. Nothing private, not
    even counted. Three queries."""
    found = _met(member, on=on)
    by_kind: defaultdict[ObstacleKind, dict[UUID, ObstacleTally]] = defaultdict(dict)
    for each in found:
        by_kind[each.kind][each.leader_id] = each.tally
    return ObstacleReport([_line_of(group) for group in kinds_to_tell(by_kind)], _by_unit(found))


def _met(member: Member, *, on: dt.date) -> list[Met]:
    is_open = Q(state=ObstacleState.OPEN)
    rows = (
        Obstacle.objects.filter(is_open | Q(over_on__gt=on - YEAR), private=False)
        .exclude(leader__in=gone(on))
        .filter(Q() if member.has(Role.EXECUTIVE) else of_leaders_overseen(member, on=on))
        .order_by()
        .values_list("kind", "leader_id", "leader__unit_id")
        .annotate(
            open=Count("pk", filter=is_open),
            overdue=Count("pk", filter=is_open & Q(due_on__lt=on)),
            removed=Count("pk", filter=Q(state=ObstacleState.REMOVED)),
            accepted=Count("pk", filter=Q(state=ObstacleState.ACCEPTED)),
        )
    )
    return [
        Met(ObstacleKind(kind), leader_id, unit_id, ObstacleTally(1, *counts))
        for kind, leader_id, unit_id, *counts in rows
    ]


def _line_of(group: KindGroup) -> Line:
    names = [str(kind.label) for kind in group.kinds]
    return Line(names[0], [], group.tally) if len(names) == 1 else Line(_("Other kinds"), names, group.tally)


def _by_unit(found: Iterable[Met]) -> list[Line]:
    """Every leader is in one unit."""
    tallies: defaultdict[UUID, ObstacleTally] = defaultdict(ObstacleTally)
    leaders: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for each in found:
        tallies[each.unit_id] += each.tally
        leaders[each.unit_id].add(each.leader_id)
    counted = {unit: replace(tally, leaders=len(leaders[unit])) for unit, tally in tallies.items()}
    units = Unit.objects.in_bulk(list(counted))
    units |= Unit.objects.in_bulk(list({one for unit in units.values() for one in unit.way} - set(units)))
    lines = [
        Line(
            units[group.unit].name,
            sorted(units[each].name for each in group.units if each != group.unit),
            group.tally,
        )
        for group in groups_to_tell(counted, {unit: tuple(units[unit].way) for unit in counted})
    ]
    return sorted(lines, key=lambda line: (-line.tally.overdue, line.name))
