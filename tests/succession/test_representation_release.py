"""Nobody's declaration can be worked out of what is told: against readers who try every possible answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from succession.representation import Declared
from succession.representation_release import (
    FLOORS,
    Floors,
    Scope,
    is_safe_part,
    joined_groups,
    may_follow,
    may_tell,
    told_scopes,
)

# So low that a reader can try all answers of all people; the rule is the same.
LOW = Floors(people=4, group=2)
EMPTY = Declared((0, 0))


def counted(answers: Iterable[int]) -> Declared:
    number = Counter(answers)
    return Declared((number[0], number[1]))


def recovered(answers: Sequence[int], told: Iterable[Iterable[int]]) -> set[int]:
    """Whose answer is the same in every assignment of two answers that agrees with the told sets' counts."""
    everybody = np.array(list(product((0, 1), repeat=len(answers))), dtype=np.int8)
    agrees = np.ones(len(everybody), dtype=np.bool_)
    for members in told:
        places = list(members)
        agrees &= everybody[:, places].sum(axis=1) == sum(answers[place] for place in places)
    possible = everybody[agrees]
    return {int(place) for place in np.flatnonzero((possible == possible[0]).all(axis=0))}


def even(number: int) -> Declared:
    return Declared((number, number))


def test_a_part_has_ten_people_and_five_in_every_group() -> None:
    assert may_tell(Declared((5, 5)))
    assert may_tell(Declared((5, 6), 5))
    for part in (
        Declared((4, 20)),
        Declared((20, 0)),
        Declared((20,)),
        Declared((5, 5), 4),
        Declared((5, 5, 4)),
        EMPTY,
    ):
        assert not may_tell(part)
    assert is_safe_part(EMPTY)
    assert not is_safe_part(Declared((1, 0)))
    assert not may_tell(Declared((5, 5)), floors=Floors(people=11))


def test_a_small_pool_is_told_with_the_narrowest_scope_that_can_be() -> None:
    organisation = Scope(None, even(60), even(600))
    division = Scope(0, even(30), even(200))
    small = Scope(1, even(3), even(50))
    pool_of_small = Scope(2, even(2), even(20))
    large = Scope(1, even(10), even(60))
    assert told_scopes([organisation, division, small, pool_of_small, large]) == [0, 1, 1, 1, 4]


def test_what_is_left_beside_told_scopes_is_enough_or_the_smallest_is_told_with_it() -> None:
    organisation = Scope(None, even(21), even(200))
    first, second, little = (
        Scope(0, even(10), even(50)),
        Scope(0, even(8), even(50)),
        Scope(0, even(3), even(50)),
    )
    assert told_scopes([organisation, first, second, little]) == [0, 1, 0, 0]


def test_the_rest_of_the_workforce_is_protected_like_the_pool() -> None:
    assert told_scopes([Scope(None, even(20), even(24))]) == [None]
    assert told_scopes([Scope(None, even(20), even(25))]) == [0]
    organisation = Scope(None, even(40), even(204))
    assert told_scopes([organisation, Scope(0, even(20), even(180))]) == [0, 0]


def test_scopes_that_share_people_are_told_above() -> None:
    organisation = Scope(None, even(30), even(300))
    shared = Scope(0, even(15), even(100), is_shared=True)
    assert told_scopes([organisation, shared, Scope(0, even(15), even(100))]) == [0, 0, 2]


def test_wrong_scopes_are_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        told_scopes([Scope(1, even(10), even(50)), Scope(0, even(10), even(50))])
    with pytest.raises(ValueError, match="counted"):
        told_scopes([Scope(None, even(60), even(50))])
    with pytest.raises(ValueError, match="counted"):
        told_scopes([Scope(None, even(10), even(90)), Scope(0, even(20), even(50))])


def test_nothing_told_of_nothing() -> None:
    assert told_scopes([]) == []
    assert may_follow([])


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 1)), min_size=8, max_size=16),
    st.tuples(st.integers(0, 1), st.integers(0, 1), st.integers(0, 1), st.integers(0, 1)),
)
@example(
    [(unit, held, said) for unit in (0, 2) for held in (True, False) for said in (0, 1, 0, 1)], (0, 0, 1, 1)
)
@example(
    [(0, held, said) for held in (True, False) for said in (0, 1, 0, 1, 0)] + [(3, True, 0)], (0, 0, 1, 1)
)
def test_told_scopes_subtracted_from_each_other_recover_nobody(
    people: list[tuple[int, bool, int]], division_of: tuple[int, ...]
) -> None:
    """People of four departments in two divisions, in a pool or not, one answer or the other."""
    answers = [said for _, _, said in people]
    members: list[list[int]] = [list(range(len(people)))]
    members += [[p for p, one in enumerate(people) if division_of[one[0]] == at] for at in (0, 1)]
    members += [[p for p, one in enumerate(people) if one[0] == unit] for unit in range(4)]
    above = [None, 0, 0, *(1 + division for division in division_of)]
    in_pool = [[place for place in scope if people[place][1]] for scope in members]
    scopes = [
        Scope(up, counted(answers[p] for p in pool), counted(answers[p] for p in scope))
        for up, pool, scope in zip(above, in_pool, members, strict=True)
    ]
    at = set(told_scopes(scopes, floors=LOW)) - {None}
    told = [members[place] for place in at if place is not None]
    told += [in_pool[place] for place in at if place is not None]
    assert not (told and recovered(answers, told))


def moves_between(before: Sequence[int], now: Sequence[int], answers: Sequence[int]) -> list[Declared]:
    """Cells of who was where and is where. Places: 0 outside, 1 rest, 2 pool."""
    cells: dict[tuple[int, int], list[int]] = {}
    for was, is_now, said in zip(before, now, answers, strict=True):
        cells.setdefault((was, is_now), []).append(said)
    return [counted(said) for said in cells.values()]


def told_sets(where: Sequence[int]) -> list[list[int]]:
    return [[person for person, at in enumerate(where) if at == place] for place in (1, 2)]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=2, max_size=6))
@example([(8, False), (4, False), (2, False)])
@example([(8, False), (4, True), (1, True)])
def test_two_moments_subtracted_recover_nobody(cells: list[tuple[int, bool]]) -> None:
    """Blocks of people who move together: four who may be told, or one alone."""
    before, now, answers = [], [], []
    for cell, is_single in dict(cells[:4]).items():
        size = 1 if is_single else 4
        before += [cell // 3] * size
        now += [cell % 3] * size
        answers += [0, 1, 1, 0][:size]
    if may_follow(moves_between(before, now, answers), floors=LOW):
        somewhere = [p for p, (was, at) in enumerate(zip(before, now, strict=True)) if was or at]
        told = [members for members in told_sets(before) + told_sets(now) if members]
        assert not (set(somewhere) & recovered(answers, told) if told else set())


def test_one_person_who_came_would_be_recovered_and_is_not_told() -> None:
    before, now = [2] * 4 + [1] * 4 + [0], [2] * 4 + [1] * 4 + [2]
    answers = [0, 1, 0, 1, 0, 1, 0, 1, 0]
    assert recovered(answers, told_sets(before) + told_sets(now)) == {8}
    assert not may_follow(moves_between(before, now, answers), floors=LOW)


def test_one_who_stayed_while_all_others_changed_is_protected() -> None:
    """Together with the moment between, that had both, the one who stayed would be told."""
    first, both, last = [2] * 5 + [0] * 4, [2] * 9, [0] * 4 + [2] * 5
    answers = [0, 1, 0, 1, 0, 1, 0, 1, 0]
    told = [[p for p, at in enumerate(moment) if at] for moment in (first, both, last)]
    assert recovered(answers, told) == {4}
    assert not may_follow(moves_between(first, last, answers), floors=LOW)


def test_ten_who_came_five_of_each_group_are_told() -> None:
    assert may_follow([even(50), even(500), even(5)])
    assert not may_follow([even(50), even(500), even(4)])
    assert not may_follow([even(50), even(500), Declared((10, 0))])


def test_small_groups_are_told_together() -> None:
    assert joined_groups([50, 40, 3, 2], [500, 400, 30, 20]) == [[0], [1], [2, 3]]
    assert joined_groups([50, 40, 3], [500, 400, 30]) == [[0], [1, 2]]
    assert joined_groups([50, 40, 30], [500, 4, 300]) == [[0], [1, 2]]
    assert joined_groups([50, 40], [500, 400]) == [[0], [1]]
    assert joined_groups([3, 1], [9, 9]) == [[0, 1]]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=7))
def test_joined_groups_hold_each_once_and_none_that_is_small_beside_another(
    groups: list[tuple[int, int]],
) -> None:
    pool, rest = [one for one, _ in groups], [two for _, two in groups]
    found = joined_groups(pool, rest)
    assert sorted(place for places in found for place in places) == list(range(len(groups)))
    if len(found) > 1:
        for places in found:
            assert min(sum(pool[p] for p in places), sum(rest[p] for p in places)) >= FLOORS.group
