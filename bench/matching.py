"""Matching mentees with mentors: the proven optimum beside what else could be done"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from bench.figures import Figure
from bench.measuring import peak_memory, processor_clock, times_in_turn
from bench.mentors import OTHER_INTERESTS, TURNOVER, a_quarter_later, cohort, shuffled, three_tiers
from bench.rivals import (
    FOR_COVER,
    dense_assignment,
    matching_package,
    playbook_snippet,
)
from mentoring.matching.arrays import IntArray
from mentoring.matching.checking import faults_of
from mentoring.matching.comparison import measures
from mentoring.matching.matcher import match
from mentoring.matching.problem import Problem
from mentoring.matching.scoring import Scores
from mentoring.matching.stability import stable_assignment
from mentoring.matching.tiers import match_tiers
from mentoring.matching.trade_offs import fairest_match

SMALL, MIDDLE, LARGE, LARGEST = (200, 60), (2_000, 500), (5_000, 1_500), (20_000, 5_000)
DENSE_NEEDS = 12  # GiB for SciPy at the largest size
SLOW_RUNS, RUNS = 3, 7
CLOCK = processor_clock()


def measure() -> Iterator[Figure]:
    yield from memory()
    yield scores_beside_the_bare_product()
    yield from beside_scipy_at_the_largest_size()
    yield beside_scipy(LARGE)
    yield from exactness()
    yield in_another_order()
    yield three_tiers_beside_one()
    yield from refresh()
    yield from other_aims()
    yield from beside_the_playbook()
    yield from beside_the_package()


def memory() -> Iterator[Figure]:
    """First, while this process is small; the solver is loaded before, as imports are not counted."""
    match(cohort(*SMALL))
    used = {}
    for size, target, limit in ((LARGE, None, None), (LARGEST, 100, 600)):
        problem = cohort(*size)
        used[size] = peak_memory(partial(match, problem))
        yield Figure.of_number(
            f"memory of {named(size)} above the imports",
            used[size],
            unit="MiB",
            target=target,
            limit=limit,
            note=f"{size[0] * size[1] / 1e6:.1f} million pairs; scores of one block of 256 rows at a time",
        )
    yield Figure.of_number(
        f"memory of {named(LARGEST)} / {named(LARGE)}",
        used[LARGEST] / used[LARGE],
        unit="x",
        target=5,
        limit=8,
        note=f"{sum(LARGEST) / sum(LARGE):.1f} times the people, "
        f"{LARGEST[0] * LARGEST[1] / (LARGE[0] * LARGE[1]):.0f} times the pairs",
    )


def scores_beside_the_bare_product() -> Figure:
    problem = cohort(*LARGE)
    scores, rows = Scores(problem), np.arange(LARGE[0])
    left = problem.mentees.tags.astype(np.float32)
    right = np.ascontiguousarray(problem.mentors.tags.T.astype(np.float32))
    space = np.empty(LARGE, dtype=np.float32)
    bare, ours = times_in_turn(
        lambda: np.matmul(left, right, out=space),
        lambda: [None for _ in scores.blocks(rows)],
        runs=15,
        clock=CLOCK,
    )
    return Figure.of_times(
        f"scores and eligibility of {named(LARGE)} / bare BLAS product",
        bare,
        ours,
        target=5,
        limit=10,
        note="cosine, availability, past success, rules, declined pairs, rounding",
    )


def beside_scipy(size: tuple[int, int]) -> Figure:
    problem = cohort(*size)
    dense, ours = times_in_turn(
        lambda: dense_assignment(problem),
        lambda: match(problem),
        runs=SLOW_RUNS,
        warm=0,
        clock=CLOCK,
    )
    return Figure.of_times(
        f"exact matching of {named(size)} / SciPy linear_sum_assignment",
        dense,
        ours,
        target=0.3,
        limit=0.6,
        note=f"both from tags to pairs; ours also breaks ties and proves; {min(ours):.2f} s here",
    )


def beside_scipy_at_the_largest_size() -> Iterator[Figure]:
    """Each in a process of its own. Every unit of the total is compared."""
    problem = cohort(*LARGEST)
    began = CLOCK()
    found = match(problem)
    ours = CLOCK() - began
    if free_memory() < DENSE_NEEDS:
        yield Figure.of_number(
            f"exact matching of {named(LARGEST)}",
            ours,
            unit="s",
            target=None,
            limit=None,
            note=f"SciPy was left out: it needs {DENSE_NEEDS} GiB, and {free_memory():.0f} GiB are free",
        )
        return
    seconds, used, differing = dense_in_a_process(problem, found.mentor_of)
    yield Figure.of_times(
        f"exact matching of {named(LARGEST)} / SciPy linear_sum_assignment",
        [seconds],
        [ours],
        target=0.22,
        limit=0.6,
        note=f"{found.proof.rounds} rounds, {found.proof.pairs_considered:,} pairs considered; {ours:.1f} s "
        f"and {seconds:.0f} s here, SciPy with {used / 1024:.1f} GiB; it differs in {differing:.0f} units",
    )


def exactness() -> Iterator[Figure]:
    """Every size against the dense solver but the largest, which is proven by the check alone."""
    for size in (SMALL, MIDDLE, LARGE):
        problem = cohort(*size)
        found = match(problem)
        dense = dense_assignment(problem)
        yield Figure.of_number(
            f"{named(size)}: total and number matched against SciPy on all pairs",
            abs(units(problem, found.mentor_of) - units(problem, dense)),
            unit="units",
            target=0,
            limit=0,
            note=f"{found.proof.covered} covered, {found.proof.rounds} rounds, "
            f"{found.proof.pairs_considered:,} of {size[0] * size[1]:,} pairs considered",
        )
    for size in (SMALL, MIDDLE, LARGE, LARGEST):
        found = match(cohort(*size))
        yield Figure.of_number(
            f"{named(size)}: gap of the proof, broken rules and capacities",
            found.proof.gap + len(faults_of(found)),
            unit="faults",
            target=0,
            limit=0,
        )


def in_another_order() -> Figure:
    problem = cohort(*LARGE)
    differing = set(match(problem).keys) ^ set(match(shuffled(problem)).keys)
    return Figure.of_number(
        f"{named(LARGE)} in another order: pairs that differ", len(differing), unit="pairs", target=0, limit=0
    )


def three_tiers_beside_one() -> Figure:
    tiers = three_tiers(*LARGE)
    later = [a_quarter_later(one.problem, one.pairs) for one in match_tiers(tiers)]
    one, three = times_in_turn(
        lambda: match(later[1]), lambda: match_tiers(later), runs=SLOW_RUNS, warm=0, clock=CLOCK
    )
    return Figure.of_times(
        f"three tiers with running pairs / one tier, {named(LARGE)} each", one, three, target=3.5, limit=5
    )


def refresh() -> Iterator[Figure]:
    begun = match(cohort(*LARGE))
    later = a_quarter_later(begun.problem, begun.pairs)
    sticky, free = match(later), match(replace(later, weights=replace(later.weights, stickiness=0.0)))
    told, freely = measures(later, sticky.mentor_of), measures(later, free.mentor_of)
    settled = broken_among_settled(begun.problem, later, sticky.mentor_of)
    freely_broken = 100 * broken(freely.continuable, freely.kept)
    yield Figure.of_number(
        "refresh: running pairs that could go on and are broken",
        100 * broken(told.continuable, told.kept),
        unit="%",
        target=3,
        limit=8,
        note=f"of {told.continuable}; {freely_broken:.0f} % without stickiness; "
        f"{100 * settled:.1f} % where neither side states "
        f"another interest; {TURNOVER:.0%} of each side leave and come, {OTHER_INTERESTS:.0%} do",
    )
    yield Figure.of_number(
        "refresh: what stickiness costs of the best total",
        100 * (1 - told.total / freely.total),
        unit="%",
        target=0.5,
        limit=2,
        note=f"{told.covered} covered, {freely.covered} without stickiness",
    )


def other_aims() -> Iterator[Figure]:
    found = match(cohort(*LARGE))
    best = measures(found.problem, found.mentor_of)
    stable = measures(found.problem, stable_assignment(found.problem))
    fair = measures(found.problem, fairest_match(found).mentor_of)
    yield Figure.of_number(
        "what stability would cost of the total",
        100 * (1 - stable.total / best.total),
        unit="%",
        target=None,
        limit=None,
        note=f"and leaves {best.covered - stable.covered} more without a mentor; the optimum has "
        f"{best.blocking:,} blocking pairs",
    )
    yield Figure.of_number(
        "what the fairest worst score would cost of the total",
        100 * (1 - fair.total / best.total),
        unit="%",
        target=None,
        limit=None,
        note=f"{fair.worst / 1e4:.3f} instead of {best.worst / 1e4:.3f}",
    )


def beside_the_playbook() -> Iterator[Figure]:
    problem = cohort(*MIDDLE)
    ours, theirs = times_in_turn(
        lambda: match(problem), lambda: playbook_snippet(problem), runs=1, warm=0, clock=CLOCK
    )
    yield Figure.of_times(
        f"the playbook's snippet / exact matching, {named(MIDDLE)}", ours, theirs, target=None, limit=None
    )
    found = match(problem)
    for capacities in (False, True):
        chosen = playbook_snippet(problem, capacities=capacities)
        taken = np.flatnonzero(chosen >= 0)
        ineligible = Scores(problem).of_pairs(taken, chosen[taken]) < 0
        load = np.bincount(chosen[taken], minlength=problem.shape[1])
        above = np.maximum(load - problem.mentors.capacity, 0).sum()
        yield Figure.of_number(
            f"pairs of the snippet {'with' if capacities else 'without'} capacities that may not be",
            int(ineligible.sum() + above),
            unit="pairs",
            target=None,
            limit=None,
            note=f"{ineligible.sum()} not allowed, {above} above a capacity, of {len(taken)}; "
            f"{(~ineligible).sum()} allowed ones, the matcher covers {found.proof.covered}",
        )


def beside_the_package() -> Iterator[Figure]:
    for size in (SMALL, MIDDLE):
        problem = cohort(*size)
        if not matching_package(problem):
            yield Figure.of_number(
                f"the matching package at {named(size)}",
                0,
                unit="results",
                target=None,
                limit=None,
                note="ends in a recursion error",
            )
            continue
        ours, theirs = times_in_turn(
            partial(match, problem),
            partial(matching_package, problem),
            runs=RUNS,
            clock=CLOCK,
        )
        yield Figure.of_times(
            f"the matching package (stable, not best) / exact matching, {named(size)}",
            ours,
            theirs,
            target=None,
            limit=None,
        )


def dense_in_a_process(problem: Problem, ours: IntArray) -> tuple[float, float, float]:
    """Seconds, MiB and units that differ, of SciPy's solver in a process that ends afterwards."""
    answer = mmap.mmap(-1, 16)

    def solve() -> None:
        began = CLOCK()
        chosen = dense_assignment(problem)
        seconds = CLOCK() - began
        differing = abs(units(problem, chosen) - units(problem, ours))
        struct.pack_into("dd", answer, 0, seconds, differing)

    used = peak_memory(solve)
    seconds, differing = struct.unpack_from("dd", answer, 0)
    return seconds, used, differing


def units(problem: Problem, mentor_of: IntArray) -> int:
    """Sum of units, and FOR_COVER for each mentee covered."""
    covered = np.flatnonzero(mentor_of >= 0)
    return int(Scores(problem).of_pairs(covered, mentor_of[covered]).sum()) + FOR_COVER * len(covered)


def broken_among_settled(before: Problem, later: Problem, mentor_of: IntArray) -> float:
    """Share of running pairs that are broken, of those whose sides both state what they stated before."""
    mentees, mentors = later.running.T
    same_mentee = (before.mentees.tags[mentees] == later.mentees.tags[mentees]).all(axis=1)
    same_mentor = (before.mentors.tags[mentors] == later.mentors.tags[mentors]).all(axis=1)
    settled = same_mentee & same_mentor
    return broken(int(settled.sum()), int((settled & (mentor_of[mentees] == mentors)).sum()))


def broken(continuable: int, kept: int) -> float:
    return 1 - kept / continuable if continuable else 0.0


def named(size: tuple[int, int]) -> str:
    return f"{size[0]:,} x {size[1]:,}"


def free_memory() -> float:
    """GiB that could be taken now."""
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
