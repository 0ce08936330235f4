"""Files of every sort: read, or rejected with a message; never a crash."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.imports import tables
from people.imports.faults import FileRejected
from people.imports.tables import open_table
from tests.people.imports.files import csv_file, xlsx_file

ROWS = [["Name", "Place"], ["Zoë", "Ål"], ["", ""], ["Li", "x"]]


def read(file: io.BytesIO) -> list[list[str]]:
    table = open_table(file)
    return [table.header, *(cells for _, cells in table.rows)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_found(encoding: str, delimiter: str) -> None:
    assert read(csv_file(*ROWS, delimiter=delimiter, encoding=encoding)) == [ROWS[0], ROWS[1], ROWS[3]]


def test_a_guessed_encoding_is_told() -> None:
    assert "Windows-1252" in open_table(csv_file(*ROWS, encoding="cp1252")).notices[0]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    assert [number for number, _ in open_table(csv_file(*ROWS)).rows] == [2, 4]
    assert [number for number, _ in open_table(xlsx_file(*ROWS)).rows] == [2, 4]


def test_a_workbook_reads_as_people_would_type_it() -> None:
    file = xlsx_file(["A", "B", "C", "D"], [3.0, 2.5, dt.datetime(2026, 3, 31), True], ["=1+1", "x"])  # noqa: DTZ001
    assert read(file)[1:] == [["3", "2.5", "2026-03-31", "yes"], ["=1+1", "x", "", ""]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty"),
        (b"\n\n , \n", "The file has no rows"),
        (b"Name,Place\n", "There is a header, but no row below it"),
        (b"a\n1,2\n", "more cells than the header has columns"),
        (b'a,b\n"x"y,1\n', "cannot be split into cells"),
        (b'a,b\n"x,1\n', "cannot be split into cells"),
        ("Name\nAda".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (b"\xff\xfeN", "not readable text"),
        (b"\x81\x8d\x8f\x90\x9d", "not readable text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or password-protected Excel"),
        (b"PK\x03\x04nonsense", "The workbook is damaged"),
        (b"a\n" + b"x" * 20_000 + b"\n", "A cell has more than 10,000 characters"),
        (b",".join([b"h"] * 300) + b"\n", "more than 200 columns"),
    ],
)
def test_what_cannot_be_read_says_what_was_expected(content: bytes, message: str) -> None:
    with pytest.raises(FileRejected, match=message):
        read(io.BytesIO(content))


def test_a_file_above_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LARGEST", 100)
    with pytest.raises(FileRejected, match="Expected at most"):
        open_table(io.BytesIO(b"a\n" * 100))


def test_a_zip_bomb_is_weighed_before_it_is_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.xml", "w") as part:
        for _ in range(26):
            part.write(b" " * 10 * 1024 * 1024)
    assert bomb.tell() < 1_000_000
    with pytest.raises(FileRejected, match="unpacks to more than 250 MB"):
        open_table(bomb)


def test_xml_entities_are_refused() -> None:
    book = xlsx_file(*ROWS)
    evil = io.BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(evil, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content
            new.writestr(name, content)
    with pytest.raises(FileRejected, match="declares XML entities"):
        open_table(evil)


def read_or_reason(content: bytes) -> tuple[list[list[str]], str]:
    """The rows and no reason, or no rows and a reason; any other exception is a crash."""
    try:
        return read(io.BytesIO(content)), ""
    except FileRejected as rejected:
        return [], rejected.fault.message


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_rejected(content: bytes) -> None:
    rows, reason = read_or_reason(content)
    assert bool(rows) != bool(reason)
    assert len({len(row) for row in rows[1:]}) <= 1


WORKBOOK = xlsx_file(*ROWS).getvalue()  # its size differs by a byte or two from run to run


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(4, 4_500), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_workbook_with_broken_bytes_is_read_or_rejected(breaks: list[tuple[int, int]]) -> None:
    content = bytearray(WORKBOOK)
    for place, value in breaks:
        content[place % len(content)] = value
    rows, reason = read_or_reason(bytes(content))
    assert bool(rows) != bool(reason)


TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=20)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=2, max_size=6))
def test_any_table_written_as_csv_comes_back(rows: list[list[str]]) -> None:
    rows[0] = ["head a", "head b"]
    expected = [[cell.strip() for cell in row] for row in rows]
    body = [row for row in expected[1:] if any(row)]
    if not body:
        return
    assert read(csv_file(*rows)) == [expected[0], *body]


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_unpacks_without_bounds_is_refused(packing: int) -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", packing) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(FileRejected, match="packed as no spreadsheet program"):
        open_table(book)
