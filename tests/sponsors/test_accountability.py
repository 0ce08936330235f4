"""Which units are told together: nothing about few, nothing twice, nothing lost."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from sponsors.plan.accountability import FEWEST_LEADERS, Tally, groups_to_tell

Ways = dict[UUID, tuple[UUID, ...]]


def unit(number: int) -> UUID:
    return UUID(int=number)


@st.composite
def organisations(draw: st.DrawFn) -> tuple[dict[UUID, Tally], Ways]:
    """A tree in which each unit hangs below one with a smaller number, and figures of some of its units."""
    size = draw(st.integers(1, 14))
    ways: Ways = {unit(0): (unit(0),)}
    for number in range(1, size):
        parent = unit(draw(st.integers(0, number - 1)))
        ways[unit(number)] = (*ways[parent], unit(number))
    counts = st.integers(0, 9)
    tallies = {
        each: Tally(draw(counts), draw(counts), draw(counts), draw(counts))
        for each in ways
        if draw(st.booleans())
    }
    return tallies, {each: ways[each] for each in tallies}


@given(organisations())
def test_every_figure_is_of_enough_leaders_and_none_is_lost(case: tuple[dict[UUID, Tally], Ways]) -> None:
    tallies, ways = case
    groups = groups_to_tell(tallies, ways)
    everybody = sum(tallies.values(), Tally())
    assert all(group.tally.leaders >= FEWEST_LEADERS for group in groups)
    if everybody.leaders >= FEWEST_LEADERS:
        assert sum((group.tally for group in groups), Tally()) == everybody
        assert sorted(each for group in groups for each in group.units) == sorted(tallies)
    else:
        assert groups == []
    for group in groups:
        assert group.tally == sum((tallies[each] for each in group.units), Tally())


@given(organisations())
def test_a_unit_with_enough_leaders_keeps_a_row_with_its_name(case: tuple[dict[UUID, Tally], Ways]) -> None:
    tallies, ways = case
    named = {each for group in groups_to_tell(tallies, ways) for each in group.units}
    assert {each for each, tally in tallies.items() if tally.leaders >= FEWEST_LEADERS} <= named


def test_a_small_unit_goes_with_the_one_above_and_not_with_its_neighbour() -> None:
    top, surgery, ward, clinic = map(unit, range(4))
    ways = {surgery: (top, surgery), ward: (top, surgery, ward), clinic: (top, surgery, clinic)}
    tallies = {surgery: Tally(3, in_time=3), ward: Tally(2, late=1), clinic: Tally(5, overdue=2)}
    groups = {group.unit: group for group in groups_to_tell(tallies, ways)}
    assert groups[surgery].units == {surgery, ward}
    assert groups[surgery].tally == Tally(5, in_time=3, late=1)
    assert groups[clinic].tally == tallies[clinic]


def test_what_is_left_over_at_the_top_takes_the_smallest_in() -> None:
    """Told alone the total less the others would tell of the few."""
    top, north, south = map(unit, range(3))
    ways = {top: (top,), north: (top, north), south: (top, south)}
    groups = groups_to_tell({top: Tally(1), north: Tally(6), south: Tally(9)}, ways)
    assert [(group.unit, group.tally.leaders) for group in groups] == [(top, 7), (south, 9)]


def test_too_few_altogether_are_not_told() -> None:
    assert groups_to_tell({unit(0): Tally(4, overdue=4)}, {unit(0): (unit(0),)}) == []
