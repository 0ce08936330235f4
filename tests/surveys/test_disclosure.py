"""Suppression on the unit tree, attacked with linear algebra and compared with the best of all releases."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import null_space

from surveys.arrays import BoolArray, FloatArray, IntArray
from surveys.disclosure import (
    FEWEST_SPANS,
    NO_PARENT,
    CellState,
    children_first,
    joined_bins,
    respondents_directly,
    shown_share,
    suppress,
)

PUBLISHED, EMPTY, SMALL, PROTECTS, NOT_OFFERED = (
    CellState.PUBLISHED,
    CellState.EMPTY,
    CellState.TOO_SMALL,
    CellState.PROTECTS_OTHERS,
    CellState.NOT_OFFERED,
)


NO_GROUP = 10**9


def trees(units: int) -> st.SearchStrategy[tuple[IntArray, IntArray]]:
    """Trees (or forests) of up to `units` units with 0 to 9 people directly in each: parents and totals."""

    @st.composite
    def draw_tree(draw: st.DrawFn) -> tuple[IntArray, IntArray]:
        count = draw(st.integers(1, units))
        parent = np.array([draw(st.integers(-1, unit - 1)) for unit in range(count)])
        directly = np.array([draw(st.integers(0, 9)) for _ in range(count)])
        return parent, membership(parent) @ directly

    return draw_tree()


def membership(parent: IntArray) -> IntArray:
    """Shape (U, U): 1 where the people directly in the second unit belong to the first. Parents come before
    children.
    """
    belongs = np.eye(len(parent), dtype=np.int64)
    for unit in reversed(range(len(parent))):
        if parent[unit] >= 0:
            belongs[parent[unit]] += belongs[unit]
    return belongs


def directly_in(parent: IntArray, n: IntArray) -> IntArray:
    return np.rint(np.linalg.solve(membership(parent).astype(float), n)).astype(np.int64)


def unknowable(parent: IntArray, n: IntArray, published: BoolArray) -> tuple[IntArray, FloatArray]:
    """The attacker: units with people directly in them, and all directions in which their sums may vary
    unseen.

    The sum over a set of such units follows from the published totals if and only if no direction changes it.
    """
    atoms = np.flatnonzero(directly_in(parent, n))
    known = membership(parent)[published][:, atoms].astype(float)
    return atoms, null_space(known) if known.size else np.eye(len(atoms))


def smallest_derivable_group(parent: IntArray, n: IntArray, published: BoolArray) -> int:
    """Fewest people in any union of atoms whose sum the published totals give away, else NO_GROUP."""
    atoms, unseen = unknowable(parent, n, published)
    unions = np.arange(1, 2 ** len(atoms))[:, np.newaxis] >> np.arange(len(atoms)) & 1
    derivable = np.abs(unions @ unseen).max(axis=1, initial=0.0) < 1e-9
    people = unions @ directly_in(parent, n)[atoms]
    return int(people[derivable].min(initial=NO_GROUP))


def states(parent: list[int], n: list[int], k: int = 5) -> list[str]:
    return [str(state) for state in suppress(np.array(parent), np.array(n), k=k).state]


def test_large_cells_are_all_published() -> None:
    assert states([-1, 0, 0, 1], [40, 20, 20, 9]) == [PUBLISHED] * 4


def test_lone_small_cell_takes_its_smallest_sibling_along() -> None:
    assert states([-1, 0, 0, 0], [50, 30, 17, 3]) == [PUBLISHED, PUBLISHED, PROTECTS, SMALL]


def test_two_small_cells_that_reach_k_together_protect_each_other() -> None:
    assert states([-1, 0, 0, 0], [50, 44, 3, 3]) == [PUBLISHED, PUBLISHED, SMALL, SMALL]


def test_two_small_cells_below_k_together_need_a_third() -> None:
    assert states([-1, 0, 0, 0, 0], [50, 40, 6, 2, 2]) == [PUBLISHED, PUBLISHED, PROTECTS, SMALL, SMALL]


def test_people_directly_in_the_parent_count_as_a_cell() -> None:
    # 2 of 30 people are in no sub-unit: parent minus sub-units would tell their answers.
    assert states([-1, 0, 0], [30, 20, 8]) == [PUBLISHED, PUBLISHED, PROTECTS]
    assert states([-1, 0, 0], [33, 20, 8]) == [PUBLISHED] * 3  # five people: the difference is no secret


def test_parent_is_withheld_where_that_loses_fewer_people() -> None:
    # Withholding A (10) would not do: its halves would still be subtracted from the root (12).
    assert states([-1, 0, 1, 1], [12, 10, 5, 5]) == [PROTECTS, PUBLISHED, PUBLISHED, PUBLISHED]


def test_small_cell_far_below_is_protected_on_its_own_level() -> None:
    parent, n = [-1, 0, 0, 1, 1, 3, 3], [60, 30, 30, 15, 15, 12, 3]
    assert states(parent, n) == [PUBLISHED] * 5 + [PROTECTS, SMALL]


def test_empty_cells_neither_need_nor_give_protection() -> None:
    assert states([-1, 0, 0, 0], [50, 47, 0, 3]) == [PUBLISHED, PROTECTS, EMPTY, SMALL]


def test_cells_not_offered_are_withheld_and_count_as_hidden() -> None:
    parent, n = np.array([-1, 0, 0, 0]), np.array([50, 30, 17, 3])
    suppression = suppress(parent, n, k=5, offered=np.array([True, False, True, True]))
    assert suppression.state.tolist() == [PUBLISHED, NOT_OFFERED, PUBLISHED, SMALL]
    assert suppression.respondents_lost == 0


def test_nothing_to_publish_is_no_error() -> None:
    nobody = np.array([], dtype=np.int64)
    assert suppress(nobody, nobody, k=5).state.tolist() == []
    assert states([-1], [4]) == [SMALL]


@pytest.mark.parametrize(
    ("parent", "n", "k", "message"),
    [
        ([1, 0], [9, 9], 5, "cycle"),
        ([0], [9], 5, "cycle"),
        ([-1, 2], [9, 9], 5, "not among the units"),
        ([-2], [9], 5, "not among the units"),
        ([-1, 0], [9, 10], 5, "fewer respondents"),
        ([-1], [-1], 5, "fewer respondents"),
        ([-1], [9, 9], 5, "same shape"),
        ([-1], [9], 1, "at least 2"),
    ],
)
def test_impossible_trees_are_refused(parent: list[int], n: list[int], k: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        suppress(np.array(parent), np.array(n), k=k)


def test_offer_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="offered or not"):
        suppress(np.array([-1]), np.array([9]), k=5, offered=np.array([True, False]))


@given(trees(10), st.integers(2, 12))
def test_attacker_cannot_derive_any_group_below_k(tree: tuple[IntArray, IntArray], k: int) -> None:
    parent, n = tree
    published = suppress(parent, n, k=k).published
    assert smallest_derivable_group(parent, n, published) >= k


@given(trees(10), st.integers(2, 12), st.data())
def test_attacker_fails_whatever_is_offered(
    tree: tuple[IntArray, IntArray], k: int, data: st.DataObject
) -> None:
    parent, n = tree
    offered = np.array(data.draw(st.lists(st.booleans(), min_size=len(n), max_size=len(n))))
    published = suppress(parent, n, k=k, offered=offered).published
    assert not (published & ~offered).any()
    assert smallest_derivable_group(parent, n, published) >= k


@given(trees(10), st.integers(2, 12))
def test_no_withheld_cell_can_be_derived(tree: tuple[IntArray, IntArray], k: int) -> None:
    parent, n = tree
    published = suppress(parent, n, k=k).published
    atoms, unseen = unknowable(parent, n, published)
    withheld = membership(parent)[~published & (n > 0)][:, atoms]
    assert (np.abs(withheld @ unseen).max(axis=1, initial=0.0) > 1e-9).all()


def regions(parent: IntArray, n: IntArray, published: BoolArray) -> IntArray:
    """Respondents of each published cell who are in no published cell below it, shape (U,); 0 for cells
    withheld.

    A release is safe when each region is 0 or at least k.
    """
    open_people = respondents_directly(parent, n)
    for unit in children_first(parent):
        if not published[unit] and parent[unit] != NO_PARENT:
            open_people[parent[unit]] += open_people[unit]
    return np.where(published, open_people, 0)


@given(trees(10), st.data())
def test_regions_tell_what_the_attacker_can_derive(
    tree: tuple[IntArray, IntArray], data: st.DataObject
) -> None:
    parent, n = tree
    published = np.array(data.draw(st.lists(st.booleans(), min_size=len(n), max_size=len(n))))
    sizes = regions(parent, n, published)
    assert int(sizes[sizes > 0].min(initial=NO_GROUP)) == smallest_derivable_group(parent, n, published)


@settings(max_examples=60)
@given(trees(7), st.integers(2, 12))
def test_no_safe_release_loses_fewer_respondents_or_cells(tree: tuple[IntArray, IntArray], k: int) -> None:
    parent, n = tree
    suppression = suppress(parent, n, k=k)
    candidates = np.flatnonzero(n >= k)
    losses = []
    for choice in product([False, True], repeat=len(candidates)):
        published = np.zeros(len(n), dtype=bool)
        published[candidates] = choice
        if smallest_derivable_group(parent, n, published) >= k:
            losses.append((int(n[candidates].sum() - n[published].sum()), len(candidates) - sum(choice)))
    withheld = len(candidates) - int(suppression.published.sum())
    assert (suppression.respondents_lost, withheld) == min(losses)


@given(trees(10), st.integers(2, 12))
def test_states_say_why_a_cell_is_withheld(tree: tuple[IntArray, IntArray], k: int) -> None:
    parent, n = tree
    for state, people in zip(suppress(parent, n, k=k).state, n, strict=True):
        expected = {EMPTY} if people == 0 else {SMALL} if people < k else {PUBLISHED, PROTECTS}
        assert CellState(state) in expected


BINS = st.lists(st.integers(0, 12), max_size=12)
FEWEST = st.integers(2, 9)


@given(BINS, FEWEST)
def test_joined_bins_hold_enough_people_and_cover_the_whole_scale(counts: list[int], k: int) -> None:
    spans = joined_bins(counts, k=k)
    if not spans:
        return
    assert len(spans) >= FEWEST_SPANS
    assert [start for start, _ in spans] == [0, *(end for _, end in spans[:-1])]
    assert spans[-1][1] == len(counts)
    assert all(sum(counts[start:end]) >= k for start, end in spans)


@given(st.lists(st.integers(0, 12), max_size=8), FEWEST)
def test_no_other_way_of_joining_leaves_more_bins(counts: list[int], k: int) -> None:
    def most(rest: list[int]) -> int:
        """By trying every first bin; the last takes what is left."""
        cuts = [cut for cut in range(1, len(rest)) if sum(rest[:cut]) >= k and sum(rest[cut:]) >= k]
        return max((1 + most(rest[cut:]) for cut in cuts), default=int(sum(rest) >= k))

    best = most(counts)
    assert len(joined_bins(counts, k=k)) == (best if best >= FEWEST_SPANS else 0)


@pytest.mark.parametrize(
    ("counts", "spans"),
    [
        ([1, 0, 2, 3, 9, 4, 8, 1], [(0, 4), (4, 5), (5, 8)]),
        ([5, 5, 5], [(0, 1), (1, 2), (2, 3)]),
        ([4, 5, 1], []),  # one column at most
        ([5, 0, 5], []),  # two say less than the mean
        ([], []),
    ],
)
def test_bins_are_joined_from_the_left(counts: list[int], spans: list[tuple[int, int]]) -> None:
    assert joined_bins(counts, k=5) == spans


@given(st.integers(1, 60), st.data(), FEWEST)
def test_a_share_tells_nothing_within_a_small_part(n: int, data: st.DataObject, k: int) -> None:
    part = data.draw(st.integers(0, n))
    bounds = shown_share(part, n, k=k)
    if min(part, n - part) >= k:
        assert bounds == (part / n, part / n)
        return
    if bounds is not None:
        assert bounds[0] - 1e-9 <= part / n <= bounds[1] + 1e-9
    # Whoever of fewer than k people thought otherwise, the reader is told the same, also if nobody did.
    small, small_is_rest = min(part, n - part), part > n - part
    for other in range(min(k, n - small)):
        if (n - other >= k) == (n - small >= k):
            assert shown_share(n - other if small_is_rest else other, n, k=k) == bounds


@pytest.mark.parametrize(
    ("part", "n", "bounds"),
    [(9, 10, (0.6, 1.0)), (10, 10, (0.6, 1.0)), (5, 10, (0.5, 0.5)), (2, 10, (0.0, 0.4)), (3, 7, None)],
)
def test_a_lone_dissenter_is_not_told_from_nobody(
    part: int, n: int, bounds: tuple[float, float] | None
) -> None:
    assert shown_share(part, n, k=5) == (bounds if bounds is None else pytest.approx(bounds))
