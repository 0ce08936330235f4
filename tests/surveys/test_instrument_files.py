"""Questionnaires as files: what goes out comes in equal, and whatever else comes in never breaks anything."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from surveys.built_in import BUILT_INS, BuiltIn, Wording
from surveys.composition import Composition, one_line
from surveys.instrument_files import (
    COLUMNS,
    FORMAT,
    FaultyFileError,
    as_content,
    as_json,
    as_rows,
    read_file,
    read_json,
    read_table,
)
from surveys.questionnaire import Question
from web.csv import csv_text

LINES = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1, max_size=40)
    .map(one_line)
    .filter(lambda text: text and not text.startswith("="))
)
LABELS = st.lists(
    LINES.map(lambda text: one_line(text.replace("|", "/"))).filter(bool), min_size=2, max_size=5
)


@st.composite
def wordings(draw: st.DrawFn) -> Wording:
    part = draw(st.sampled_from(["index", "outcome"]))
    labels = tuple(draw(st.one_of(st.just([]), LABELS)))
    low = draw(st.integers(0, 3))
    high = low + (len(labels) - 1 if labels else draw(st.integers(1, 10)))
    question = Question("", part, draw(LINES), low, high, draw(st.booleans()))
    return Wording(question, draw(LINES), draw(st.one_of(st.just(""), LINES)), labels, draw(st.booleans()))


@st.composite
def compositions(draw: st.DrawFn) -> Composition:
    drawn = draw(st.lists(wordings(), max_size=6))
    keyed = [
        replace(one, question=replace(one.question, key=f"k-{place}")) for place, one in enumerate(drawn)
    ]
    holder = draw(st.one_of(st.just(""), LINES))
    return Composition(
        title=draw(LINES),
        about=draw(st.sampled_from(["leader", "workplace", "self"])),
        minimum_answered=draw(st.integers(1, 12)),
        wordings=tuple(sorted(keyed, key=lambda one: one.question.part)),
        holder=holder,
        licence=draw(LINES) if holder else "",
    )


def csv_file(composition: Composition) -> io.BytesIO:
    return io.BytesIO(csv_text(COLUMNS, as_rows(composition)).encode())


def faults(content: bytes, name: str = "") -> list[tuple[int | None, str, str, str]]:
    with pytest.raises(FaultyFileError) as refused:
        read_file(io.BytesIO(content), name)
    return [(fault.row, fault.column, fault.value, fault.message) for fault in refused.value.faults]


def messages_of(content: bytes, name: str) -> list[str]:
    """Why a file is refused; nothing when it is read."""
    try:
        read_file(io.BytesIO(content), name)
    except FaultyFileError as refusal:
        return [fault.message for fault in refusal.faults]
    return []


@given(compositions())
def test_json_comes_back_equal(composition: Composition) -> None:
    assert read_json(as_json(composition, key="a", version=1).encode()) == composition


@given(compositions())
def test_csv_comes_back_equal(composition: Composition) -> None:
    assert read_table(csv_file(composition)) == composition


@pytest.mark.parametrize("shipped", BUILT_INS, ids=lambda shipped: shipped.key)
def test_built_ins_come_back_equal(shipped: BuiltIn) -> None:
    composition = Composition(shipped.title, shipped.about, shipped.minimum_answered, shipped.wordings)
    text = as_json(composition, key=shipped.key, version=1)
    assert read_file(io.BytesIO(text.encode()), "a.json") == composition
    assert read_file(csv_file(composition), "a.csv") == composition


@given(st.binary(max_size=300), st.sampled_from(["a.json", "a.csv", "a.xlsx", ""]))
def test_any_bytes_are_a_questionnaire_or_a_clear_refusal(content: bytes, name: str) -> None:
    assert all(messages_of(content, name))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*COLUMNS, "x"]), inner),
    max_leaves=10,
)


@given(
    st.dictionaries(st.sampled_from([*COLUMNS, "format", "items", "version"]), PLAIN),
    st.lists(st.dictionaries(st.sampled_from(COLUMNS), PLAIN), max_size=4),
)
def test_any_json_is_a_questionnaire_or_a_clear_refusal(whole: dict[str, Any], items: list[Any]) -> None:
    content = json.dumps({"items": items, **whole, "format": FORMAT}).encode()
    assert all(messages_of(content, "a.json"))


@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), min_size=1, max_size=5))
def test_any_table_is_a_questionnaire_or_a_clear_refusal(rows: list[list[str]]) -> None:
    content = csv_text(["title", "text", "low", "labels"], rows).encode("utf-8", "replace")
    assert all(messages_of(content, "a.csv"))


def test_a_table_needs_no_more_than_a_title_and_questions() -> None:
    read = read_file(io.BytesIO(b"Title,Text\nClimate,Do we learn?\n,Do we laugh?\n"), "a.csv")
    assert read.title == "Climate"
    assert [(one.text, one.question.key) for one in read.wordings] == [
        ("Do we learn?", ""),
        ("Do we laugh?", ""),
    ]
    assert (read.minimum_answered, read.obstacle) == (2, "")


def test_faults_of_a_table_name_row_column_and_value() -> None:
    content = b"title,key,text,low,cannot_say\nA,k-1,One?,x,yes\nB,k-1,,1,perhaps\n"
    assert faults(content, "a.csv") == [
        (2, "low", "x", "Expected a whole number from 0 to 100."),
        (3, "cannot_say", "perhaps", "Expected yes or no."),
        (3, "key", "k-1", "Question 1 has this ID already."),
        (3, "text", "", "Write the question."),
        (3, "title", "B", "This says something else than the first row. Leave it out below the first row."),
    ]


@pytest.mark.parametrize(
    ("content", "column", "said"),
    [
        (b"", "", "The file is empty."),
        (b"title,text\n", "", "There is a header, but no row below it."),
        (b"title,text,colour\nA,B,red\n", "colour", "This column is not known."),
        (b"title,text,Title\nA,B,A\n", "title", "There are two columns of this name."),
        (b"text\nB\n", "title", "This column is missing."),
        (b"title\nA\n", "text", "This column is missing."),
        (b"title,text\n" + b"A,B\n" * 121, "", "at most 120 questions"),
        (b"%PDF-1.7", "", "This is a PDF."),
    ],
)
def test_a_file_that_is_no_table_of_questions_says_why(content: bytes, column: str, said: str) -> None:
    ((_row, found, _value, message),) = faults(content)
    assert found == column
    assert said in message


def content_with(**changes: Any) -> bytes:
    item = {"text": "Do we learn?"}
    return json.dumps({"format": FORMAT, "title": "A", "items": [item], **changes}).encode()


def test_json_needs_no_more_than_a_title_and_questions() -> None:
    assert read_json(content_with()).wordings[0].text == "Do we learn?"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (content_with(title=3), (None, "title", "3", "Expected text in quotes.")),
        (content_with(minimum_answered=True), (None, "minimum_answered", "true", "Expected a whole number.")),
        (content_with(minimum_answered=1.5), (None, "minimum_answered", "1.5", "Expected a whole number.")),
        (content_with(items=["x"]), (1, "", "x", "Expected a question in curly brackets.")),
        (content_with(items=[{"text": ["x"]}]), (1, "text", "…", "Expected text in quotes.")),
        (content_with(items=[{"text": "x", "low": "1"}]), (1, "low", "1", "Expected a whole number.")),
        (content_with(items=[{"text": "x", "reversed": 1}]), (1, "reversed", "1", "Expected true or false.")),
        (
            content_with(items=[{"text": "x", "labels": "No|Yes"}]),
            (1, "labels", "No|Yes", "Expected a list of texts without |."),
        ),
        (content_with(items={}), (None, "items", "", "Expected a list of questions.")),
    ],
)
def test_faults_of_json_name_question_column_and_value(content: bytes, fault: tuple[object, ...]) -> None:
    assert fault in faults(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[]", "Expected one questionnaire in curly brackets."),
        (b'{"title": ', "This is no JSON: Expecting value."),
        (b'{"title": "A", "title": "B"}', "a name is given twice"),
        (b'{"low": NaN}', "NaN is no value"),
        (b'{"low": ' + b"9" * 5_000 + b"}", "This is no JSON"),
        (b'{"a":' + b"[" * 100_000, "This is no JSON"),
        (b'{"title": "\xff"}', "The file is not readable text."),
        (content_with(format="other"), "Expected the format clinicleader.instrument.1."),
        (content_with(colour="red"), "This name is not known."),
        (content_with(items=[{"text": "x"}] * 121), "at most 120 questions"),
        (content_with(title="x" * (1 << 20)), "The file has more than 1 MB."),
    ],
)
def test_json_that_is_no_questionnaire_says_why(content: bytes, said: str) -> None:
    assert any(said in message for *_place, message in faults(content, "a.json"))


def test_content_has_every_name() -> None:
    content = as_content(Composition("A", "self", 1, (Wording(Question("k", "index", "g", 1, 5), "Well?"),)))
    assert [*list(content)[:-1], *content["items"][0]] == list(COLUMNS)


def test_the_example_in_the_documentation_is_read() -> None:
    page = (settings.BASE_DIR / "docs" / "questionnaires.md").read_text()
    example = page.split("```json")[1].split("```")[0]
    read = read_json(example.encode())
    assert (read.title, read.obstacle) == ("How our ward rounds go", "")
    assert all(f"`{name}`" in page for name in COLUMNS)
