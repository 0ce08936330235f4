"""The days of reviews, and what tells that something changed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sponsors.plan.reviews import (
    EARLY,
    LONGEST_DAYS,
    SHORTEST_DAYS,
    Seen,
    day_under_new_rule,
    due_day,
    fingerprint,
)

days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
rules = st.integers(SHORTEST_DAYS, LONGEST_DAYS)


@pytest.mark.parametrize(
    ("begun", "every", "due"),
    [
        (dt.date(2026, 11, 30), 90, dt.date(2027, 2, 28)),
        (dt.date(2027, 11, 30), 90, dt.date(2028, 2, 28)),  # 2028 is a leap year
        (dt.date(2027, 12, 1), 90, dt.date(2028, 2, 29)),
        (dt.date(2028, 2, 29), 180, dt.date(2028, 8, 27)),
        (dt.date(2026, 1, 31), 30, dt.date(2026, 3, 2)),
    ],
)
def test_days_are_counted_over_month_ends_and_leap_days(begun: dt.date, every: int, due: dt.date) -> None:
    assert due_day(begun, every=every) == due


@given(days, rules, st.none() | days, st.lists(days, max_size=3))
def test_the_earliest_word_counts_and_never_later_than_the_rule(
    begun: dt.date, every: int, agreed: dt.date | None, called: list[dt.date]
) -> None:
    due = due_day(begun, every=every, agreed=agreed, called=called)
    assert (due_day(begun, every=every) - begun).days == every
    assert due <= due_day(begun, every=every)
    assert due in {due_day(begun, every=every), agreed, *called}
    assert all(due <= each for each in called)


@given(days, days, rules, rules)
def test_a_new_rule_makes_nobody_late_and_excuses_nobody(
    begun: dt.date, on: dt.date, old: int, new: int
) -> None:
    was, now = due_day(begun, every=old), due_day(begun, every=new)
    moved = day_under_new_rule(was, now, on=on)
    if was < on:
        assert moved == was
    else:
        assert moved >= on
        assert moved >= min(was, on + EARLY)
        assert moved in {was, now, on + EARLY}
    if new == old:
        assert moved == was


@given(days, days, rules, rules)
def test_the_same_rule_again_changes_nothing(begun: dt.date, on: dt.date, old: int, new: int) -> None:
    now = due_day(begun, every=new)
    once = day_under_new_rule(due_day(begun, every=old), now, on=on)
    assert day_under_new_rule(once, now, on=on) == once


actions = st.lists(
    st.tuples(st.uuids().map(str), st.integers(1, 9), st.sampled_from(["open", "started"])),
    max_size=6,
    unique_by=lambda action: action[0],
)


@given(actions, st.randoms())
def test_the_order_of_actions_does_not_matter(rows: list[tuple[str, int, str]], chance: object) -> None:
    assert fingerprint(rows) == fingerprint(list(reversed(rows)))
    assert len(fingerprint(rows)) == 16


@given(actions.filter(bool))
def test_any_change_of_an_action_shows(rows: list[tuple[str, int, str]]) -> None:
    (key, revision, state), *rest = rows
    for other in ([(key, revision + 1, state), *rest], [(key, revision, "other"), *rest], rest):
        assert fingerprint(other) != fingerprint(rows)


def test_what_was_seen_travels_as_text() -> None:
    assert str(Seen(3, 2, "abc")) == "3.2.abc"
