"""Which cells of a unit tree may be published so that no group of fewer than k respondents can be worked out.

A cell is a unit with all units below it. What a reader can derive from published totals by adding and
subtracting is exactly the set of *regions*: the people of a published cell who are in none of the published
cells nearest below it. (Regions are disjoint, and the totals are sums of regions, one new region a total; so
every group of people whose total follows is a union of regions.) A release is therefore safe if and only if
each region is empty or has at least k people. People placed directly in a unit form regions like any others,
so the difference between a unit and its sub-units is protected without being a cell.

Among all safe releases the one with the fewest respondents in withheld cells is found exactly, by dynamic
programming over the tree: per unit, the least loss for each number of hidden people (0 to k, k meaning "k or
more") that is left open towards the unit above. Such a release withholds nothing that could be derived:
publishing a derivable cell splits no region below k and loses fewer respondents.

Cox (1980), "Suppression methodology and statistical disclosure control", JASA 75, 377-385, states the problem
for tables; a tree admits this exact solution. Bounds from the range of the answers are the release audit's
(surveys.audit), not this module's.

Inside a cell that is shown the same k holds for its parts (the last two functions, surveys.coding).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from surveys.arrays import BoolArray, IntArray, TextArray

# No group smaller than this is ever shown; a wave may ask for more.
THRESHOLD_FLOOR = 5
# Behaviours, items and distributions say more about a person than a mean does.
BREAKDOWN_FROM = 10


def breakdown_from(threshold: int) -> int:
    """How many answers a behaviour, a single question or a distribution takes; a mean takes `threshold`."""
    return max(threshold, BREAKDOWN_FROM)


NO_PARENT = -1
IMPOSSIBLE = 2**60


class CellState(StrEnum):
    """What becomes of a cell, and why."""

    PUBLISHED = "published"
    EMPTY = "empty"
    TOO_SMALL = "too_small"
    NOT_OFFERED = "not_offered"
    PROTECTS_OTHERS = "protects_others"


@dataclass(frozen=True)
class Suppression:
    """`state` (U,): values of CellState. `respondents_lost`: sum of n over the cells that only protect
    others.
    """

    state: TextArray
    respondents_lost: int

    @property
    def published(self) -> BoolArray:
        return np.asarray(self.state == CellState.PUBLISHED.value, dtype=np.bool_)


def suppress(parent: IntArray, n: IntArray, *, k: int, offered: BoolArray | None = None) -> Suppression:
    """Choose the cells to publish: safe in the sense of the module's docstring, with the fewest respondents
    lost.

    `parent` (U,): index of the unit above, -1 for a root; several roots are fine. `n` (U,): respondents in
    the unit and all units below. `k` >= 2: the smallest group that may be known. `offered` (U,): cells that
    may be published at all; pass the published cells of the index when releasing its items, because items add
    up to the index. Between equal losses fewer cells are withheld; after that the order of the units decides,
    so pass them in a stable order.

    Raises ValueError for a cycle, a parent out of range, a unit with fewer respondents than the units below
    it, or k < 2. Time O(U k^2).
    """
    order = children_first(parent)
    directly = respondents_directly(parent, n)
    if k < 2:
        raise ValueError("The smallest group must be at least 2.")
    allowed = np.ones(n.shape, dtype=np.bool_) if offered is None else offered
    if allowed.shape != n.shape:
        raise ValueError("Each unit is offered or not.")
    candidate = allowed & (n >= k)
    published = _least_loss(order, parent, directly, np.where(candidate, n, 0), k=k)
    state = np.select(
        [published, n == 0, n < k, ~allowed],
        [
            CellState.PUBLISHED.value,
            CellState.EMPTY.value,
            CellState.TOO_SMALL.value,
            CellState.NOT_OFFERED.value,
        ],
        default=CellState.PROTECTS_OTHERS.value,
    )
    return Suppression(state=state, respondents_lost=int(n[candidate & ~published].sum()))


def children_first(parent: IntArray) -> list[int]:
    """Unit indices with each unit after all units below it, else in the given order. Raises ValueError for no
    tree.
    """
    count = len(parent)
    if count and (parent.min() < NO_PARENT or parent.max() >= count):
        raise ValueError("A parent is not among the units.")
    depth = np.zeros(count, dtype=np.int64)
    above = parent
    for _ in range(count):
        if (above == NO_PARENT).all():
            break
        depth += above != NO_PARENT
        above = np.where(above == NO_PARENT, NO_PARENT, parent[above])
    else:
        if count:
            raise ValueError("The units form a cycle.")
    return [int(unit) for unit in np.argsort(-depth, kind="stable")]


def respondents_directly(parent: IntArray, n: IntArray) -> IntArray:
    """Respondents of each unit who belong to no unit below it, shape (U,). Raises ValueError where that is
    negative.
    """
    if parent.shape != n.shape or parent.ndim != 1:
        raise ValueError("Parents and respondents need one and the same shape (U,).")
    below = np.zeros(n.shape, dtype=np.int64)
    has_parent = parent != NO_PARENT
    np.add.at(below, parent[has_parent], n[has_parent])
    directly = n - below
    if (n < 0).any() or (directly < 0).any():
        raise ValueError("A unit has fewer respondents than the units below it.")
    return directly.astype(np.int64)


@dataclass
class _Branch:
    """A unit while its sub-units are being added.

    `loss[r]`: least loss so far with r hidden people left open (r = k: k or more). `choices`: for each
    sub-unit added, which pair of states (own before, the sub-unit's) gave each new state.
    """

    loss: IntArray
    choices: list[tuple[int, IntArray]] = field(default_factory=list)

    def add(self, child: int, child_loss: IntArray, target: IntArray) -> None:
        pairs = np.minimum(np.add.outer(self.loss, child_loss), IMPOSSIBLE).ravel()
        by_target = np.lexsort((pairs, target))
        first = np.searchsorted(target[by_target], np.arange(len(self.loss)))
        best = by_target[first]
        self.loss = pairs[best]
        self.choices.append((child, best))

    def closed(self) -> int:
        """The open state with which the unit itself may be published at least loss: nobody, or k or more."""
        last = len(self.loss) - 1
        return last if self.loss[last] < self.loss[0] else 0


def _least_loss(
    order: list[int], parent: IntArray, directly: IntArray, weight: IntArray, *, k: int
) -> BoolArray:
    """The published cells of a safe release with the least `weight` withheld; cells of weight 0 are always
    withheld.
    """
    loss_of = np.where(
        weight > 0, weight * (len(order) + 1) + 1, 0
    )  # the 1 prefers fewer cells among equal losses
    target = np.minimum(np.add.outer(np.arange(k + 1), np.arange(k + 1)), k).ravel()
    branches = [_Branch(_only(min(people, k), k)) for people in directly.tolist()]
    passed_on: dict[int, IntArray] = {}
    for unit in order:
        branch = branches[unit]
        loss = np.minimum(branch.loss + loss_of[unit], IMPOSSIBLE)
        if weight[unit]:
            loss[0] = branch.loss[branch.closed()]
        passed_on[unit] = loss
        if parent[unit] != NO_PARENT:
            branches[parent[unit]].add(unit, loss, target)
    published = np.zeros(len(order), dtype=np.bool_)
    left_open = {unit: int(np.argmin(passed_on[unit])) for unit in order if parent[unit] == NO_PARENT}
    for unit in reversed(order):
        state = left_open[unit]
        if weight[unit] and state == 0:
            published[unit] = True
            state = branches[unit].closed()
        for child, best in reversed(branches[unit].choices):
            state, left_open[child] = divmod(int(best[state]), k + 1)
    return published


def _only(state: int, k: int) -> IntArray:
    """No loss in one state, every other impossible; shape (k + 1,)."""
    loss = np.full(k + 1, IMPOSSIBLE, dtype=np.int64)
    loss[state] = 0
    return loss


FEWEST_SPANS = 3  # two columns say less than the mean and its interval


def joined_bins(counts: Sequence[int], *, k: int) -> list[tuple[int, int]]:
    """Neighbouring bins joined until each has at least k people: half-open spans over all of `counts`.

    The most spans there can be: from the left each closes as soon as it has k, and what remains goes to the
    last. Empty where fewer than three spans come of it: then nothing is to be drawn.
    """
    spans: list[tuple[int, int]] = []
    start = people = 0
    for place, count in enumerate(counts, 1):
        people += count
        if people >= k:
            spans.append((start, place))
            start, people = place, 0
    if len(spans) < FEWEST_SPANS:
        return []
    spans[-1] = (spans[-1][0], len(counts))
    return spans


def shown_share(part: int, n: int, *, k: int) -> tuple[float, float] | None:
    """Between which shares `part` of n people is shown to lie; twice the same where it may be told exactly.

    Told exactly if both the part and the rest are at least k people. If one of them is smaller, only that is
    told: the bounds are the same however many people it has, none included. None if both are smaller.
    """
    rest = n - part
    if part >= k and rest >= k:
        return part / n, part / n
    if part >= k:
        return 1 - (k - 1) / n, 1.0
    return (0.0, (k - 1) / n) if rest >= k else None
