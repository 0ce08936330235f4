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


@given(st.integers(5, 200), st.lists(st.integers(12, 60), min_size=5, max_size=200))
def test_whoever_has_too_little_room_is_within_a_bound(n: int, drawn: list[int]) -> None:
    scores = np.resize(np.array(drawn), n)
    room = (60 - scores).sum() - (60 - scores.min())
    if room < INDEX.least_room:
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


@given(COUNTS, COUNTS, st.integers(2, 6))
def test_a_small_side_looks_the_same_whoever_is_on_it(one: list[int], other: list[int], k: int) -> None:
    """Told as a bound, the answers of fewer than k people make no difference."""
    if sum(one) == sum(other) and sum(one[:3]) < k and sum(other[:3]) < k:
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
