"""What stands in leaders' way, by kind and by unit, without a figure about few people."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, fields, replace
from operator import attrgetter

from sponsors.enums import ObstacleKind
from sponsors.plan.accountability import FEWEST_LEADERS
from sponsors.plan.kinds import kinds_together, who_met


@dataclass(frozen=True, slots=True)
class ObstacleTally:
    """Of some leaders with obstacles: how many are open, of these overdue, and how many were removed or
    accepted as they are."""

    leaders: int = 0
    open: int = 0
    overdue: int = 0
    removed: int = 0
    accepted: int = 0

    def __add__(self, other: ObstacleTally) -> ObstacleTally:
        """Of others: nobody is in both."""
        return together([self, other])


def together(tallies: Collection[ObstacleTally]) -> ObstacleTally:
    """Of thousands at once: a figure at a time. Nobody is in two of them."""
    names = (each.name for each in fields(ObstacleTally))
    return ObstacleTally(*(sum(map(attrgetter(name), tallies)) for name in names))


@dataclass(frozen=True, slots=True)
class KindGroup:
    """Kinds that are told together, and the figures of the leaders who met one of them."""

    kinds: tuple[ObstacleKind, ...]
    tally: ObstacleTally


ByLeader = Mapping[Hashable, ObstacleTally]


def kinds_to_tell(found: Mapping[ObstacleKind, ByLeader], *, fewest: int = FEWEST_LEADERS) -> list[KindGroup]:
    """Groups of kinds that `fewest` leaders or more have met (sponsors/plan/kinds.py), each with its kinds in
    their own order. `found`: of each kind the figures by leader."""
    return [
        KindGroup(tuple(kind for kind in ObstacleKind if kind in kinds), _of_kinds(found, kinds))
        for kinds in kinds_together(dict(sorted(found.items(), reverse=True)), fewest=fewest)
    ]


def _of_kinds(found: Mapping[ObstacleKind, ByLeader], kinds: Collection[ObstacleKind]) -> ObstacleTally:
    added = together([tally for kind in kinds for tally in found[kind].values()])
    return replace(added, leaders=len(who_met(found, kinds)))
