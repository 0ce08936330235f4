"""A file that a spreadsheet opens, and that runs nothing there."""

import csv
import io
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.csv import DANGEROUS, NUMBER, cell, csv_response, csv_text, unguarded


@pytest.mark.parametrize(
    "text", ["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@x", "\t=1", "\r=1", " =1", "＝1", "-", "+"]
)
def test_what_looks_like_a_formula_becomes_text(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert unguarded(f"'{text}") == text


@pytest.mark.parametrize("text", ["'s-Hertogenbosch", "'", "''", "-5", "a'=b"])
def test_another_apostrophe_is_part_of_the_text(text: str) -> None:
    assert unguarded(text) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [("-5", "-5"), ("+3.5%", "+3.5%"), (-5, -5), (None, ""), (True, "yes"), (0.5, 0.5), ("a=b", "a=b")],
)
def test_numbers_and_plain_values_stay(value: object, written: object) -> None:
    assert cell(value) == written


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5))
def test_every_cell_comes_back_and_none_is_a_formula(rows: list[list[str]]) -> None:
    text = csv_text(["a", "b"], rows)

    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1:]

    assert read == [[str(cell(value)) for value in row] for row in rows]
    for value in chain.from_iterable(read):
        assert not value.lstrip(" ").startswith(DANGEROUS) or NUMBER.fullmatch(value)


def test_response_is_a_named_utf8_download() -> None:
    response = csv_response('coh"ort\r\n2026.csv', ["Name"], [["Łucja"]])

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="coh-ort-2026.csv"'
    assert response.content.decode() == "\ufeffName\r\nŁucja\r\n"
