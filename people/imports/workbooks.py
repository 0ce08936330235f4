"""XLSX workbooks: ZIP files of XML, weighed and looked through before they are read."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

import openpyxl

from people.imports.faults import FileRejected
from people.imports.tables import Row, Table
from web.tables_in import PLAIN_PACKING

UNPACKED = 250 * 1024 * 1024  # bytes of all parts together
_PARTS = 2_000
_PIECE = 1 << 18
_DAMAGED = "The workbook is damaged. Open it in a spreadsheet program and save it again as XLSX."
FORMULA = "="  # what stands in front of a formula's text; no value may begin with it


def open_workbook(file: BinaryIO) -> Table:
    """The first sheet of a workbook, cell by cell as text."""
    weigh(file)
    file.seek(0)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Exception as error:  # openpyxl raises whatever its parts raise on a damaged workbook
        raise FileRejected(_DAMAGED) from error
    if not sheets:
        raise FileRejected("The workbook has no visible sheet with cells.")
    notices = [f"Only the first sheet, “{sheets[0].title[:60]}”, was read."] if len(sheets) > 1 else []
    return Table([], _rows(sheets[0]), notices)


def weigh(file: BinaryIO) -> None:
    """Reject what would unpack to more than the limit, is encrypted, or declares XML entities.

    zipfile never unpacks more of a stored or deflated part than its declared size, so the declared sizes are
    bounds; bzip2 and lzma it unpacks without one, and they are refused.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise FileRejected(
                    f"The workbook unpacks to more than {UNPACKED // 1_048_576} MB. Save it as CSV instead."
                )
            if any(part.compress_type not in PLAIN_PACKING for part in parts):
                raise FileRejected("The workbook is packed as no spreadsheet program does. Save it anew.")
            if any(part.flag_bits & 0x1 for part in parts):
                raise FileRejected("The workbook is protected by a password. Save it without one.")
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with archive.open(part) as content:
                        _look_through(content)
    except FileRejected:
        raise
    except Exception as error:  # of zipfile, zlib, lzma, bz2 and expat, each with its own kinds
        raise FileRejected(_DAMAGED) from error


def _look_through(content: io.BufferedIOBase | Any) -> None:
    """Well-formed XML without a document type: no entity can be declared, so none can explode."""

    def refuse(*_: object) -> None:
        raise FileRejected("The workbook declares XML entities, which no spreadsheet program writes.")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    while piece := content.read(_PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _rows(sheet: Any) -> Iterator[Row]:
    number = 0
    try:
        sheet.reset_dimensions()  # what a file says of its own size need not be true
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield number, _without_end([_text(cell) for cell in cells])
    except Exception as error:  # as above; the consumer's own exceptions never pass here
        raise FileRejected(_DAMAGED, row=number + 1) from error


def _without_end(cells: list[str]) -> list[str]:
    """A row without the empty cells at its end, which are there for their colour only."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA + str(value).lstrip("=")
    return text_of(value)


def text_of(value: object) -> str:
    """A cell's value as a person would type it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value).strip()
