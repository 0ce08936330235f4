"""Workbooks and pages that we write: open anywhere, run nothing, and are the same for the same content."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.numbers import as_number
from web.pdf import Sheet, pdf_page
from web.tables_in.workbooks import open_workbook
from web.xlsx import workbook, xlsx_response

HEAD = ["Unit", "n"]


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_a_workbook_holds_text_and_numbers() -> None:
    content = workbook("Survey: 2025/26", HEAD, [["Café & <b>", 12], ["", 3.5], ["late", None]])
    assert rows_of(content) == [("Unit", "n"), ("Café & <b>", 12), (None, 3.5), ("late", None)]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Survey  2025 26"]


def test_a_number_keeps_the_decimals_it_was_written_with() -> None:
    written = [as_number(text) for text in ("43.0", "1,234", "−0.5", "0.90", "42 or more", "007", "")]
    assert written == [Decimal("43.0"), 1234, Decimal("-0.5"), Decimal("0.9"), "42 or more", "007", ""]
    book = openpyxl.load_workbook(io.BytesIO(workbook("T", ["a", "b", "c", "d"], [written[:4]])))
    cells = next(book.worksheets[0].iter_rows(min_row=2))
    assert [cell.value for cell in cells] == [43, 1234, -0.5, 0.9]
    assert [cell.number_format for cell in cells] == ["#,##0.0", "#,##0", "#,##0.0", "#,##0.00"]


def test_a_second_sheet_says_what_the_first_is_of() -> None:
    content = workbook("T", HEAD, [["a", 1]], [("Survey", "Staff & 2025"), ("Fewest", 5)])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["T", "About"]
    assert list(book["About"].iter_rows(min_row=2, values_only=True)) == [
        ("Survey", "Staff & 2025"),
        ("Fewest", 5),
    ]
    assert rows_of(content) == [("Unit", "n"), ("a", 1)]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1", "-2+3", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(text: str) -> None:
    content = workbook("T", ["Head"], [[text]])
    assert rows_of(content)[1] == (text,)
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count('t="s"') == 2


@given(text=st.text(max_size=60))
def test_any_text_can_be_written_and_read(text: str) -> None:
    table = open_workbook(io.BytesIO(workbook("T", ["Head"], [["x" + text + "x"]])))
    assert len(list(table.rows)) == 2


def test_equal_content_makes_equal_files() -> None:
    assert workbook("T", HEAD, [["a", 1]]) == workbook("T", HEAD, [["a", 1]])


def test_a_download_has_a_harmless_name() -> None:
    response = xlsx_response("Survey “2025”/..\\x.xlsx", "T", HEAD, [])
    assert response.headers["Content-Disposition"] == 'attachment; filename="Survey-2025-..-x.xlsx"'


def sheet_of(lines: int, *, landscape: bool = False) -> Sheet:
    return Sheet(
        title="Cardiology #import *x* $1$",
        above="Survey",
        lead="Led by Zoë Øst",
        head=["What", "n", "Note"],
        groups=[("Part", [[f'Line {number} \\ " #text', "5", "words"] for number in range(lines)])],
        widths=[3, 1, 2],
        notes=["One."],
        landscape=landscape,
    )


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize("lines", [1, 30, 44])
def test_a_sheet_is_one_tagged_page_and_its_words_are_data(lines: int, landscape: bool) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_page(sheet_of(lines, landscape=landscape))))
    assert len(reader.pages) == 1
    words = reader.pages[0].extract_text()
    assert "Cardiology #import *x* $1$" in words
    assert 'Line 0 \\ " #text' in words
    assert reader.metadata is not None
    assert reader.metadata.title == "Cardiology #import *x* $1$"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] is not None
    assert reader.trailer["/Root"]["/Lang"] == "en"
