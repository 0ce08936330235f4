"""Any uploaded file as a header and a stream of rows of text. Bytes in, text out, or FileRejected."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from people.imports.faults import FileRejected

LARGEST = 100 * 1024 * 1024  # bytes of a file: 73,000 people take about 10 MB
WIDEST = 200  # columns
LONGEST = 1_000_000  # rows
_CELL = 10_000  # characters
_PIECE = 1 << 20
_DELIMITERS = ",;\t|"
_WINDOWS_1252 = (
    "The file is not UTF-8 and was read as Windows-1252. Look at names with accents before you apply it."
)

Row = tuple[int, list[str]]  # the row's number as a spreadsheet shows it, and its cells without outer spaces


@dataclass(slots=True)
class Table:
    header: list[str]
    rows: Iterator[Row]
    notices: list[str] = field(default_factory=list)


def open_table(file: BinaryIO) -> Table:
    """The table in a CSV or XLSX file. The rows are read while they are asked for, and may still reject."""
    size = file.seek(0, io.SEEK_END)
    if size == 0:
        raise FileRejected("The file is empty. Expected a header row and at least one row below it.")
    if size > LARGEST:
        raise FileRejected(too_large(size))
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"PK\x03\x04"):
        from people.imports.workbooks import open_workbook  # noqa: PLC0415 - openpyxl takes 0.2 s to import

        table = open_workbook(file)
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRejected("This is an old or password-protected Excel file. Save it as XLSX or CSV.")
    else:
        table = open_csv(file)
    return _with_header(table)


def too_large(size: int, largest: int = LARGEST) -> str:
    return f"The file has {size / 1_048_576:,.0f} MB. Expected at most {largest // 1_048_576} MB: split it."


def open_csv(file: BinaryIO) -> Table:
    """A CSV file: UTF-8, UTF-16 with a byte order mark, or Windows-1252; comma, semicolon, tab or bar."""
    encoding = _encoding_of(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    first = text.readline(LARGEST)
    text.seek(0)
    delimiter = _delimiter_of(first)
    notices = [_WINDOWS_1252] if encoding == "cp1252" else []
    return Table([], _csv_rows(text, delimiter), notices)


def _encoding_of(file: BinaryIO) -> str:
    start = file.read(4_096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif start.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    elif start.count(0) * 4 > len(start):
        raise FileRejected("This looks like UTF-16 without a byte order mark. Save the file as CSV UTF-8.")
    else:
        candidates = ["utf-8", "cp1252"]
    for encoding in candidates:
        if _decodes(file, encoding):
            return encoding
    raise FileRejected("The file is not readable text. Save it as CSV UTF-8, or as XLSX.")


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _delimiter_of(line: str) -> str:
    """The delimiter that splits the first line into most columns; a comma when none does."""

    def columns(delimiter: str) -> int:
        try:
            return len(next(csv.reader([line], delimiter=delimiter), []))
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=columns)


def _csv_rows(text: io.TextIOWrapper, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise FileRejected(
            f"The row cannot be split into cells ({error}). Expected quotes in pairs, doubled inside a cell.",
            row=number + 1,
        ) from None
    finally:
        text.detach()  # the file is the caller's to close


def _with_header(table: Table) -> Table:
    """The first row that is not blank is the header; blank rows below are passed over."""
    rows = _checked(table.rows)
    header = next(rows, None)
    if header is None:
        raise FileRejected("The file has no rows. Expected a header row and at least one row below it.")
    number, headings = header
    while headings and not headings[-1]:
        headings.pop()
    return Table(headings, _as_wide(rows, number, len(headings)), table.notices)


def _checked(rows: Iterator[Row]) -> Iterator[Row]:
    for number, cells in rows:
        if number > LONGEST + 1:
            raise FileRejected(f"The file has more than {LONGEST:,} rows. Split it.", row=number)
        if len(cells) > WIDEST:
            raise FileRejected(f"The row has more than {WIDEST} columns.", row=number)
        if any(cells):
            for cell in cells:
                if len(cell) > _CELL:
                    raise FileRejected(f"A cell has more than {_CELL:,} characters.", row=number, value=cell)
            yield number, cells


def _as_wide(rows: Iterator[Row], header_row: int, width: int) -> Iterator[Row]:
    empty = True
    for number, cells in rows:
        empty = False
        if len(cells) > width and any(cells[width:]):
            extra = next(cell for cell in cells[width:] if cell)
            raise FileRejected(
                f"The row has more cells than the header has columns ({width}).", row=number, value=extra
            )
        yield number, cells if len(cells) >= width else cells + [""] * (width - len(cells))
    if empty:
        raise FileRejected("There is a header, but no row below it.", row=header_row)
