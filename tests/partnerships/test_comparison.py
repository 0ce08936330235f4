"""Answers side by side."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from partnerships.comparison import Round, far_apart, rows_of
from partnerships.enums import Scale

DAY = dt.date(2026, 5, 4)
SCORES = st.lists(st.integers(1, 5), min_size=2, max_size=3)


def test_two_steps_apart_are_worth_a_conversation() -> None:
    assert [far_apart(pair) for pair in ([3, 3], [3, 4], [3, 5], [5, 1])] == [False, False, True, True]


def test_only_the_last_round_says_what_to_talk_about() -> None:
    before = Round(DAY, {scale: {"Ada": 1, "Mara": 5} for scale in Scale})
    last = Round(DAY, {scale: {"Ada": 4, "Mara": 5} for scale in Scale})
    rows = rows_of([before, last])
    assert [row.scale for row in rows] == list(Scale)
    assert {row.apart for row in rows} == {False}
    assert rows[0].rounds == [{"Ada": 1, "Mara": 5}, {"Ada": 4, "Mara": 5}]


@given(SCORES)
def test_a_mean_lies_between_the_answers(scores: list[int]) -> None:
    named = {str(place): score for place, score in enumerate(scores)}
    held = Round(DAY, dict.fromkeys(Scale, named))
    assert min(scores) <= held.mean(Scale.TRUST) <= max(scores)
