"""What may be told of the representation in pools, so that nobody can work out what somebody declared.

Pure rules on counts. Readers are taken to know by name who is in which pool and unit, at every moment, and to
keep what they were told; what they do not know is what people declared.

*One part.* A set of people may be told by group when it has at least ten people and at least five in each of
two or more groups. Nobody in a group fails as well: it would tell of everybody that they are not of it. Those
who did not declare are five or more, or nobody.

*Scopes.* Pool, department, division and organisation contain each other. What follows from the told scopes by
adding and subtracting are unions of *regions*: a told scope less the told scopes nearest below it, its pools
and the rest of its eligible workforce apart. So each region has to be a part that may be told, or empty.
A scope that may not be told is told with the narrowest told scope above it. Scopes that share people with
another that does not contain them are never told themselves, or the two would tell of who is in one alone.

*Moments.* Counts are told of fixed days, not when asked. Rounding to fives, or telling a change once it
reaches five, does not protect: if one person came, and the told count moves, that person moved it. So the
people are sorted by where they were then and are now. What follows from two moments are sums and differences
of those cells, each taken as a whole; a new moment is told only if each cell is empty or may be told, against
every moment told before. Until then the old figures stand, with their day.

This holds for any two moments. Who combines three might follow a person who came, left and came again; a day
a year keeps such chains short, and every told moment makes the next one harder to tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from succession.representation import Declared


@dataclass(frozen=True, slots=True)
class Floors:
    """The fewest people of a part, and of each group in it."""

    people: int = 10
    group: int = 5


FLOORS = Floors()


@dataclass(frozen=True, slots=True)
class Scope:
    """People in pools, and the eligible workforce with them, of one pool or unit.

    `above`: place of the next wider scope in the list, None for the widest. `is_shared`: somebody in the pool
    or the workforce is also in a scope that neither contains this one nor is within it.
    """

    above: int | None
    pool: Declared
    workforce: Declared
    is_shared: bool = False

    @property
    def rest(self) -> Declared:
        return self.workforce - self.pool


def may_tell(part: Declared, *, floors: Floors = FLOORS) -> bool:
    """Whether so many of each group may be told of a set of people whose names are known."""
    return (
        part.people >= floors.people
        and len(part.groups) >= 2
        and min(part.groups) >= floors.group
        and (part.not_declared == 0 or part.not_declared >= floors.group)
    )


def is_safe_part(part: Declared, *, floors: Floors = FLOORS) -> bool:
    """Whether a set that can be worked out tells nothing of anybody: it is empty, or might be told itself."""
    return part.people == 0 or may_tell(part, floors=floors)


def told_scopes(scopes: Sequence[Scope], *, floors: Floors = FLOORS) -> list[int | None]:
    """At which scope each one is told: itself, the narrowest told one above it, or None.

    From below upwards; where what a scope has beside the told ones within it is too little, those with the
    smallest pools are told with it, until it is enough. The same rule serves slates: pool is who was
    appointed, workforce who was on a slate. Raises ValueError for a pool that is not part of its workforce,
    scopes that contain each other in a circle, or more people in the told scopes than in the one above.
    """
    told: dict[int, _Told] = {}
    waiting: dict[int | None, list[_Told]] = {}
    for place in _narrow_first(scopes):
        scope = scopes[place]
        within = sorted(waiting.pop(place, []), key=lambda one: (one.pool.people, one.place), reverse=True)
        own = _Told(place, scope.pool, scope.rest, within)
        if scope.is_shared or not own.is_safe_alone(floors):
            waiting.setdefault(scope.above, []).extend(within)
            continue
        while not own.is_safe(floors):
            # Told with this scope from now on; what was told within it stays.
            joined = own.within.pop()
            del told[joined.place]
            own.within += joined.within
            own.within.sort(key=lambda one: (one.pool.people, one.place), reverse=True)
        told[place] = own
        waiting.setdefault(scope.above, []).append(own)
    return [_nearest(place, scopes, told) for place in range(len(scopes))]


def may_follow(moves: Iterable[Declared], *, floors: Floors = FLOORS) -> bool:
    """Whether a new moment may be told after one that was told.

    `moves`: the people of both moments by where they were then and are now, a cell each. The places are the
    regions that are told, the people in pools and the rest of the workforce apart, and outside. Who declared
    something else in between counts twice: gone to the outside with the old answer, come from there with the
    new one.
    """
    return all(is_safe_part(cell, floors=floors) for cell in moves)


def joined_groups(pool: Sequence[int], rest: Sequence[int], *, floors: Floors = FLOORS) -> list[list[int]]:
    """The groups of a whole organisation as they are told: by themselves, small ones together.

    `pool`, `rest`: people in pools and the others, by group. Groups too small in either go together, with the
    smallest other group as long as that is too small. The same for every scope and moment, or their groups
    could be subtracted. Each list holds places of `pool`; those that are told together come last.
    """
    least = sorted((min(pair), place) for place, pair in enumerate(zip(pool, rest, strict=True)))
    together = [place for number, place in least if number < floors.group]
    alone = [place for number, place in least if number >= floors.group]
    while together and alone and min(_sum(pool, together), _sum(rest, together)) < floors.group:
        together.append(alone.pop(0))
    return [[place] for place in sorted(alone)] + ([sorted(together)] if together else [])


def _sum(numbers: Sequence[int], places: Sequence[int]) -> int:
    return sum(numbers[place] for place in places)


@dataclass
class _Told:
    """A scope with the told scopes nearest below it."""

    place: int
    pool: Declared
    rest: Declared
    within: list[_Told] = field(default_factory=list)

    def is_safe_alone(self, floors: Floors) -> bool:
        return may_tell(self.pool, floors=floors) and may_tell(self.rest, floors=floors)

    def is_safe(self, floors: Floors) -> bool:
        pool, rest = self.pool, self.rest
        for one in self.within:
            pool, rest = pool - one.pool, rest - one.rest
        return is_safe_part(pool, floors=floors) and is_safe_part(rest, floors=floors)


def _narrow_first(scopes: Sequence[Scope]) -> list[int]:
    """Places, each after all within it. Raises ValueError for a circle."""
    depth = []
    for scope in scopes:
        steps, above = 0, scope.above
        while above is not None:
            steps, above = steps + 1, scopes[above].above
            if steps > len(scopes):
                raise ValueError("The scopes contain each other in a circle.")
        depth.append(steps)
    return sorted(range(len(scopes)), key=lambda place: -depth[place])


def _nearest(place: int, scopes: Sequence[Scope], told: dict[int, _Told]) -> int | None:
    at: int | None = place
    while at is not None and at not in told:
        at = scopes[at].above
    return at
