"""Files that people hand in: read, or refused with the place; never a crash."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from tests.tables import csv_file
from web.tables_in import Table, TableRefusedError, objection, open_table, pack, reading, unpack
from web.tables_in.faults import Faults, shown

ROWS = [["Name", "Place"], ["Zoë", "Ål"], ["", ""], ["Li", "x"]]


def read(content: bytes) -> list[list[str]]:
    table = open_table(io.BytesIO(content))
    return [table.header, *(cells for _, cells in table.rows)]


def refusal(content: bytes) -> str:
    with pytest.raises(TableRefusedError) as refused:
        read(content)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found(encoding: str, delimiter: str) -> None:
    file = csv_file(*ROWS, delimiter=delimiter, encoding=encoding)
    assert read(file.getvalue()) == [ROWS[0], ROWS[1], ROWS[3]]


def test_a_guessed_encoding_is_told() -> None:
    assert "Windows-1252" in open_table(csv_file(*ROWS, encoding="cp1252")).notices[0]
    assert open_table(csv_file(*ROWS)).notices == []


@pytest.mark.parametrize(
    "content",
    [
        b"id,name\n1,Ada\n",
        b"\xef\xbb\xbfid,name\r\n1,Ada\r\n",
        b"id;name\n1;Ada",
        b"\n\nid\tname\n\n1\t Ada \n\n",
        b'"id","name"\n"1","Ada"\n',
        b"id,name,,\n1,Ada,,\n",
        b'id,"\n name"\n1,Ada\n',
        b"id,name\r1,Ada\r",
    ],
)
def test_csv_is_read_as_people_save_it(content: bytes) -> None:
    assert read(content) == [["id", "name"], ["1", "Ada"]]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    assert [number for number, _ in open_table(csv_file(*ROWS)).rows] == [2, 4]
    two_lines = open_table(io.BytesIO(b'a\n"x\ny"\nz\n'))
    assert list(two_lines.rows) == [(2, ["x\ny"]), (3, ["z"])]


def test_short_rows_are_filled_up() -> None:
    assert read(b"a,b\n1\n") == [["a", "b"], ["1", ""]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty. Expected a header row and at least one row below it."),
        (b"\n\n , \n", "The file has no rows. Expected a header row and at least one row below it."),
        (b"Name,Place\n", "row 1: There is a header, but no row below it."),
        (
            b"id,name\n1,Ada,x\n",
            "row 2, “x”: The row has more cells than the header has columns (2).",
        ),
        (b'a,b\n"x"y,1\n', "row 2: The row cannot be split into cells (',' expected after '\"')."),
        (b'a,b\n"x,1\n', "row 2: The row cannot be split into cells (unexpected end of data)."),
        (b"a\x00b,c\n1,2\n", "row 1, “a\N{REPLACEMENT CHARACTER}b”: This heading is no text."),
        ("Name\nAda".encode("utf-16-le"), "This looks like UTF-16 without a byte order mark."),
        (
            "Name\nZoë\nJ".encode() + b"\xf6rg\n",
            "row 3, “Jörg”: The file is not readable text from here on.",
        ),
        (b"N\n\x81\x8d\x8f\x90\x9d", "row 2, “\x81\x8d\x8f\x90\x9d”: The file is not readable"),
        (b"\xff\xfeN", "row 1, “N”: The file is not readable text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old or password-protected Excel file."),
        (b"%PDF-1.7", "This is a PDF."),
        (b"PK\x03\x04nonsense", "The workbook is damaged."),
        (b"a\n" + b"x" * 20_000 + b"\n", f"row 2, “{'x' * 199}…”: A cell has more than 10,000 characters."),
        (b",".join([b"h"] * 401) + b"\n", "row 1: The row has more than 400 columns."),
        (b"a\n" + b"x," * 2**20, f"row 2, “{'x,' * 99}x…”: The line has more than 1,048,576 characters."),
    ],
)
def test_what_cannot_be_read_says_where_and_what_was_expected(content: bytes, message: str) -> None:
    assert shown(refusal(content))[:150].startswith(shown(message)[:150])


def test_a_file_above_the_limit_is_not_read(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 2**20
    with pytest.raises(TableRefusedError, match="Expected at most 1 MB"):
        open_table(io.BytesIO(b"a\n" * 2**20))


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 3)
    assert len(read(b"a\n1\n2\n3\n")) == 4
    assert refusal(b"a\n1\n2\n3\n4\n") == "row 5: The file has more than 3 rows. Split it."


@pytest.mark.parametrize("cell", ["=1+1", "a\x00b", "a\nb", "a\u2028b", "\x9f"])
def test_formulas_and_control_characters_fit_no_column(cell: str) -> None:
    assert objection(cell)
    assert not objection("Zoë – a=b")


def test_a_table_takes_the_same_little_memory_however_long_it_is() -> None:
    file = io.BytesIO(b"a,b\n" + b"1234567890,abc\n" * 100_000)
    tracemalloc.start()
    assert sum(1 for _ in pack(open_table(file))) == 100_001
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 2**20


def test_the_first_faults_are_kept_and_all_are_counted() -> None:
    faults = Faults(limit=2)
    for row in (3, 2, 1):
        faults.add("wrong", row=row, value="\x00")
    assert (faults.count, [fault.row for fault in faults.in_order()]) == (3, [2, 3])
    assert faults.kept[0].value == "\N{REPLACEMENT CHARACTER}"


def outcome(content: bytes) -> tuple[list[list[str]], str]:
    """The rows and no reason, or no rows and a reason; any other exception is a crash."""
    try:
        return read(content), ""
    except TableRefusedError as refused:
        return [], refused.fault.message


LETTERS = b'\x00\x0a\x0d",;=\xc3\xab\xe4\xff\xfeaPK'


@settings(max_examples=300)
@given(
    st.binary(max_size=400)
    | st.lists(st.sampled_from(LETTERS), max_size=60).map(bytes)
    | st.text(max_size=100).map(lambda text: text.encode("utf-16", "ignore"))
)
@example(b"\xfe\xff\xff\xfe\x00a")
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    rows, reason = outcome(content)
    assert bool(rows) != bool(reason)
    assert len({len(row) for row in rows}) <= 1
    assert all(any(row) for row in rows)


TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=6))
def test_any_table_written_as_csv_comes_back(rows: list[list[str]]) -> None:
    body = [stripped for row in rows if any(stripped := [cell.strip() for cell in row])]
    if body:
        assert read(csv_file(["head a", "head b"], *rows).getvalue()) == [["head a", "head b"], *body]


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=6))
def test_any_table_that_is_kept_comes_back(rows: list[list[str]]) -> None:
    numbered = list(enumerate(rows, 2))
    kept = b"".join(pack(Table(["a", "b"], iter(numbered), ["a notice"])))
    again = unpack(io.BytesIO(kept))
    assert (again.header, again.notices, list(again.rows)) == (["a", "b"], ["a notice"], numbered)


def test_a_table_that_is_not_kept_says_so() -> None:
    with pytest.raises(TableRefusedError, match="no longer kept"):
        unpack(io.BytesIO())
