"""The best assignment of one tier, with its proof.

Most mentees covered first; among those assignments the highest total of scores, with the stickiness added to
running pairs; among those the lots of pair and cycle. Locks are taken before anything else. The method and
its sources: docs/matching.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import numpy as np

from mentoring.matching.arrays import NO_PAIRS, IntArray
from mentoring.matching.flow import best_among
from mentoring.matching.pool import Pool, best_of_each, best_pairs
from mentoring.matching.prices import middle_prices
from mentoring.matching.problem import Problem, lock_conflicts
from mentoring.matching.proof import Prices, improving_pairs
from mentoring.matching.result import Match, Proof
from mentoring.matching.scoring import Scores
from mentoring.matching.worth import Worth

NEARLY = 20  # units: pairs that lack so little now are likely to improve after the next round
MANY = 8_192  # pairs of a part of a block

Progress: TypeAlias = Callable[[str, str, float], None]
"""Told (tier, phase, share of the tier's work, 0 to 1); phases: scores, flow, proof, done. May raise to
stop."""


def no_progress(tier: str, phase: str, share: float) -> None:
    """Nobody wants to know."""


def match(problem: Problem, progress: Progress = no_progress, *, cover_first: bool = True) -> Match:
    """The best assignment. The same people in another order, or on another machine, get the same mentors.

    With `cover_first` off: the highest total, whoever goes without; tells what covering costs. Nobody to
    match, no capacity or nobody eligible is an empty assignment. Raises ValueError for locks that break a
    rule or a capacity; `lock_conflicts` lists them.
    """
    if conflicts := lock_conflicts(problem):
        mentee, mentor = problem.mentees.keys[conflicts[0].mentee], problem.mentors.keys[conflicts[0].mentor]
        raise ValueError(
            f"The lock of {mentee} with {mentor} cannot be kept: {', '.join(conflicts[0].reasons)}."
        )
    orders = np.argsort(problem.mentees.keys), np.argsort(problem.mentors.keys)
    found = _match_in_order(problem.in_order(*orders), progress, cover_first)
    return _in_order_of(problem, found, *orders)


def _match_in_order(problem: Problem, progress: Progress, cover_first: bool) -> Match:
    mentees, mentors = problem.locks.T
    search = _Search(problem, progress, cover_first)
    chosen, proof = search.proven()
    chosen[mentees] = mentors
    units = np.zeros(problem.shape[0], dtype=np.int64)
    covered = np.flatnonzero(chosen >= 0)
    units[covered] = Scores(problem.without_floor()).of_pairs(covered, chosen[covered], sticky=False)
    progress(problem.tier, "done", 1.0)
    return Match(problem, chosen, units, search.locked, proof)


class _Search:
    """Who is left when the locks are taken, and the search for their best assignment."""

    def __init__(self, problem: Problem, progress: Progress, cover_first: bool) -> None:
        mentees, mentors = problem.shape
        self.locked = np.isin(np.arange(mentees), problem.locks[:, 0])
        self._free = np.flatnonzero(~self.locked)
        left = problem.mentors.capacity - np.bincount(problem.locks[:, 1], minlength=mentors)
        self._capacity = np.minimum(left, len(self._free))
        self._scores, self._worth = Scores(problem), Worth(problem)
        self._cover_first = cover_first
        self._for_cover = self._worth.for_cover if cover_first else 0
        self._tell = partial(progress, problem.tier)

    def proven(self) -> tuple[IntArray, Proof]:
        """Solve among few pairs, price, look at all pairs, add those that could improve; until there are
        none."""
        self._tell("scores", 0.0)
        pairs, units = best_pairs(self._scores, self._worth, self._free)
        offered = self._capacity[pairs[:, 1]] > 0
        pool = Pool(pairs[offered], units[offered], self._worth)
        added: list[int] = []
        while True:
            begun = 1 - 0.7 * 0.4 ** len(added)
            self._tell("flow", begun)
            chosen, prices = self._solved(pool)
            pairs, worth, excess = self._improving(prices, begun, NEARLY if not added else 0)
            if not (excess > 0).any():
                return chosen, self._proof(pool, added, chosen, prices)
            kept = best_of_each(pairs[:, 0], excess) | best_of_each(pairs[:, 1], excess)
            added.append(pool.add(pairs[kept], worth[kept]))

    def _solved(self, pool: Pool) -> tuple[IntArray, Prices]:
        """The best assignment among the pool's pairs, and its prices."""
        chosen = best_among(
            pool.pairs, pool.worth, self._capacity, len(self.locked), cover_first=self._cover_first
        )
        surplus, price = middle_prices(pool.pairs, pool.worth + self._for_cover, self._capacity, chosen)
        price[self._capacity == 0] = 2 * self._worth.for_cover  # nobody would pay that
        return chosen, Prices(surplus, price, self._for_cover, self._worth.unit)

    def _improving(self, prices: Prices, begun: float, nearly: int) -> tuple[IntArray, IntArray, IntArray]:
        """Pairs of all that could improve, or nearly; their worth, and by how much it exceeds the prices."""

        def seen(rows: int) -> None:
            self._tell("proof", begun + 0.6 * (1 - begun) * rows / len(self._free))

        nothing = NO_PAIRS, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        found = improving_pairs(self._scores, self._worth, self._free, prices, nearly=nearly, seen=seen)
        pairs, worth, excess = zip(nothing, *(_trimmed(*some) for some in found), strict=True)
        return np.concatenate(pairs), np.concatenate(worth), np.concatenate(excess)

    def _proof(self, pool: Pool, added: list[int], chosen: IntArray, prices: Prices) -> Proof:
        taken = chosen[pool.pairs[:, 0]] == pool.pairs[:, 1]
        covered = int(taken.sum())
        return Proof(
            cover_first=self._cover_first,
            rounds=len(added) + 1,
            pairs_considered=len(pool.pairs),
            pairs_added=tuple(added),
            covered=covered,
            objective=sum(pool.worth[taken].tolist()) + covered * prices.for_cover,
            bound=prices.bound(self._free, self._capacity),
            prices=prices,
        )


def _trimmed(pairs: IntArray, worth: IntArray, excess: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Some pairs, or where they are many those that exceed most for each mentee: all of them could be
    near."""
    if len(pairs) <= MANY:
        return pairs, worth, excess
    kept = best_of_each(pairs[:, 0], excess)
    return pairs[kept], worth[kept], excess[kept]


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
            prices=replace(prices, surplus=prices.surplus[at_mentee], price=prices.price[at_mentor]),
        ),
    )
