"""Dual prices of an assignment that is optimal among given pairs, read off the pairs.

With worth w, prices p >= 0 of mentors' places and surpluses u >= 0 of mentees are dual optimal if u_i + p_j
>= w_ij for every pair, with equality for matched ones, p_j = 0 where a mentor has room, and u_i = 0 where a
mentee has nobody. Given p, u follows; what is left are inequalities between two prices each,

    p_j <= p_k + (w_ij - w_ik)    for i matched to j and any other k,

whose greatest and least solutions are shortest paths (Bellman-Ford). Every price between the two is dual
optimal too. The middle is taken: at either end many pairs that were left out would seem to improve and do
not.
"""

from __future__ import annotations

import numpy as np

from mentoring.matching.arrays import IntArray


def middle_prices(
    pairs: IntArray, worth: IntArray, capacity: IntArray, chosen: IntArray
) -> tuple[IntArray, IntArray]:
    """(u, p): surplus of each mentee (m,) and price of each mentor's place (n,), whole numbers.

    `pairs` (k, 2) and `worth` (k,): what was to choose from. `chosen` (m,): the mentor of each mentee or -1.
    Raises ValueError if the assignment is not optimal among the pairs: no prices exist then.
    """
    room = capacity > np.bincount(chosen[chosen >= 0], minlength=len(capacity))
    own = _worth_of_chosen(pairs, worth, chosen)
    matched = chosen[pairs[:, 0]] >= 0
    alone = ~matched
    i, k = pairs[matched, 0], pairs[matched, 1]
    j = chosen[i]
    other = j != k
    arcs = _Arcs(j[other], k[other], (own[i] - worth[matched])[other])
    # Greatest: none above what a mentee it holds is worth, none at all where there is room.
    ceiling = np.full(len(capacity), worth.max(initial=0))  # at that price nobody would want the place
    np.minimum.at(ceiling, chosen[chosen >= 0], own[chosen >= 0])
    ceiling[room] = 0
    # Least: none below what somebody without a mentor would bring.
    floor = np.zeros(len(capacity), dtype=np.int64)
    np.maximum.at(floor, pairs[alone, 1], worth[alone])
    greatest = _shortest(ceiling, arcs)
    least = -_shortest(-floor, arcs.reversed())
    if (least > greatest).any():
        raise ValueError("The assignment is not optimal among these pairs.")
    prices = (least + greatest) // 2
    held = chosen >= 0
    surplus = own
    surplus[held] -= prices[chosen[held]]
    return surplus, prices


def _worth_of_chosen(pairs: IntArray, worth: IntArray, chosen: IntArray) -> IntArray:
    """Worth of each mentee's own pair, (m,); 0 without."""
    own = np.zeros(len(chosen), dtype=np.int64)
    taken = chosen[pairs[:, 0]] == pairs[:, 1]
    own[pairs[taken, 0]] = worth[taken]
    return own


class _Arcs:
    """Inequalities distance[tail] <= distance[head] + length, sorted by tail."""

    def __init__(self, tail: IntArray, head: IntArray, length: IntArray) -> None:
        order = np.argsort(tail, kind="stable")
        self.tail, self.head, self.length = tail[order], head[order], length[order]
        self.tails, self.first = np.unique(self.tail, return_index=True)

    def reversed(self) -> _Arcs:
        return _Arcs(self.head, self.tail, self.length)


def _shortest(start: IntArray, arcs: _Arcs) -> IntArray:
    """The greatest distances not above `start` that keep all inequalities (Bellman-Ford, all arcs at once).

    Raises ValueError for a circle of negative length: no distances keep it.
    """
    distance = start.copy()
    if not len(arcs.tail):
        return distance
    for _ in range(len(start) + 1):
        through = np.minimum.reduceat(distance[arcs.head] + arcs.length, arcs.first)
        closer = through < distance[arcs.tails]
        if not closer.any():
            return distance
        distance[arcs.tails[closer]] = through[closer]
    raise ValueError("The assignment is not optimal among these pairs.")
