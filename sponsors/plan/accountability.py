"""Whether reviews are held, unit by unit, without a figure about few people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Final, Generic, Protocol, Self, TypeVar
from uuid import UUID

FEWEST_LEADERS: Final = 5  # of whom figures are told


class Countable(Protocol):
    """Figures of some leaders, to which those of others can be added."""

    @property
    def leaders(self) -> int: ...

    def __add__(self, other: Self, /) -> Self: ...


T = TypeVar("T", bound=Countable)
U = TypeVar("U", UUID, str)  # what a unit is known by: its id, or its path


@dataclass(frozen=True, slots=True)
class Tally:
    """Of some leaders: how many have a regimen, and of the reviews of a year how many were held in time, held
    late, or are overdue."""

    leaders: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.leaders + other.leaders,
            self.in_time + other.in_time,
            self.late + other.late,
            self.overdue + other.overdue,
        )

    @property
    def due(self) -> int:
        """Every review that was to be held by now."""
        return self.in_time + self.late + self.overdue


@dataclass(frozen=True, slots=True)
class Group(Generic[U, T]):
    """What is told together under the name of `unit`; `units` are all whose leaders are in it."""

    unit: U
    units: frozenset[U]
    tally: T


def groups_to_tell(
    tallies: Mapping[U, T], ways: Mapping[U, tuple[U, ...]], *, fewest: int = FEWEST_LEADERS
) -> list[Group[U, T]]:
    """The finest groups of units that each have `fewest` leaders or more; none where all together have fewer.

    `ways` leads from the top down to each unit of `tallies`, itself included. The deepest units come first:
    one that is too small is told with the unit above it. What is left over at the top takes the smallest
    other group in. Every unit is in exactly one group, so that no difference of figures tells of fewer.
    """
    parts: defaultdict[U, list[Group[U, T]]] = defaultdict(list)
    for unit, tally in tallies.items():
        parts[unit].append(Group(unit, frozenset([unit]), tally))
    depth = {unit: place for way in ways.values() for place, unit in enumerate(way)}
    above = {unit: way[place - 1] for way in ways.values() for place, unit in enumerate(way) if place}
    told = []
    for unit in sorted(depth, key=lambda each: -depth[each]):
        if unit not in parts:
            continue
        group = _joined(unit, parts[unit])
        if unit in above and group.tally.leaders < fewest:
            parts[above[unit]].append(group)
        else:
            told.append(group)
    return _without_small(told, fewest)


def _without_small(groups: list[Group[U, T]], fewest: int) -> list[Group[U, T]]:
    """With nothing small left at a top, which has nothing above it."""
    left = sorted(groups, key=lambda each: (each.tally.leaders, each.unit))
    while len(left) > 1 and left[0].tally.leaders < fewest:
        small, smallest, *others = left
        left = sorted(
            [_joined(small.unit, [small, smallest]), *others],
            key=lambda each: (each.tally.leaders, each.unit),
        )
    return [each for each in left if each.tally.leaders >= fewest]


def _joined(unit: U, parts: Sequence[Group[U, T]]) -> Group[U, T]:
    return Group(
        unit,
        frozenset[U]().union(*(each.units for each in parts)),
        reduce(add, (each.tally for each in parts)),
    )
