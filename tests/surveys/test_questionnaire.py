"""Scoring any instrument: groups, reversed items, outcomes, missing answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from surveys.arrays import IntArray
from surveys.built_in import LEADER_INDEX
from surveys.enums import ItemPart
from surveys.questionnaire import Question, Questionnaire

INDEX, OUTCOME = ItemPart.INDEX, ItemPart.OUTCOME
NAN = float("nan")


def question(
    key: str, part: str = INDEX, group: str = "a", low: int = 1, high: int = 5, **more: bool
) -> Question:
    return Question(key, part, group, low, high, **more)


MIXED = Questionnaire(
    (
        question("q1"),
        question("q2", reversed=True),
        question("q3", group="b"),
        question("o1", OUTCOME, "burnout", 0, 4),
        question("o2", OUTCOME, "burnout", 0, 4, reversed=True),
    ),
    minimum_answered=2,
)


def score(*answers: float) -> tuple[float, list[float]]:
    scores = MIXED.score(np.array([answers]))
    return float(scores.score[0]), scores.scales[0].tolist()


def test_reversed_items_are_turned_round() -> None:
    assert score(5, 1, 3, 4, 0) == (13, [10, 3, 4])


def test_a_missing_item_takes_the_mean_of_its_group() -> None:
    assert score(4, NAN, 3, 1, 1) == (11, [8, 3, 2])


def test_a_response_with_too_few_answers_or_an_empty_behaviour_does_not_count() -> None:
    for answers in ((NAN, NAN, 3, 1, 1), (4, 4, NAN, 1, 1)):
        total, scales = score(*answers)
        assert np.isnan([total, *scales[:2]]).all()
        assert scales[2] == 2
    assert MIXED.score(np.array([[NAN, NAN, 3, 1, 1], [4, 4, 3, 1, 1]])).left_out == 1


def test_an_outcome_with_too_few_answers_is_unknown() -> None:
    assert np.isnan(score(4, 4, 3, 1, NAN)[1][2])


def test_scales_know_their_range() -> None:
    assert [(scale.group, scale.low, scale.high) for scale in MIXED.scales] == [
        ("a", 2, 10),
        ("b", 1, 5),
        ("burnout", 0, 4),
    ]


@pytest.mark.parametrize(
    ("questions", "minimum", "message"),
    [
        ([question("o", OUTCOME)], 1, "at least one item"),
        ([question("o", OUTCOME), question("q")], 1, "come before the outcomes"),
        ([question("q"), question("o", OUTCOME)], 1, "group a cannot be both"),
        ([question("q")], 0, "At least 1 and at most 1"),
        ([question("q")], 2, "At least 1 and at most 1"),
        ([question("q"), question("r", group="b", high=7)], 1, "index need one and the same range"),
        (
            [question("q"), question("o", OUTCOME, "x"), question("p", OUTCOME, "x", 0, 4)],
            1,
            "outcome x need one and the same range",
        ),
    ],
)
def test_impossible_questionnaires_are_refused(questions: list[Question], minimum: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Questionnaire(tuple(questions), minimum)


@given(arrays(np.int64, (5, 12), elements=st.integers(1, 5)))
def test_the_leader_index_of_complete_answers_is_their_sum(rows: IntArray) -> None:
    questionnaire = Questionnaire(tuple(wording.question for wording in LEADER_INDEX.wordings), 10)
    answers = rows.astype(np.float64)
    scores = questionnaire.score(answers)
    assert scores.score.tolist() == answers.sum(axis=1).tolist()
    assert scores.scales.sum(axis=1).tolist() == answers.sum(axis=1).tolist()
