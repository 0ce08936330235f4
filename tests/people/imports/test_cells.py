"""A cell is a value or an expectation."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.enums import Profession
from people.imports import cells
from people.imports.circles import circles
from people.imports.columns import column_faults, guess_columns
from people.imports.fields import KINDS, PEOPLE, UNITS
from web.tables_in.faults import shown


@pytest.mark.parametrize(
    ("order", "text", "expected"),
    [
        ("ymd", "2026-03-31", dt.date(2026, 3, 31)),
        ("ymd", "2026-03-31 00:00:00", dt.date(2026, 3, 31)),
        ("dmy", "31/03/2026", dt.date(2026, 3, 31)),
        ("dmy", "1.4.2026", dt.date(2026, 4, 1)),
        ("mdy", "03/31/2026", dt.date(2026, 3, 31)),
        ("mdy", "2026-03-31", dt.date(2026, 3, 31)),
    ],
)
def test_a_date_is_read_in_the_files_order(order: str, text: str, expected: dt.date) -> None:
    assert cells.day(order)(text) == expected


@pytest.mark.parametrize("text", ["31/03/2026", "2026-02-30", "2026-3-1", "1850-01-01", "soon", "٢٠٢٦-٠١-٠١"])
def test_another_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Expected a date"):
        cells.day("ymd")(text)


@given(st.dates(cells.EARLIEST, cells.LATEST))
def test_every_date_comes_back_in_every_order(day: dt.date) -> None:
    assert cells.day("ymd")(day.isoformat()) == day
    assert cells.day("dmy")(f"{day.day}/{day.month}/{day.year}") == day
    assert cells.day("mdy")(f"{day.month:02}-{day.day:02}-{day.year}") == day


PARSERS = {
    "text": cells.text(20),
    "email": cells.email,
    "ymd": cells.day("ymd"),
    "dmy": cells.day("dmy"),
    "choice": cells.choice(Profession.choices),
    "whole": cells.whole(1, 20),
    "hours": cells.hours,
    "flag": cells.flag,
}


@pytest.mark.parametrize("name", PARSERS)
@given(text=st.text(min_size=1, max_size=40))
def test_any_text_is_a_value_or_an_expectation(name: str, text: str) -> None:
    try:
        value: object = PARSERS[name](text)
    except ValueError as expectation:
        value = str(expectation)
        assert value.startswith("Expected ")
    assert value is not None


def test_choices_are_known_by_value_and_by_label() -> None:
    parse = cells.choice(Profession.choices)
    assert [parse("allied"), parse("ALLIED HEALTH PROFESSIONAL")] == ["allied", "allied"]


def test_yes_and_no() -> None:
    assert [cells.flag(word) for word in ("Yes", "x", "0", "FALSE")] == [True, True, False, False]


def test_hours_and_whole_numbers_have_bounds() -> None:
    assert cells.hours("12,5") == "12.5"
    for text in ("169", "-1", "1.25"):
        with pytest.raises(ValueError, match="Expected hours"):
            cells.hours(text)
    with pytest.raises(ValueError, match="from 1 to 20"):
        cells.whole(1, 20)("21")


def test_headings_are_guessed_by_name_label_and_synonym() -> None:
    header = ["Employee ID", "First Name", "SURNAME", "e-mail", "Department ID", "Hire date", "Supervisor"]
    assert guess_columns(PEOPLE, header, {}) == {
        "external_id": "Employee ID",
        "given_name": "First Name",
        "family_name": "SURNAME",
        "email": "e-mail",
        "unit": "Department ID",
        "start_date": "Hire date",
        "manager": "Supervisor",
    }


def test_what_was_chosen_last_time_wins() -> None:
    assert guess_columns(UNITS, ["Name", "Langname"], {"name": "Langname"}) == {"name": "Langname"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_headings_of_the_empty_file_need_no_matching(kind: str) -> None:
    fields = next(known for known in KINDS.values() if known.kind == kind).fields
    labels = [field.label for field in fields]
    assert guess_columns(KINDS[next(k for k in KINDS if k == kind)], labels, {}) == {
        field.name: field.label for field in fields
    }


def test_missing_double_and_shared_columns_are_named() -> None:
    columns = {"external_id": "ID", "name": "Name", "parent": "Name"}
    messages = [(fault.column, fault.message) for fault in column_faults(UNITS, ["ID", "ID"], columns)]
    assert messages == [
        ("ID", "This heading stands over columns 1 and 2: expected it once."),
        ("Name", "The file has no column with this heading, expected for Name."),
        ("Name", "The file has no column with this heading, expected for Parent unit ID."),
        ("Name", "This column was chosen for two fields."),
    ]


@given(st.dictionaries(st.integers(0, 12), st.integers(0, 12)))
def test_circles_are_found_once_each(parents: dict[int, int]) -> None:
    def comes_back(start: int) -> bool:
        node = start
        for _ in parents:
            if node not in parents:
                return False
            node = parents[node]
            if node == start:
                return True
        return False

    found = circles(parents)
    assert sorted(node for circle in found for node in circle) == sorted(filter(comes_back, parents))
    for circle in found:
        assert [parents[node] for node in circle] == [*circle[1:], circle[0]]


def test_shown_values_are_short_and_clean() -> None:
    assert shown("a\x00b\n") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert len(shown("x" * 1000)) == 200
