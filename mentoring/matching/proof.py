"""The proof that no other assignment is better: prices under which no pair of all could still improve.

Linear-programming duality (docs/matching.md): for prices p >= 0 and surpluses u >= 0 with u_i + p_j >= worth
of every pair that may be, no assignment is worth more than sum(u) + sum(capacity x p). Where the assignment
is worth exactly that, it is the best. All numbers are whole, so "exactly" means the last unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import IntArray
from mentoring.matching.scoring import BLOCK, Scores, slices_of
from mentoring.matching.worth import Worth

REACH = np.float32(2**21)  # prices this far apart, in units, need no comparison
ROUNDING = 0.5  # more than float32 can be wrong within REACH


@dataclass(frozen=True, eq=False)
class Prices:
    """Surplus of each mentee (m,) and price of a place of each mentor (n,): whole numbers, not negative, in
    worth.

    `for_cover` is added to the worth of every pair, 0 where covering does not come first. `unit`: a unit of
    score.
    """

    surplus: IntArray
    price: IntArray
    for_cover: int
    unit: int

    def bound(self, mentees: IntArray, capacity: IntArray) -> int:
        """What no assignment of these mentees (rows) to mentors of this capacity (n,) exceeds."""
        surplus: list[int] = self.surplus[mentees].tolist()  # Python's numbers: the sum may not fit 64 bits
        places = zip(capacity.tolist(), self.price.tolist(), strict=True)
        return sum(surplus) + sum(int(number) * int(price) for number, price in places)


def improving_pairs(
    scores: Scores,
    worth: Worth,
    rows: IntArray,
    prices: Prices,
    *,
    nearly: int = 0,
    seen: Callable[[int], None] = lambda rows: None,
) -> Iterator[tuple[IntArray, IntArray, IntArray]]:
    """Pairs of mentees in `rows` with any mentor that the prices do not rule out: (k, 2), their worth (k,),
    and by how much it exceeds surplus and price (k,).

    Every pair that exceeds is found, none is spared; besides, those that lack at most `nearly` units. All
    pairs are looked at in float32, in which a score is exact, with prices moved so that they are near 0;
    whatever comes close is computed again in whole numbers. `seen` is told how many rows are done.
    """
    mentors = scores.shape[1]
    done = 0
    for group in _of_like_surplus(rows, prices):
        base = int(prices.surplus[group[0]])
        above = (
            ((prices.price + base - prices.for_cover) / prices.unit).clip(-REACH, REACH).astype(np.float32)
        )
        spare = np.empty((min(BLOCK, len(group)), mentors), dtype=np.float32)
        for some, units in scores.blocks(group):
            limit = ((prices.surplus[some] - base) / prices.unit - (1 + ROUNDING + nearly)).astype(np.float32)
            left_over = np.subtract(units, above, out=spare[: len(some)])
            for places in slices_of(np.flatnonzero(left_over > limit[:, np.newaxis])):
                of_mentee, of_mentor = np.divmod(places, mentors)
                pairs = np.column_stack([some[of_mentee], of_mentor])
                worth_of = worth.of_pairs(pairs, units.ravel()[places].astype(np.int64))
                excess = worth_of + prices.for_cover - prices.surplus[pairs[:, 0]] - prices.price[of_mentor]
                near = excess > -nearly * prices.unit
                yield pairs[near], worth_of[near], excess[near]
            done += len(some)
            seen(done)


def _of_like_surplus(rows: IntArray, prices: Prices) -> Iterator[IntArray]:
    """The rows in groups whose surpluses lie within half of REACH, so that float32 can tell them apart."""
    surplus = prices.surplus
    ordered = rows[np.argsort(surplus[rows], kind="stable")]
    while len(ordered):
        within = surplus[ordered] - surplus[ordered[0]] <= int(REACH) // 2 * prices.unit
        yield ordered[within]
        ordered = ordered[~within]
