"""Tables that people hand in, as CSV or XLSX: read row by row as text, or refused with row, column and value.

Nothing here knows what a column means. CSV must be UTF-8 (a byte order mark is fine) or UTF-16 with its mark;
a spreadsheet's formulas are refused, because what they would show is not in the file for certain.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

import openpyxl

MAX_BYTES: Final = 64 * 2**20
# The ways of packing that spreadsheet programs use, and that zipfile unpacks within bounds.
PLAIN_PACKING: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
MAX_UNPACKED_BYTES: Final = 256 * 2**20  # a zip bomb is some kilobytes outside and gigabytes inside
MAX_ROWS: Final = 500_000
MAX_COLUMNS: Final = 400
MAX_CELL: Final = 2_000
SHOWN: Final = 60  # characters of a value repeated in a message
DELIMITERS: Final = (",", ";", "\t")

Row = tuple[int, list[str]]


class TableRefusedError(ValueError):
    """Why a file cannot be read, with the place: row as a spreadsheet counts (the header is row 1)."""

    def __init__(self, message: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        super().__init__(message)
        self.message, self.row, self.column = message, row, column
        self.value = value[:SHOWN] + ("…" if len(value) > SHOWN else "")

    def __str__(self) -> str:
        place = [f"row {self.row}"] if self.row else []
        place += [f"column {self.column}"] if self.column else []
        place += [f"“{self.value}”"] if self.value else []
        return f"{', '.join(place)}: {self.message}" if place else self.message


@dataclass(frozen=True)
class SourceTable:
    """The column names, and the rows below them once: (row number, one text a column, spaces stripped).

    Reading the rows may raise TableRefusedError as well. Rows without any text are left out.
    """

    columns: list[str]
    rows: Iterator[Row]


def open_table(file: IO[bytes], name: str) -> SourceTable:
    """The table in a file, by its content and not its name; raises TableRefusedError.

    `name` is what the person called the file; it only serves the message for other spreadsheet formats.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size == 0:
        raise TableRefusedError("The file is empty.")
    if size > MAX_BYTES:
        raise TableRefusedError(
            f"The file has {size / 2**20:,.0f} MB; at most {MAX_BYTES // 2**20} MB can be read."
        )
    start = file.read(4)
    file.seek(0)
    if start == b"PK\x03\x04":
        return _table(_xlsx_rows(file))
    if start.startswith(b"\xd0\xcf\x11\xe0") or name.lower().endswith((".xls", ".ods", ".numbers", ".pdf")):
        raise TableRefusedError(
            "Only CSV and XLSX can be read: please save the table in one of these formats."
        )
    return _table(_csv_rows(file))


def _table(rows: Iterator[Row]) -> SourceTable:
    number, header = next(rows, (0, []))
    while header and not header[-1]:
        header.pop()
    if not header:
        raise TableRefusedError("The file has no header row with column names.")
    if len(header) > MAX_COLUMNS:
        raise TableRefusedError(f"There are {len(header):,} columns; at most {MAX_COLUMNS} can be read.")
    seen: set[str] = set()
    for place, column in enumerate(header, 1):
        if not column:
            raise TableRefusedError(f"Column {place} has no name.", row=number)
        if column.casefold() in seen:
            raise TableRefusedError("Two columns have this name.", row=number, column=column)
        seen.add(column.casefold())
    return SourceTable(header, _checked(rows, header))


def _checked(rows: Iterator[Row], header: list[str]) -> Iterator[Row]:
    width = len(header)
    for count, (number, cells) in enumerate(rows, 1):
        if count > MAX_ROWS:
            raise TableRefusedError(f"There are more than {MAX_ROWS:,} rows.", row=number)
        if any(cells[width:]):
            extra = next(cell for cell in cells[width:] if cell)
            raise TableRefusedError(
                f"This row has more values than the {width} columns of the header.", row=number, value=extra
            )
        values = cells[:width] + [""] * (width - len(cells))
        for column, value in zip(header, values, strict=True):
            if value.startswith("="):
                raise TableRefusedError(
                    "A formula, not a value: paste the values only.", row=number, column=column, value=value
                )
            if len(value) > MAX_CELL:
                raise TableRefusedError(
                    f"A value may have at most {MAX_CELL:,} characters.",
                    row=number,
                    column=column,
                    value=value,
                )
        yield number, values


def _csv_rows(file: IO[bytes]) -> Iterator[Row]:
    text = _decode(file.read())
    head = text[:100_000].lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise TableRefusedError(f"This line is not CSV: {error}.", row=reader.line_num) from None
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield reader.line_num, stripped


def _decode(content: bytes) -> str:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        begin = content.rfind(b"\n", 0, error.start) + 1
        around = content[max(begin, error.start - 15) : error.end + 5].decode("latin-1")
        raise TableRefusedError(
            "This is not UTF-8: please save the file as “CSV UTF-8”.", row=line, value=around.strip()
        ) from None
    if "\x00" in text:
        raise TableRefusedError(
            "There is a NUL character: this is no text file.",
            row=text.count("\n", 0, text.index("\x00")) + 1,
        )
    return text


def _xlsx_rows(file: IO[bytes]) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
        # zipfile bounds what it unpacks of stored and deflated parts only.
        if any(entry.compress_type not in PLAIN_PACKING for entry in entries):
            raise TableRefusedError("The spreadsheet is packed in an unusual way: please save it again.")
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > MAX_UNPACKED_BYTES:
            raise TableRefusedError(
                f"The file unpacks to {unpacked / 2**20:,.0f} MB; at most "
                f"{MAX_UNPACKED_BYTES // 2**20} MB can be read."
            )
        file.seek(0)
        book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
        if not book.worksheets:
            raise TableRefusedError("There is no worksheet in the file.")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # the file's own claim of its size may be anything
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            values = [_text(cell) for cell in cells]
            if any(values):
                yield number, values
    except TableRefusedError:
        raise
    except Exception as error:
        raise TableRefusedError("The spreadsheet is damaged: please save it again, or as CSV.") from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return (value.date() if value.time() == dt.time.min else value).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value).strip()
