"""Files that people hand in: what is read, and how the rest is refused."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from web import tables_in
from web.tables_in import TableRefusedError, open_table


def read(content: bytes, name: str = "people.csv") -> tuple[list[str], list[tuple[int, list[str]]]]:
    table = open_table(io.BytesIO(content), name)
    return table.columns, list(table.rows)


def xlsx(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"id,name\n1,Ada\n",
        b"\xef\xbb\xbfid,name\r\n1,Ada\r\n",
        b"id;name\n1;Ada",
        b"id\tname\n\n1\t Ada \n\n",
        "id,name\n1,Ada\n".encode("utf-16"),
        b'"id","name"\n"1","Ada"\n',
        b"id,name,,\n1,Ada,,\n",
    ],
)
def test_csv_is_read_as_people_save_it(content: bytes) -> None:
    columns, rows = read(content)
    assert columns == ["id", "name"]
    assert [values for _, values in rows] == [["1", "Ada"]]


def test_rows_carry_the_number_a_spreadsheet_shows() -> None:
    assert read(b"id\n1\n\n2\n")[1] == [(2, ["1"]), (4, ["2"])]


def test_short_rows_are_filled_up() -> None:
    assert read(b"a,b\n1\n")[1] == [(2, ["1", ""])]


def test_xlsx_is_read_as_text() -> None:
    import datetime as dt  # noqa: PLC0415 - only this test needs dates

    content = xlsx([["id", "hours", "since", "lead"], [7.0, 2.5, dt.datetime(2024, 1, 2), True]])  # noqa: DTZ001 - as openpyxl gives them
    assert read(content) == (["id", "hours", "since", "lead"], [(2, ["7", "2.5", "2024-01-02", "true"])])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"\n\n", "The file has no header row with column names."),
        (b"id,Name,name\n", "row 1, column name: Two columns have this name."),
        (b"id,,name\n", "row 1: Column 2 has no name."),
        (
            b"id,name\n1,Ada\n2,J\xf6rg\n",
            "row 3, “2,Jörg”: This is not UTF-8: please save the file as “CSV UTF-8”.",
        ),
        (b"id,name\n1,A\x00da\n", "row 2: There is a NUL character: this is no text file."),
        (b"id,name\n1,Ada,x\n", "row 2, “x”: This row has more values than the 2 columns of the header."),
        (b"id,name\n1,=1+1\n", "row 2, column name, “=1+1”: A formula, not a value: paste the values only."),
        (b'id,name\n1,"Ada\n', "row 2: This line is not CSV: unexpected end of data."),
        (
            b"\xd0\xcf\x11\xe0rest",
            "Only CSV and XLSX can be read: please save the table in one of these formats.",
        ),
        (b"PK\x03\x04no zip", "The spreadsheet is damaged: please save it again, or as CSV."),
        (
            b"id\n" + b"x" * 3000,
            f"row 2, column id, “{'x' * 60}…”: A value may have at most 2,000 characters.",
        ),
    ],
)
def test_refusal_names_the_place(content: bytes, message: str) -> None:
    with pytest.raises(TableRefusedError) as refusal:
        read(content)
    assert str(refusal.value) == message


def test_formula_in_a_spreadsheet_is_refused() -> None:
    with pytest.raises(TableRefusedError, match=r"row 2, column b, “=A2[*]2”: A formula"):
        read(xlsx([["a", "b"], [1, "=A2*2"]]))


def test_large_file_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_in, "MAX_BYTES", 2**20)
    with pytest.raises(TableRefusedError, match=r"The file has 2 MB; at most 1 MB"):
        read(b"a\n" + b"1\n" * 2**20)


def test_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_in, "MAX_UNPACKED_BYTES", 2**20)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50 * 2**20)
    assert len(out.getvalue()) < 100_000
    with pytest.raises(TableRefusedError, match="The file unpacks to 50 MB; at most 1 MB"):
        read(out.getvalue())


def test_too_many_rows_and_columns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_in, "MAX_ROWS", 3)
    assert len(read(b"a\n1\n2\n3\n")[1]) == 3
    with pytest.raises(TableRefusedError, match=r"row 5: There are more than 3 rows."):
        read(b"a\n1\n2\n3\n4\n")
    with pytest.raises(TableRefusedError, match=r"There are 401 columns; at most 400 can be read."):
        read(",".join(f"c{number}" for number in range(401)).encode())


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore")))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        columns, rows = read(content)
    except TableRefusedError:
        return
    assert columns
    assert all(len(values) == len(columns) for _, values in rows)


@given(st.binary(max_size=300))
def test_any_damaged_spreadsheet_is_refused(content: bytes) -> None:
    with pytest.raises(TableRefusedError):
        read(b"PK\x03\x04" + content)


def test_packing_that_unpacks_without_bounds_is_refused() -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(TableRefusedError, match="packed in an unusual way"):
        read(book.getvalue())
