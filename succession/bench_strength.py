"""How strong the bench is: how many positions could be filled at once, and by whom too much is carried.

A person who is ready for three positions can take one. So the bench of all positions together is a maximum
matching between positions and people, and not the sum of the pools. Which positions a matching leaves open is
partly chance; which compete for too few people is not: the positions reached from an open one by alternating
paths are the same in every maximum matching (Dulmage and Mendelsohn 1958, "Coverings of bipartite graphs",
Canadian Journal of Mathematics 10, 517-534). They fall into groups of positions that share too few people,
each a witness by the theorem of Hall (1935, Journal of the London Mathematical Society 10, 26-30).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from surveys.arrays import BoolArray, IntArray

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Shortage:
    """Positions that together have fewer people than there are positions: every maximum matching leaves
    `missing` of them open. Nobody at all, where `people` is empty. Both in rising order."""

    positions: tuple[int, ...]
    people: tuple[int, ...]

    @property
    def missing(self) -> int:
        return len(self.positions) - len(self.people)


@dataclass(frozen=True)
class BenchStrength:
    """The bench of P positions and C people.

    `ready` (P,): people ready for each position. `pools` (C,): positions each person is ready for.
    `successor` (P,): who would take each position if all were vacant at once, in one maximum matching; NOBODY
    where none is left. `only_for` (C,): positions that have this person and nobody else. `is_needed` (C,):
    without this person one position fewer could be filled. `shortages`: positions that compete for too few
    people, in the order of their first position.
    """

    ready: IntArray
    pools: IntArray
    successor: IntArray
    only_for: IntArray
    is_needed: BoolArray
    shortages: tuple[Shortage, ...]

    @property
    def distinct(self) -> int:
        """How many positions could be filled at once."""
        return int((self.successor != NOBODY).sum())

    @property
    def empty(self) -> IntArray:
        """Positions that nobody is ready for."""
        return np.flatnonzero(self.ready == 0)

    @property
    def single_candidate(self) -> IntArray:
        """Positions that one person is ready for."""
        return np.flatnonzero(self.ready == 1)

    @property
    def counted_twice(self) -> IntArray:
        """People who are ready for more than one position: the pools count them each time."""
        return np.flatnonzero(self.pools > 1)

    @property
    def single_person(self) -> IntArray:
        """People on whom alone more than one position rests."""
        return np.flatnonzero(self.only_for > 1)


def bench_strength(position: IntArray, person: IntArray, *, positions: int, people: int) -> BenchStrength:
    """The bench by who is ready now for what.

    `position`, `person` (E,): one pair for each person in a pool who is ready, position from 0 to
    positions - 1 and person from 0 to people - 1. Which maximum matching is shown depends on their order,
    nothing else does. Raises ValueError for a pair that is out of range or there twice.
    """
    _check_pairs(position, person, positions, people)
    from scipy.sparse import csr_array  # noqa: PLC0415 - most pages need no SciPy (surveys/quantiles.py)
    from scipy.sparse.csgraph import maximum_bipartite_matching  # noqa: PLC0415

    ready = np.bincount(position, minlength=positions)
    successor = np.full(positions, NOBODY, dtype=np.int64)
    if len(position):
        graph = csr_array((np.ones(len(position), dtype=np.int8), (position, person)), (positions, people))
        successor = maximum_bipartite_matching(graph, perm_type="column").astype(np.int64)
    takes = np.full(people, NOBODY, dtype=np.int64)
    filled = np.flatnonzero(successor != NOBODY)
    takes[successor[filled]] = filled
    short = _reached(successor == NOBODY, position, person, takes)
    spare = _reached(takes == NOBODY, person, position, successor)
    lone = ready[position] == 1
    return BenchStrength(
        ready=ready,
        pools=np.bincount(person, minlength=people),
        successor=successor,
        only_for=np.bincount(person[lone], minlength=people),
        is_needed=~spare,
        shortages=_shortages(short, position, person, people),
    )


def _check_pairs(position: IntArray, person: IntArray, positions: int, people: int) -> None:
    if position.shape != person.shape or position.ndim != 1:
        raise ValueError("Each pair is a position and a person.")
    for place, count, word in ((position, positions, "position"), (person, people, "person")):
        wrong = (place < 0) | (place >= count)
        if wrong.any():
            raise ValueError(f"There is no {word} {place[wrong][0]} among {count}.")
    if len(np.unique(position * people + person)) < len(position):
        raise ValueError("Somebody is in a pool twice.")


def _reached(start: BoolArray, near: IntArray, far: IntArray, partner: IntArray) -> BoolArray:
    """Which of one side are reached from `start` along a pair to the other side and back to who is matched
    with that. `near`, `far` (E,): the pairs; `partner`: of each on the far side, NOBODY if none."""
    reached = start.copy()
    while True:
        found = partner[far[reached[near]]]
        found = found[found != NOBODY]
        if reached[found].all():
            return reached
        reached[found] = True


def _shortages(short: BoolArray, position: IntArray, person: IntArray, people: int) -> tuple[Shortage, ...]:
    """The connected groups of positions in shortage with all people who are ready for them."""
    from scipy.sparse import csr_array  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    positions = len(short)
    among = short[position]
    pairs = (position[among], positions + person[among])
    whole = positions + people
    graph = csr_array((np.ones(int(among.sum()), dtype=np.int8), pairs), (whole, whole))
    _, group = connected_components(graph, directed=False)
    taking = np.flatnonzero(short)
    shared = np.unique(person[among])
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for one in taking.tolist():
        groups.setdefault(int(group[one]), ([], []))[0].append(one)
    for one in shared.tolist():
        groups[int(group[positions + one])][1].append(one)
    return tuple(Shortage(tuple(places), tuple(found)) for places, found in groups.values())
