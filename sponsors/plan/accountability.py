"""Whether reviews are held, unit by unit, without a figure about few people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Generic, Protocol, Self, TypeVar
from uuid import UUID

FEWEST_LEADERS: Final = 5  # of whom figures are told


class Countable(Protocol):
    """Figures of some leaders, to which those of others can be added."""

    @property
    def leaders(self) -> int: ...

    def __add__(self, other: Self, /) -> Self: ...


T = TypeVar("T", bound=Countable)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of some leaders: how many have a regimen, and of the reviews of a year how many were held in time, held
    late, or are overdue."""

    leaders: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Tally)))

    @property
    def due(self) -> int:
        """Every review that was to be held by now."""
        return self.in_time + self.late + self.overdue


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """What is told together under the name of `unit`; `units` are all whose leaders are in it."""

    unit: UUID
    units: frozenset[UUID]
    tally: T


def groups_to_tell(
    tallies: Mapping[UUID, T], ways: Mapping[UUID, tuple[UUID, ...]], *, fewest: int = FEWEST_LEADERS
) -> list[Group[T]]:
    """The finest groups of units that each have `fewest` leaders or more; none where all together have fewer.

    `ways` leads from the top down to each unit of `tallies`, itself included. The deepest units come first:
    one that is too small is told with the unit above it. What is left over at the top takes the smallest
    other group in. Every unit is in exactly one group, so that no difference of figures tells of fewer.
    """
    groups = {unit: Group(unit, frozenset([unit]), tally) for unit, tally in tallies.items()}
    depth = {unit: place for way in ways.values() for place, unit in enumerate(way)}
    above = {unit: way[place - 1] for way in ways.values() for place, unit in enumerate(way) if place}
    for unit in sorted(depth, key=lambda each: (-depth[each], each)):
        small = groups.get(unit)
        if small is not None and unit in above and small.tally.leaders < fewest:
            del groups[unit]
            groups[above[unit]] = _joined(above[unit], groups.get(above[unit]), small)
    return _without_small(groups, fewest)


def _without_small(groups: dict[UUID, Group[T]], fewest: int) -> list[Group[T]]:
    """With nothing small left at a top, which has nothing above it."""
    left = sorted(groups.values(), key=lambda each: (each.tally.leaders, each.unit))
    while len(left) > 1 and left[0].tally.leaders < fewest:
        small, smallest, *others = left
        left = sorted(
            [_joined(small.unit, small, smallest), *others], key=lambda each: (each.tally.leaders, each.unit)
        )
    return [each for each in left if each.tally.leaders >= fewest]


def _joined(unit: UUID, group: Group[T] | None, other: Group[T]) -> Group[T]:
    if group is None:
        return Group(unit, other.units, other.tally)
    return Group(unit, group.units | other.units, group.tally + other.tally)
