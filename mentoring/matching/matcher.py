"""The best assignment of one tier, with its proof.

Most mentees covered first; among those assignments the highest total of scores, with the stickiness added to
running pairs; among those the lots of pair and cycle. Locks are taken before anything else. The method and
its sources: docs/matching.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from mentoring.matching.arrays import NO_PAIRS, IntArray
from mentoring.matching.flow import best_among
from mentoring.matching.lots import LOTS, Lots
from mentoring.matching.pool import Pool, best_both_ways, best_pairs
from mentoring.matching.prices import middle_prices
from mentoring.matching.problem import Problem, lock_conflicts
from mentoring.matching.proof import Prices, improving_pairs
from mentoring.matching.result import Match, Proof
from mentoring.matching.scoring import UNITS, Scores

NEARLY = 20  # units: pairs that lack so little now are likely to improve after the next round

Progress: TypeAlias = Callable[[str, str, float], None]
"""Told (tier, phase, share of the tier's work, 0 to 1); phases: scores, flow, proof, done. May raise to
stop."""


def no_progress(tier: str, phase: str, share: float) -> None:
    """Nobody wants to know."""


def match(problem: Problem, progress: Progress = no_progress) -> Match:
    """The best assignment. The same people in another order, or on another machine, get the same mentors.

    Nobody to match, no capacity or nobody eligible is an empty assignment. Raises ValueError for locks that
    break a rule or a capacity; `lock_conflicts` lists them.
    """
    conflicts = lock_conflicts(problem)
    if conflicts:
        first = conflicts[0]
        raise ValueError(
            f"The lock of {problem.mentees.keys[first.mentee]} with {problem.mentors.keys[first.mentor]} "
            f"cannot be kept: {', '.join(first.reasons)}."
        )
    orders = np.argsort(problem.mentees.keys), np.argsort(problem.mentors.keys)
    found = _match_in_order(problem.in_order(*orders), progress)
    return _in_order_of(problem, found, *orders)


def _match_in_order(problem: Problem, progress: Progress) -> Match:
    mentees, mentors = problem.shape
    locks = problem.locks
    locked = np.zeros(mentees, dtype=np.bool_)
    locked[locks[:, 0]] = True
    free = np.flatnonzero(~locked)
    capacity = problem.mentors.capacity - np.bincount(locks[:, 1], minlength=mentors)
    chosen, proof = _proven(problem, free, np.minimum(capacity, len(free)), progress)
    chosen[locks[:, 0]] = locks[:, 1]
    units = np.zeros(mentees, dtype=np.int64)
    covered = np.flatnonzero(chosen >= 0)
    units[covered] = Scores(problem).of_pairs(covered, chosen[covered], sticky=False)
    progress(problem.tier, "done", 1.0)
    return Match(problem, chosen, units, locked, proof)


def _proven(
    problem: Problem, free: IntArray, capacity: IntArray, progress: Progress
) -> tuple[IntArray, Proof]:
    """Solve among few pairs, price, look at all pairs, add those that could improve; until there are none."""
    tier, mentees = problem.tier, problem.shape[0]
    scores, lots = Scores(problem), Lots(problem)
    for_cover = (
        3 * UNITS * LOTS * (len(free) + 1)
    )  # no score, stickiness and lot together reach 3 x UNITS x LOTS
    progress(tier, "scores", 0.0)
    pairs, units = best_pairs(scores, free)
    offered = capacity[pairs[:, 1]] > 0
    pool = Pool(pairs[offered], units[offered], lots)
    added: list[int] = []
    while True:
        begun = 1 - 0.7 * 0.4 ** len(added)
        progress(tier, "flow", begun)
        chosen = best_among(pool.pairs, pool.worth, capacity, mentees)
        surplus, price = middle_prices(pool.pairs, pool.worth + for_cover, capacity, chosen)
        price[capacity == 0] = 2 * for_cover  # nobody could pay that: pairs without a place never improve
        prices = Prices(surplus, price, for_cover)

        def seen(rows: int, begun: float = begun) -> None:
            progress(tier, "proof", begun + 0.6 * (1 - begun) * rows / len(free))

        nearly = NEARLY if not added else 0
        found = list(improving_pairs(scores, lots, free, prices, nearly=nearly, seen=seen))
        pairs, worth, excess = (
            (np.concatenate(parts) for parts in zip(*found, strict=True)) if found else _none()
        )
        if not (excess > 0).any():
            return chosen, _proof(pool, added, capacity, chosen, prices)
        kept = best_both_ways(pairs, excess)
        added.append(pool.add(pairs[kept], worth[kept]))


def _none() -> tuple[IntArray, IntArray, IntArray]:
    return NO_PAIRS, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)


def _proof(pool: Pool, added: list[int], capacity: IntArray, chosen: IntArray, prices: Prices) -> Proof:
    taken = chosen[pool.pairs[:, 0]] == pool.pairs[:, 1]
    covered = int((chosen >= 0).sum())
    return Proof(
        rounds=len(added) + 1,
        pairs_considered=len(pool.pairs),
        pairs_added=tuple(added),
        covered=covered,
        objective=int(pool.worth[taken].sum()) + covered * prices.for_cover,
        bound=int(prices.surplus.sum()) + int((capacity * prices.price).sum()),
        prices=prices,
    )


def _in_order_of(problem: Problem, found: Match, mentees: IntArray, mentors: IntArray) -> Match:
    """The same match with the rows of `problem`, of which `mentees` and `mentors` were the sorted order."""
    at_mentee, at_mentor = np.argsort(mentees), np.argsort(mentors)
    chosen = found.mentor_of[at_mentee]
    prices = found.proof.prices
    return Match(
        problem=problem,
        mentor_of=np.where(chosen >= 0, mentors[chosen], -1) if len(mentors) else chosen,
        units=found.units[at_mentee],
        locked=found.locked[at_mentee],
        proof=replace(
            found.proof,
            prices=Prices(prices.surplus[at_mentee], prices.price[at_mentor], prices.for_cover),
        ),
    )
