"""Succession of 242 positions: the bench of all of them at once, and eight years of vacancies"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from bench.figures import Figure
from bench.measuring import peak_memory, processor_clock, times_in_turn
from bench.vacancy_loop import histories_by_loop
from succession.bench_strength import bench_strength
from succession.vacancies import (
    ASSUMED_READY_AFTER,
    NEVER,
    NOBODY,
    QUARTERS,
    RUNS,
    Plan,
    draw,
    histories,
    vacancy_outlook,
)
from surveys.arrays import IntArray

POSITIONS, PEOPLE = 242, 5_000
FEW_RUNS = 200  # what the plain loop is timed with
CLOCK = processor_clock()


def measure() -> Iterator[Figure]:
    yield from vacancies()
    yield from distinct_bench()


def vacancies() -> Iterator[Figure]:
    plan = eight_years()
    simulate = partial(vacancy_outlook, plan, seed=1)
    memory = peak_memory(simulate)
    draws = draw(plan, np.random.SFC64(1), FEW_RUNS, QUARTERS)
    by_loop, ours = times_in_turn(
        lambda: histories_by_loop(plan, draws, {}), simulate, runs=5, warm=0, clock=CLOCK
    )
    whole_loop = [seconds * RUNS / FEW_RUNS for seconds in by_loop]
    yield Figure.of_times(
        f"vacancies of eight years in {RUNS:,} runs / plain Python loop",
        whole_loop,
        ours,
        target=0.1,
        limit=0.2,
        memory=memory,
        note=f"{len(plan.ready_at):,} candidacies; the loop: {FEW_RUNS} runs, and without the draws, "
        "which ours include",
    )
    yield Figure.of_number(
        f"vacancies of eight years in {RUNS:,} runs",
        float(np.median(ours)),
        unit="s",
        target=2,
        limit=6,
        note="processor time of one core",
    )
    fast, slow = histories(plan, draws), histories_by_loop(plan, draws, {})
    differing = sum(
        int((getattr(fast, name) != getattr(slow, name)).sum())
        for name in ("vacancies", "unfilled", "is_open", "ever_open")
    )
    yield Figure.of_number("counts that differ from the loop's", differing, unit="counts", target=0, limit=0)


def eight_years() -> Plan:
    """Ten candidates a position on average, many of them in two or three pools, some holding a position."""
    random = np.random.default_rng(242)
    people = 1_200
    pairs = random.permutation(np.unique(random.integers(0, POSITIONS * people, 10 * POSITIONS)))
    position, person = pairs // people, pairs % people
    incumbent = np.where(random.random(POSITIONS) < 0.03, NOBODY, people + np.arange(POSITIONS))
    rising = random.random(POSITIONS) < 0.4
    incumbent[rising] = random.permutation(people)[: rising.sum()]
    kept = incumbent[position] != person
    bands = random.choice(list(ASSUMED_READY_AFTER.values()), len(pairs), p=[0.3, 0.3, 0.2, 0.2])
    said = random.random(POSITIONS) < 0.1
    return Plan(
        incumbent=incumbent,
        term_end=random.integers(0, QUARTERS, POSITIONS),
        intention=np.where(said, random.integers(0, QUARTERS, POSITIONS), NEVER),
        tenure=np.full(POSITIONS, QUARTERS),
        exit_rate=np.full(POSITIONS, 0.06),
        candidate_position=position[kept],
        candidate_person=person[kept],
        ready_at=bands[kept],
    )


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
