"""The stored forms: what they tell, and that telling less never tells something else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.coding import (
    AnswerForm,
    Bound,
    MeanForm,
    Points,
    can_be_bounded,
    coded_agreement,
    coded_answers,
    coded_histogram,
    coded_means,
    favourable_split,
)

INDEX = Points(12, 60)
COUNTS = st.lists(st.integers(0, 9), min_size=5, max_size=5)


def test_a_quarter_of_the_scale_stays_open_and_two_steps_of_one_question() -> None:
    assert INDEX.least_range == 12
    assert Points(1, 5).least_range == 2
    assert Points(1, 5, step=1 / 3).least_range == 1
    assert Points(3, 15).least_range == 3


def test_means_are_rounded_bounded_or_withheld() -> None:
    n, mean = np.array([20, 20, 20, 5]), np.array([41.234, 58.9, 12.5, 30.0])
    form = np.array([MeanForm.SPREAD, MeanForm.BOUND, MeanForm.BOUND, MeanForm.WITHHELD])
    values, bound = coded_means(n, mean, form, INDEX)
    assert values[:3].tolist() == [41.2, 56.0, 16.0]
    assert np.isnan(values[3])
    assert bound.tolist() == [Bound.EXACT, Bound.OR_MORE, Bound.OR_FEWER, Bound.EXACT]


@given(st.integers(5, 200), st.integers(12, 60), st.lists(st.integers(0, 12), max_size=4), st.booleans())
def test_whoever_has_too_little_room_is_within_a_bound(
    n: int, lone: int, drawn: list[int], top: bool
) -> None:
    """All but any one of n people are so few points from an end, in all, that their mean would pin them."""
    away = np.zeros(n)
    away[: len(drawn)] = np.diff(
        sorted([0, *(min(place, 12) for place in drawn)])
    )  # 12 points at most in all
    away[-1] = max(lone - 12, away.max())
    scores = 60 - away if top else 12 + away
    assert away.sum() - away.max() < INDEX.least_room
    assert can_be_bounded(np.array([n]), np.array([scores.mean()]), INDEX).all()


@given(COUNTS, st.integers(2, 6), st.sampled_from(AnswerForm), st.booleans())
def test_spans_cover_the_scale_and_hold_the_truth(
    counts: list[int], k: int, form: AnswerForm, turned: bool
) -> None:
    spans = coded_answers(counts, k=k, split=favourable_split(5, turned=turned), form=form)
    if not spans:
        return
    assert [span.start for span in spans] == [0, *(span.end for span in spans[:-1])]
    assert spans[-1].end == 5
    for span in spans:
        people = sum(counts[span.start : span.end])
        assert span.fewest <= people <= span.most
        assert span.most >= k - 1
        if span.fewest == span.most:
            assert people >= k


@st.composite
def few_below(draw: st.DrawFn) -> tuple[int, list[int], list[int]]:
    """A threshold k, and twice the answers of as many people of whom fewer than k are on the lower side."""
    k, n = draw(st.integers(2, 6)), draw(st.integers(4, 30))
    ways = []
    for _ in range(2):
        below = draw(st.integers(0, min(k - 1, n)))
        answers = draw(st.lists(st.integers(0, 2), min_size=below, max_size=below))
        answers += draw(st.lists(st.integers(3, 4), min_size=n - below, max_size=n - below))
        ways.append(np.bincount(answers, minlength=5).tolist())
    return k, ways[0], ways[1]


@given(few_below())
def test_a_small_side_looks_the_same_whoever_is_on_it(ways: tuple[int, list[int], list[int]]) -> None:
    """Told as a bound, the answers of fewer than k people make no difference."""
    k, one, other = ways
    assert coded_answers(one, k=k, split=3, form=AnswerForm.JOINED) == coded_answers(
        other, k=k, split=3, form=AnswerForm.JOINED
    )


@pytest.mark.parametrize(
    ("counts", "form", "spans"),
    [
        ([1, 2, 4, 6, 7], AnswerForm.JOINED, [(0, 3, 7, 7), (3, 4, 6, 6), (4, 5, 7, 7)]),
        ([1, 2, 4, 6, 7], AnswerForm.SHARE, [(0, 3, 7, 7), (3, 5, 13, 13)]),
        ([0, 0, 1, 2, 9], AnswerForm.JOINED, [(0, 3, 0, 4), (3, 5, 8, 12)]),
        ([0, 0, 9, 1, 0], AnswerForm.SHARE, [(0, 3, 6, 10), (3, 5, 0, 4)]),
        ([1, 2, 1, 4, 1], AnswerForm.JOINED, []),
        ([5, 5, 5, 5, 5], AnswerForm.WITHHELD, []),
    ],
)
def test_answers_are_told_as_spans(
    counts: list[int], form: AnswerForm, spans: list[tuple[int, int, int, int]]
) -> None:
    told = coded_answers(counts, k=5, split=3, form=form)
    assert [(span.start, span.end, span.fewest, span.most) for span in told] == spans


def test_a_histogram_has_columns_of_k_people() -> None:
    spans = coded_histogram([1, 0, 2, 3, 9, 4, 8, 1], k=5)
    assert [(span.start, span.end, span.fewest) for span in spans] == [(0, 4, 6), (4, 5, 9), (5, 8, 13)]


def test_agreement_is_told_with_the_spread_and_never_as_perfect() -> None:
    told = coded_agreement(np.array([0.8449, 1.0, 0.5]), np.array([True, True, False]))
    assert told[:2].tolist() == [0.84, 0.99]
    assert np.isnan(told[2])


def test_favourable_are_the_upper_two_in_five() -> None:
    assert favourable_split(5, turned=False) == 3
    assert favourable_split(5, turned=True) == 2
    assert favourable_split(7, turned=False) == 5
