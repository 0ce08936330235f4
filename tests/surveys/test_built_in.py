"""The questionnaires that ship: possible, with keys that stay, each scale measured the way its name says."""

from __future__ import annotations

import pytest

from surveys.built_in import (
    ANNUAL_SURVEY,
    BUILT_INS,
    CONFIDENCE_PULSE,
    CULTURAL_AUDIT,
    LEADER_INDEX,
    BuiltIn,
    open_question_of,
)
from surveys.enums import Behaviour, Dimension
from surveys.questionnaire import Questionnaire
from surveys.wording import group_label


def questionnaire(shipped: BuiltIn) -> Questionnaire:
    return Questionnaire(tuple(wording.question for wording in shipped.wordings), shipped.minimum_answered)


@pytest.mark.parametrize("shipped", BUILT_INS, ids=lambda shipped: shipped.key)
def test_a_built_in_is_possible_and_says_each_thing_once(shipped: BuiltIn) -> None:
    questionnaire(shipped)
    for values in (
        [wording.question.key for wording in shipped.wordings],
        [w.text for w in shipped.wordings],
    ):
        assert len(set(values)) == len(values)
    for wording in shipped.wordings:
        assert len(wording.labels) == wording.question.high - wording.question.low + 1 == 5
        assert wording.text[-1] in ".?"


def test_no_two_built_ins_share_a_key() -> None:
    assert len({shipped.key for shipped in BUILT_INS}) == len(BUILT_INS) == 7


def test_the_leader_index_has_twelve_items_over_five_behaviours() -> None:
    groups = [wording.question.group for wording in LEADER_INDEX.wordings]
    assert [(group, groups.count(group)) for group in dict.fromkeys(groups)] == [
        (Behaviour.INCLUDE, 3),
        (Behaviour.INFORM, 2),
        (Behaviour.INQUIRE, 2),
        (Behaviour.DEVELOP, 3),
        (Behaviour.RECOGNISE, 2),
    ]


def test_the_annual_survey_has_the_leader_index_in_it() -> None:
    asked = questionnaire(ANNUAL_SURVEY)
    assert asked.questions[: asked.index_items] == questionnaire(LEADER_INDEX).questions
    assert [scale.group for scale in asked.scales if scale.part == "outcome"] == [
        "culture",
        "teamwork",
        "fulfilment",
        "engagement",
        "burnout",
        "values",
        "followership",
    ]
    assert list(dict.fromkeys(wording.section for wording in ANNUAL_SURVEY.wordings)) == [
        "Your immediate leader",
        "How things are done here",
        "How we work together",
        "You and your work",
        "What we stand for",
    ]


def test_the_confidence_pulse_asks_twice_for_each_dimension() -> None:
    groups = [wording.question.group for wording in CONFIDENCE_PULSE.wordings]
    assert groups == [dimension for dimension in Dimension.values for _ in range(2)]


def test_the_cultural_audit_asks_for_the_seven_dimensions() -> None:
    labels = [group_label(scale.group) for scale in questionnaire(CULTURAL_AUDIT).scales]
    assert labels == [
        "Trust",
        "Communication",
        "Shared goals",
        "Knowing each other",
        "Motivations",
        "Meeting frequency",
        "Problem solving",
    ]


def test_items_worded_against_their_scale_are_turned() -> None:
    turned = [
        wording.question.key
        for shipped in BUILT_INS
        for wording in shipped.wordings
        if wording.question.reversed
    ]
    assert turned == ["engagement-3", "trust-2"]


def test_the_cultural_audit_asks_for_words_of_ones_own() -> None:
    asked = {shipped.key: open_question_of(shipped.key) for shipped in BUILT_INS}
    assert [key for key, question in asked.items() if question] == ["cultural_audit"]
    assert open_question_of("our-own") == ""
