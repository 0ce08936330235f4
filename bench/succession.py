"""Succession of 242 positions: the bench of all of them at once, beside the plain way"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bench.figures import Figure
from bench.measuring import processor_clock, times_in_turn
from succession.bench_strength import bench_strength
from surveys.arrays import IntArray

POSITIONS, PEOPLE = 242, 5_000
CLOCK = processor_clock()


def measure() -> Iterator[Figure]:
    yield from distinct_bench()


def distinct_bench() -> Iterator[Figure]:
    position, person = ready_pairs()
    plain, ours = times_in_turn(
        lambda: matched_one_by_one(position, person),
        lambda: bench_strength(position, person, positions=POSITIONS, people=PEOPLE),
        runs=15,
        clock=CLOCK,
    )
    note = f"{len(position):,} pairs; the plain way matches only, ours also finds who is needed and shortages"
    yield Figure.of_times(
        "bench of 242 positions and 5,000 people / augmenting paths in plain Python",
        plain,
        ours,
        target=4,
        limit=8,
        note=note,
    )
    yield Figure.of_number(
        "bench of 242 positions and 5,000 people",
        1_000 * float(np.median(ours)),
        unit="ms",
        target=50,
        limit=250,
        note="processor time",
    )


def ready_pairs() -> tuple[IntArray, IntArray]:
    """Each person is ready for two positions. Every other position looks to the same hundred people alone,
    who are not enough for all of these."""
    random = np.random.default_rng(242)
    wide = 2 * random.integers(0, POSITIONS // 2, (PEOPLE, 2)) + 1
    few = 2 * random.integers(0, POSITIONS // 2, (100, 10))
    wide_pairs = wide.ravel() * PEOPLE + np.repeat(np.arange(PEOPLE), 2)
    few_pairs = few.ravel() * PEOPLE + np.repeat(np.arange(100), 10)
    pairs = np.unique(np.concatenate([wide_pairs, few_pairs]))
    return pairs // PEOPLE, pairs % PEOPLE


def matched_one_by_one(position: IntArray, person: IntArray) -> dict[int, int]:
    """A maximum matching, person -> position: each position in turn looks for a path that frees somebody."""
    ready: dict[int, list[int]] = {}
    for place, who in zip(position.tolist(), person.tolist(), strict=True):
        ready.setdefault(place, []).append(who)
    takes: dict[int, int] = {}

    def find(place: int, seen: set[int]) -> bool:
        for who in ready.get(place, ()):
            if who not in seen:
                seen.add(who)
                if who not in takes or find(takes[who], seen):
                    takes[who] = place
                    return True
        return False

    for place in range(POSITIONS):
        find(place, set())
    return takes
