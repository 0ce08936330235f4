"""Scoring of responses: the rule on cases worked by hand, and what must hold for any instrument."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from surveys.arrays import FloatArray
from surveys.leader_index import ScoringKey, percent_of_range, score_responses

BEHAVIOURS = ["include"] * 3 + ["inform"] * 2 + ["inquire"] * 2 + ["develop"] * 3 + ["recognise"] * 2
TWELVE = ScoringKey({f"item{number}": behaviour for number, behaviour in enumerate(BEHAVIOURS)})
NO = np.nan


@st.composite
def surveys(draw: st.DrawFn) -> tuple[ScoringKey, FloatArray]:
    """Any scoring key with up to 15 items and up to 12 responses to it, a fifth of the answers missing."""
    behaviours = draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=15))
    low = draw(st.integers(-3, 3))
    key = ScoringKey(
        {f"item{number}": behaviour for number, behaviour in enumerate(behaviours)},
        low=low,
        high=low + draw(st.integers(1, 9)),
    )
    shape = (draw(st.integers(0, 12)), len(behaviours))
    answers = draw(hnp.arrays(np.float64, shape, elements=st.integers(key.low, key.high).map(float)))
    missing = draw(hnp.arrays(np.bool_, shape, elements=st.sampled_from([False] * 4 + [True])))
    return key, np.where(missing, np.nan, answers)


def test_score_is_the_sum_of_twelve_answers() -> None:
    answers = np.array([[1.0] * 12, [5.0] * 12, [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2]])
    scored = score_responses(answers, TWELVE)
    assert scored.score.tolist() == [12, 60, 33]
    assert scored.behaviour_scores[2].tolist() == [6, 9, 3, 12, 3]
    assert scored.counted.all()


def test_missing_items_take_the_mean_of_their_behaviour() -> None:
    #                   include      inform  inquire  develop    recognise
    answers = np.array([[5, 2, NO, 4, 4, NO, 3, 1, 1, 1, 2, 2]])
    scored = score_responses(answers, TWELVE)
    assert scored.behaviour_scores.tolist() == [[10.5, 8, 6, 3, 4]]
    assert scored.score.tolist() == [31.5]


def test_nine_answers_of_twelve_are_too_few() -> None:
    answers = np.full((1, 12), 4.0)
    answers[0, [0, 3, 5]] = NO
    scored = score_responses(answers, TWELVE)
    assert np.isnan(scored.score).all()
    assert np.isnan(scored.behaviour_scores).all()
    assert scored.too_few_answers.tolist() == [True]
    assert scored.behaviour_unanswered.tolist() == [False]
    assert scored.counted.tolist() == [False]


def test_behaviour_without_any_answer_is_not_guessed() -> None:
    answers = np.full((1, 12), 4.0)
    answers[0, [3, 4]] = NO  # both items of "inform": ten of twelve are answered
    scored = score_responses(answers, TWELVE)
    assert np.isnan(scored.score).all()
    assert scored.too_few_answers.tolist() == [False]
    assert scored.behaviour_unanswered.tolist() == [True]
    assert scored.counted.tolist() == [False]


@pytest.mark.parametrize(("items", "minimum"), [(1, 1), (6, 5), (9, 8), (11, 10), (12, 10), (24, 20)])
def test_minimum_answered_rounds_ten_twelfths_up(items: int, minimum: int) -> None:
    assert ScoringKey({str(number): "all" for number in range(items)}).minimum_answered == minimum


@pytest.mark.parametrize("answer", [0.0, 6.0, 3.5, np.inf, -np.inf])
def test_answer_out_of_range_names_row_item_and_value(answer: float) -> None:
    answers = np.full((3, 12), 4.0)
    answers[1, 7] = answer
    with pytest.raises(
        ValueError, match=rf"Row 1, item item7: {answer:g} is not a whole number from 1 to 5\."
    ):
        score_responses(answers, TWELVE)


@pytest.mark.parametrize("shape", [(12,), (3, 11), (3, 13)])
def test_answers_of_another_shape_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="one column for each of 12 items"):
        score_responses(np.full(shape, 4.0), TWELVE)


def test_impossible_keys_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one item"):
        ScoringKey({})
    with pytest.raises(ValueError, match="must rise"):
        ScoringKey({"a": "all"}, low=5, high=5)


def test_percent_of_range_runs_from_nothing_to_a_hundred() -> None:
    scores = np.array([12, 36, 60, 45.6, NO])
    percent = percent_of_range(scores, items=12, low=1, high=5)
    assert percent[:3].tolist() == [0, 50, 100]
    assert percent[3] == pytest.approx(70)
    assert np.isnan(percent[4])


@given(surveys())
def test_counted_scores_stay_in_range_and_add_up(survey: tuple[ScoringKey, FloatArray]) -> None:
    key, answers = survey
    scored = score_responses(answers, key)
    counted = scored.counted
    scores = scored.score[counted]
    items = len(key.items)
    assert ((scores >= items * key.low - 1e-9) & (scores <= items * key.high + 1e-9)).all()
    assert np.isnan(scored.score).tolist() == (~counted).tolist()
    assert np.allclose(scored.behaviour_scores[counted].sum(axis=1), scores)


@given(surveys())
def test_score_equals_the_rule_applied_response_by_response(survey: tuple[ScoringKey, FloatArray]) -> None:
    key, answers = survey
    scored = score_responses(answers, key)
    behaviour_of = np.array(list(key.behaviour_of.values()))
    for row, response in enumerate(answers):
        answered = ~np.isnan(response)
        parts = [response[(behaviour_of == behaviour) & answered] for behaviour in key.behaviours]
        counts = answered.sum() * 12 >= 10 * len(response) and all(part.size for part in parts)
        assert bool(scored.counted[row]) == counts
        if counts:
            sizes = [(behaviour_of == behaviour).sum() for behaviour in key.behaviours]
            expected = sum(size * part.mean() for size, part in zip(sizes, parts, strict=True))
            assert scored.score[row] == pytest.approx(expected)


@given(surveys(), st.randoms(use_true_random=False))
def test_order_of_responses_and_items_does_not_matter(
    survey: tuple[ScoringKey, FloatArray], random: Random
) -> None:
    key, answers = survey
    rows, columns = list(range(len(answers))), list(range(len(key.items)))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = ScoringKey(
        {key.items[column]: key.behaviour_of[key.items[column]] for column in columns}, key.low, key.high
    )
    expected = score_responses(answers, key).score[rows]
    actual = score_responses(answers[np.ix_(rows, columns)], shuffled).score
    np.testing.assert_allclose(actual, expected)
