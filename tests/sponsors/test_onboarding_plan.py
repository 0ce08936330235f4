"""The days of an onboarding and the counts that are told, for all days and all counts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sponsors.enums import GateDecision, GateItemKind
from sponsors.onboarding_preset import ITEMS
from sponsors.plan.onboarding import (
    FEWEST,
    GATES,
    Told,
    days_of_extension,
    decisions_at,
    following_day,
    kinds_to_tell,
    latest_day,
    planned_day,
)

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))
NUMBERS = st.integers(1, GATES)
DAY = dt.timedelta(days=1)


class TestDays:
    def test_three_years_with_a_gate_each(self) -> None:
        started = dt.date(2024, 2, 29)
        days = [planned_day(started, number) for number in range(1, GATES + 1)]
        assert days == [dt.date(2025, 2, 28), dt.date(2026, 2, 28), dt.date(2027, 2, 28)]
        assert latest_day(started, GATES) == dt.date(2028, 2, 29)

    @given(DAYS, NUMBERS, DAYS)
    def test_an_extension_ends_after_today_and_its_day_and_within_a_year_in_all(
        self, started: dt.date, number: int, on: dt.date
    ) -> None:
        due = planned_day(started, number)
        days = days_of_extension(started, number, due, on=on)
        if days is None:
            assert max(on, due) >= latest_day(started, number)
            return
        first, last = days
        assert max(on, due) < first <= last == latest_day(started, number)

    @given(DAYS, st.integers(1, GATES - 1), st.integers(0, 366))
    def test_what_was_extended_shifts_the_next_gate_and_never_beyond_a_year(
        self, started: dt.date, number: int, delay: int
    ) -> None:
        due = min(planned_day(started, number) + delay * DAY, latest_day(started, number))
        following = following_day(started, number, due)
        assert planned_day(started, number + 1) <= following <= latest_day(started, number + 1)
        assert 364 <= (following - due).days <= 366
        if due == planned_day(started, number):
            assert following == planned_day(started, number + 1)

    @given(DAYS, st.lists(st.integers(1, 366), max_size=5))
    def test_however_often_it_is_extended_it_takes_four_years_at_most(
        self, started: dt.date, extensions: list[int]
    ) -> None:
        due = planned_day(started, 1)
        for days in extensions:
            window = days_of_extension(started, 1, due, on=due)
            if window is not None:
                due = min(max(window[0], due + days * DAY), window[1])
        for number in range(1, GATES):
            due = following_day(started, number, due)
        assert due <= planned_day(started, GATES + 1)

    @pytest.mark.parametrize("number", [1, 2, 3])
    def test_permanent_is_said_at_the_last_gate_alone(self, number: int) -> None:
        assert (GateDecision.PERMANENT in decisions_at(number)) == (number == GATES)
        assert (GateDecision.GO_ON in decisions_at(number)) == (number < GATES)
        assert {GateDecision.EXTEND, GateDecision.LEAVE} < set(decisions_at(number))


class TestCounts:
    @given(st.lists(st.sets(st.sampled_from("abcdefgh"), max_size=3), max_size=60))
    def test_nothing_is_told_of_few_and_no_kind_is_lost(self, said: list[set[str]]) -> None:
        told = kinds_to_tell(said)
        kinds = [kind for each in told for kind in each.kinds]
        assert len(kinds) == len(set(kinds))
        for each in told:
            assert each.count >= FEWEST
            assert each.count == sum(not one.isdisjoint(each.kinds) for one in said)
        if told:
            assert set(kinds) == set().union(*said)
        else:
            assert sum(map(bool, said)) < FEWEST

    @given(st.lists(st.sampled_from("abcd"), max_size=60))
    def test_where_one_kind_is_said_of_each_all_are_counted(self, said: list[str]) -> None:
        told = kinds_to_tell([[each] for each in said])
        assert sum(each.count for each in told) == (len(said) if len(said) >= FEWEST else 0)

    def test_the_smallest_are_told_with_the_next_larger_one(self) -> None:
        said = [["time"]] * 20 + [["fit"]] * 6 + [["role"]] * 2
        assert kinds_to_tell(said) == [Told(("time",), 20), Told(("fit", "role"), 8)]
        assert kinds_to_tell([["time"], ["fit"]] * 2) == []
        # Two leaders with three obstacles each are still two leaders.
        assert kinds_to_tell([["time", "fit", "role"]] * 2) == []


def test_the_preset_asks_at_each_gate_for_what_a_leader_needs() -> None:
    assert {each.gate for each in ITEMS} == {1, 2, 3}
    assert {each.kind for each in ITEMS} == set(GateItemKind)
    known = {each.title for each in ITEMS if each.kind == GateItemKind.KNOWLEDGE}
    assert {"Finance", "Law", "Human resources", "Quality"} < known
    for gate in (1, 2, 3):
        kinds = {each.kind for each in ITEMS if each.gate == gate}
        assert {GateItemKind.SIMULATION, GateItemKind.PROJECT, GateItemKind.KNOWLEDGE} <= kinds
