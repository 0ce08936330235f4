"""Reading answers from a file and guessing what its columns hold."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.enums import ItemPart
from surveys.import_plan import (
    ImportPlan,
    ItemColumn,
    PlanError,
    item_keys,
    plan_known_instrument,
    plan_new_instrument,
)
from surveys.questionnaire import Question, Questionnaire
from surveys.survey_file import FAULTS_KEPT, ColumnPlan, SurveyFile, guess_columns, read_survey
from tests.surveys.real_survey import FOLDER
from web.tables_in import TableRefusedError, open_table

QUESTIONS = (
    Question("q1", ItemPart.INDEX, "a", 1, 5),
    Question("q2", ItemPart.OUTCOME, "b", 0, 4),
)
PLAN = ColumnPlan("unit", ("q1", "q2"), QUESTIONS)


def read(text: str, plan: ColumnPlan = PLAN) -> SurveyFile:
    return read_survey(open_table(io.BytesIO(text.encode())), plan)


def test_answers_are_read_by_unit_and_other_columns_are_not_looked_at() -> None:
    found = read("name,q2,unit,q1\nAda,0,W1,5\nBob,4,W2,1\nCy,NA,W1,2.0\n")
    assert found.faults.kept == []
    assert (found.codes, found.first_row, found.units) == (["W1", "W2"], [2, 3], [0, 1, 0])
    assert np.array_equal(found.answers, [[5, 0], [1, 4], [2, np.nan]], equal_nan=True)


@pytest.mark.parametrize("text", ["", "NA", "n/a", ".", "NULL"])
def test_unanswered_is_written_in_several_ways(text: str) -> None:
    found = read(f"unit,q1,q2\nW1,{text},1\n")
    assert found.faults.kept == []
    assert np.isnan(found.answers[0, 0])


@pytest.mark.parametrize("text", ["0", "6", "-1", "2.5", "x", "1e0", "five", "５", "1 2", "999999999999"])
def test_other_answers_are_faults(text: str) -> None:
    found = read(f"unit,q1,q2\nW1,{text},1\n")
    assert [(fault.row, fault.column, fault.value) for fault in found.faults.kept] == [(2, "q1", text)]


def test_many_faults_are_counted_and_the_first_are_kept() -> None:
    found = read("unit,q1,q2\n" + "W1,9,9\n" * 300)
    assert (found.faults.count, len(found.faults.kept)) == (600, FAULTS_KEPT)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("unit,q1\nW1,1\n", "The file has no such column."),
        ("unit,q1,q2\n", "There is a header, but no row below it."),
        ("unit,q1,q2\n,1,1\n", "Every response needs a unit."),
        ("unit,q1,q2\nW\x00,1,1\n", "Expected text on one line without control characters."),
        ("unit,q1,q2\nW1,=1,1\n", "Expected a value, not a formula: copy the column and paste it as values."),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str) -> None:
    assert [fault.message for fault in read(text).faults.kept] == [message]


def test_the_columns_of_the_real_survey_are_guessed() -> None:
    with (FOLDER / "responses.csv").open("rb") as file:
        guesses = guess_columns(open_table(file))
    assert [(guess.column, guess.use) for guess in guesses[:3]] == [
        ("respondent", ""),
        ("unit", "unit"),
        ("lead01", "index"),
    ]
    groups = {(guess.use, guess.group, guess.low, guess.high) for guess in guesses[2:]}
    assert groups == {
        ("index", "lead", 1, 5),
        ("outcome", "tsig", 1, 5),
        ("outcome", "hostil", 0, 4),
    }


@given(st.text(max_size=300))
def test_no_text_stops_the_guess_or_the_reading(text: str) -> None:
    content = ("unit,q1,q2\n" + text).encode("utf-8", "ignore")
    try:
        table = open_table(io.BytesIO(content))
    except TableRefusedError:
        return
    found = read_survey(table, PLAN)
    assert found.faults.count or len(found.units) == len(found.answers) > 0


def test_a_plan_survives_being_kept() -> None:
    items = [
        ItemColumn("Burn out", ItemPart.OUTCOME, "", 0, 4, reversed=True),
        ItemColumn("q1", ItemPart.INDEX, "a", 1, 5),
    ]
    plan = plan_new_instrument(" Climate ", "unit", items)
    assert ImportPlan.from_json(plan.as_json()) == plan
    assert plan.columns.columns == ("q1", "Burn out")
    assert plan.columns.questions[1] == Question("burn-out", ItemPart.OUTCOME, "outcome", 0, 4, reversed=True)
    assert (plan.instrument_title, plan.minimum_answered) == ("Climate", 1)


def test_ten_in_twelve_index_items_must_be_answered_unless_said_otherwise() -> None:
    items = [ItemColumn(f"q{n}", ItemPart.INDEX, "a", 1, 5) for n in range(11)]
    assert plan_new_instrument("A", "unit", items).minimum_answered == 10
    assert plan_new_instrument("A", "unit", items, 6).minimum_answered == 6


@pytest.mark.parametrize(
    ("title", "unit", "items", "message"),
    [
        ("", "unit", [ItemColumn("q", ItemPart.INDEX, "a", 1, 5)], "a title"),
        ("A", "", [ItemColumn("q", ItemPart.INDEX, "a", 1, 5)], "holds the unit"),
        ("A", "unit", [ItemColumn("q", ItemPart.INDEX, "a", 5, 5)], "must be above the lowest"),
        ("A", "unit", [], "at least one item"),
        ("A", "unit", [ItemColumn("q", ItemPart.OUTCOME, "a", 1, 5)], "at least one item"),
    ],
)
def test_impossible_plans_are_refused(title: str, unit: str, items: list[ItemColumn], message: str) -> None:
    with pytest.raises(PlanError, match=message):
        plan_new_instrument(title, unit, items)


def test_a_column_answers_one_question() -> None:
    questionnaire = Questionnaire(QUESTIONS, 1)
    assert plan_known_instrument(questionnaire, "unit", ["x", "y"]).columns.columns == ("x", "y")
    with pytest.raises(PlanError, match="Column x is used twice"):
        plan_known_instrument(questionnaire, "unit", ["x", "x"])
    with pytest.raises(PlanError, match="holds the unit"):
        plan_known_instrument(questionnaire, "", ["x", "y"])


def test_item_ids_come_from_column_names_and_are_unique() -> None:
    assert item_keys(["Q 1", "q-1", "Für mich?", "?"]) == ["q-1", "q-1-2", "fur-mich", "item"]
