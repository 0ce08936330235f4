"""What stands in leaders' way, by kind and by unit, without a figure about few people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from uuid import UUID

from sponsors.enums import ObstacleKind
from sponsors.plan.accountability import FEWEST_LEADERS


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
        added = (getattr(self, each.name) + getattr(other, each.name) for each in fields(ObstacleTally))
        return ObstacleTally(*added)


@dataclass(frozen=True, slots=True)
class KindGroup:
    """Kinds that are told together, and the figures of the leaders who met one of them."""

    kinds: tuple[ObstacleKind, ...]
    tally: ObstacleTally


ByLeader = Mapping[UUID, ObstacleTally]


def kinds_to_tell(found: Mapping[ObstacleKind, ByLeader], *, fewest: int = FEWEST_LEADERS) -> list[KindGroup]:
    """Kinds that `fewest` leaders or more have met stand by themselves; all others together, with the
    smallest of those where they are too few. None where all are. `found`: of each kind the figures by leader.

    A leader may have met several kinds and counts once in a group. Every kind is in exactly one group, so
    that no difference of figures tells of fewer.
    """
    small = sorted(kind for kind in found if len(found[kind]) < fewest)
    alone = sorted((kind for kind in found if kind not in small), key=lambda kind: (len(found[kind]), kind))
    while small and alone and len(_leaders(found, small)) < fewest:
        small.append(alone.pop(0))
    groups: list[tuple[ObstacleKind, ...]] = [(kind,) for kind in reversed(alone)]
    if len(_leaders(found, small)) >= fewest:
        groups.append(tuple(kind for kind in ObstacleKind if kind in small))
    return [KindGroup(kinds, _together(found, kinds)) for kinds in groups]


def _leaders(found: Mapping[ObstacleKind, ByLeader], kinds: Collection[ObstacleKind]) -> set[UUID]:
    return {leader for kind in kinds for leader in found[kind]}


def _together(found: Mapping[ObstacleKind, ByLeader], kinds: Collection[ObstacleKind]) -> ObstacleTally:
    added = sum((tally for kind in kinds for tally in found[kind].values()), ObstacleTally())
    return replace(added, leaders=len(_leaders(found, kinds)))
