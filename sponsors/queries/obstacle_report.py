"""What stands in leaders' way, for whoever answers for a part of the organisation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from people.enums import Role
from people.member import Member
from people.queries import gone
from people.unit_queries import paths_by_id, unit_names_by_path, way_to
from sponsors.enums import ObstacleKind, ObstacleState
from sponsors.models import Obstacle
from sponsors.plan.accountability import groups_to_tell
from sponsors.plan.obstacles import KindGroup, ObstacleTally, kinds_to_tell, together
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
    """What one leader met of one kind, by their ids; the tally is of this leader alone."""

    kind: ObstacleKind
    leader: str
    unit: str
    tally: ObstacleTally


def obstacle_report(member: Member, *, on: dt.date) -> ObstacleReport:
    """Of the leaders a member answers for: what is open, and what ended within a year. Nothing private, not
    even counted. Two queries."""
    found = _met(member, on=on)
    by_kind: defaultdict[ObstacleKind, dict[Hashable, ObstacleTally]] = defaultdict(dict)
    for each in found:
        by_kind[each.kind][each.leader] = each.tally
    return ObstacleReport([_line_of(group) for group in kinds_to_tell(by_kind)], _by_unit(found))


def _met(member: Member, *, on: dt.date) -> list[Met]:
    """Ids as text: to make them of thousands of rows takes longer than to count these."""
    is_open = Q(state=ObstacleState.OPEN)
    rows = (
        Obstacle.objects.filter(is_open | Q(over_on__gt=on - YEAR), private=False)
        .exclude(leader__in=gone(on))
        .filter(Q() if member.has(Role.EXECUTIVE) else of_leaders_overseen(member, on=on))
        .order_by()
        .values_list("kind", Cast("leader_id", TextField()), Cast("leader__unit_id", TextField()))
        .annotate(
            open=Count("pk", filter=is_open),
            overdue=Count("pk", filter=is_open & Q(due_on__lt=on)),
            removed=Count("pk", filter=Q(state=ObstacleState.REMOVED)),
            accepted=Count("pk", filter=Q(state=ObstacleState.ACCEPTED)),
        )
    )
    return [
        Met(ObstacleKind(kind), leader, unit, ObstacleTally(1, *counts))
        for kind, leader, unit, *counts in rows
    ]


def _line_of(group: KindGroup) -> Line:
    names = [str(kind.label) for kind in group.kinds]
    return Line(names[0], [], group.tally) if len(names) == 1 else Line(_("Other kinds"), names, group.tally)


def _by_unit(found: Iterable[Met]) -> list[Line]:
    """Every leader is in one unit."""
    there: defaultdict[str, list[Met]] = defaultdict(list)
    for each in found:
        there[each.unit].append(each)
    names = unit_names_by_path()
    paths = paths_by_id(names)
    counted = {paths[unit.replace("-", "")]: _tally_of(met) for unit, met in there.items()}
    groups = groups_to_tell(counted, {unit: way_to(unit) for unit in counted})
    lines = [
        Line(
            names[group.unit],
            sorted(names[each] for each in group.units if each != group.unit),
            group.tally,
        )
        for group in groups
    ]
    return sorted(lines, key=lambda line: (-line.tally.overdue, line.name))


def _tally_of(met: list[Met]) -> ObstacleTally:
    return replace(together([each.tally for each in met]), leaders=len({each.leader for each in met}))
