"""What stands in leaders' way, for whoever answers for a part of the organisation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import astuple, dataclass, replace
from typing import Any

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from people.member import Member
from people.queries import gone
from people.unit_queries import paths_by_id, unit_names_by_path, way_to
from sponsors.enums import NightFiguresOf, ObstacleKind, ObstacleState
from sponsors.models import Obstacle
from sponsors.plan.accountability import groups_to_tell
from sponsors.plan.obstacles import KindGroup, ObstacleTally, kinds_to_tell, together
from sponsors.queries.night_figures import night_figures
from sponsors.queries.reviews import counts_everybody, of_leaders_overseen

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """A kind or a unit, perhaps with others that are too small to be told alone."""

    name: str
    others: list[str]
    tally: ObstacleTally


@dataclass(frozen=True, slots=True)
class ObstacleReport:
    """Both empty where all together are too few. `as_of`: when it was counted; None: just now."""

    kinds: list[KindGroup]
    by_unit: list[Line]
    as_of: dt.datetime | None = None

    @property
    def by_kind(self) -> list[Line]:
        return [_line_of(group) for group in self.kinds]


@dataclass(frozen=True, slots=True)
class Met:
    """What one leader met of one kind, by their ids; the tally is of this leader alone."""

    kind: ObstacleKind
    leader: str
    unit: str
    tally: ObstacleTally


def obstacle_report(member: Member, *, on: dt.date) -> ObstacleReport:
    """Of the leaders a member answers for: what is open, and what ended within a year. Nothing private, not
    even counted. Of everybody as it was counted in the night, where it was. Two queries at most."""
    if not counts_everybody(member):
        return _report(of_leaders_overseen(member, on=on), on=on)
    stored = night_figures(NightFiguresOf.OBSTACLES)
    if stored is None:
        return obstacle_report_of_everybody(on=on)
    return replace(_report_from_json(stored.told), as_of=stored.as_of)


def obstacle_report_of_everybody(*, on: dt.date) -> ObstacleReport:
    """Two queries."""
    return _report(Q(), on=on)


def obstacle_report_as_json(report: ObstacleReport) -> dict[str, Any]:
    """What can be read again. Kinds stay kinds: how they are called is a matter of who reads."""
    return {
        "kinds": [[group.kinds, *astuple(group.tally)] for group in report.kinds],
        "units": [[line.name, line.others, *astuple(line.tally)] for line in report.by_unit],
    }


def _report_from_json(told: dict[str, Any]) -> ObstacleReport:
    return ObstacleReport(
        [
            KindGroup(tuple(map(ObstacleKind, kinds)), ObstacleTally(*counts))
            for kinds, *counts in told["kinds"]
        ],
        [Line(name, others, ObstacleTally(*counts)) for name, others, *counts in told["units"]],
    )


def _report(whose: Q, *, on: dt.date) -> ObstacleReport:
    found = _met(whose, on=on)
    by_kind: defaultdict[ObstacleKind, dict[Hashable, ObstacleTally]] = defaultdict(dict)
    for each in found:
        by_kind[each.kind][each.leader] = each.tally
    return ObstacleReport(kinds_to_tell(by_kind), _by_unit(found))


def _met(whose: Q, *, on: dt.date) -> list[Met]:
    """Ids as text: to make them of thousands of rows takes longer than to count these."""
    is_open = Q(state=ObstacleState.OPEN)
    rows = (
        Obstacle.objects.filter(is_open | Q(over_on__gt=on - YEAR), private=False)
        .exclude(leader__in=gone(on))
        .filter(whose)
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
