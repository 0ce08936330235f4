"""The next best mentors of every mentee, and why they are not the ones.

The prices of the proof say it: a pair that was not made is worth less than what its mentee and its place
bring in the best assignment, and by how much.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mentoring.matching.arrays import BoolArray, IntArray
from mentoring.matching.result import Match
from mentoring.matching.scoring import NEVER, Scores
from mentoring.matching.worth import Worth

LOWER_SCORE = "lower_score"  # the own mentor scores as high or higher
RUNNING = "running"  # scores higher, but not by the stickiness: the running pair goes on
LOCKED = "locked"  # the director holds the own pair fast
FULL = "full"  # full with pairs that the whole needs more: see `loss`
NO_PLACES = "no_places"  # takes nobody now
# Or the name of the list that keeps the two apart: line_manager, declined, other_tier ...


@dataclass(frozen=True, slots=True)
class Alternative:
    """Rows of mentee and mentor; `units`: the pair's score. `why` it is not made: a code above, or the name
    of the list that keeps them apart. `loss`: units by which the total would at least fall, were it made;
    None where somebody would lose their mentor over it, or where it may not be made."""

    mentee: int
    mentor: int
    units: int
    why: str
    loss: int | None


def alternatives(match: Match, wanted: int = 3) -> list[tuple[Alternative, ...]]:
    """For each mentee (m) the `wanted` mentors with the highest scores beside the own one, best first.

    Mentors whom a rule keeps away (level ...) are none; single mentors whom a list keeps away (line manager,
    declined ...) are, and it is said. Of equal scores the mentor with the lower key comes first.
    """
    mentee, mentor, units = _next_best(match, wanted)
    why, loss = _reasons(match, mentee, mentor, units)
    found: list[list[Alternative]] = [[] for _ in range(match.problem.shape[0])]
    for i, j, score, reason, cost in zip(
        mentee.tolist(), mentor.tolist(), units.tolist(), why.tolist(), loss, strict=True
    ):
        found[i].append(Alternative(i, j, score, reason, cost))
    return [tuple(some) for some in found]


def _next_best(match: Match, wanted: int) -> tuple[IntArray, IntArray, IntArray]:
    """Pairs beside the own ones as rows of mentees, rows of mentors and units, best first for each mentee."""
    problem = match.problem
    mentees, mentors = problem.shape
    by_key = np.argsort(problem.mentors.keys)
    unlisted = replace(problem, forbidden=(), running=problem.running[:0]).in_order(
        np.arange(mentees), by_key
    )
    own = np.append(np.argsort(by_key), -1)[match.mentor_of]
    found = []
    for rows, units in Scores(unlisted).blocks(np.arange(mentees) if mentors else np.arange(0)):
        places = np.arange(len(rows))
        paired = own[rows] >= 0
        units[places[paired], own[rows[paired]]] = NEVER
        for _ in range(min(wanted, mentors)):
            best = units.argmax(axis=1)
            found.append(np.column_stack([rows, by_key[best], units[places, best].astype(np.int64)]))
            units[places, best] = NEVER
    table = np.concatenate([np.zeros((0, 3), dtype=np.int64), *found])
    mentee, mentor, score = table[table[:, 2] >= 0].T
    return mentee, mentor, score


def _reasons(
    match: Match, mentee: IntArray, mentor: IntArray, units: IntArray
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.object_]], list[int | None]]:
    """Why each pair is not made, and what making it would cost."""
    problem, prices = match.problem, match.proof.prices
    scores = Scores(problem)
    sticky = scores.of_pairs(mentee, mentor)
    worth = Worth(problem).of_pairs(np.column_stack([mentee, mentor]), sticky) + prices.for_cover
    lack = prices.surplus[mentee] + prices.price[mentor] - worth
    may_be = (sticky >= 0) & (problem.mentors.capacity[mentor] > 0) & ~match.locked[mentee]
    uncovers = (prices.for_cover > 0) & (lack >= prices.for_cover // 2)
    own = np.where(match.mentor_of[mentee] >= 0, match.units[mentee], -1)
    why = np.select(
        [
            problem.mentors.capacity[mentor] == 0,
            match.locked[mentee],
            units <= own,
            _stays(match)[mentee] & _room(match)[mentor],
        ],
        [NO_PLACES, LOCKED, LOWER_SCORE, RUNNING],
        FULL,
    ).astype(np.object_)
    for one in problem.forbidden:
        listed = np.isin(
            mentee * problem.shape[1] + mentor, one.pairs[:, 0] * problem.shape[1] + one.pairs[:, 1]
        )
        why[listed] = one.name
    costs = np.maximum(-(-lack // prices.unit), 0)
    return why, [int(cost) if known else None for cost, known in zip(costs, may_be & ~uncovers, strict=True)]


def _stays(match: Match) -> BoolArray:
    """Mentees who keep the mentor of a running pair, (m,)."""
    stays = np.zeros(match.problem.shape[0], dtype=np.bool_)
    mentees, mentors = match.problem.running.T
    stays[mentees] = match.mentor_of[mentees] == mentors
    return stays


def _room(match: Match) -> BoolArray:
    """Mentors with a free place, (n,)."""
    return match.load < match.problem.mentors.capacity
