"""Any uploaded file as a header and a stream of rows of text, by its content and not its name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO

from django.conf import settings

from web.tables_in.csv_files import open_csv
from web.tables_in.faults import TableRefusedError
from web.tables_in.table import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Row, Table, objection
from web.tables_in.workbooks import open_workbook

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def open_table(file: IO[bytes]) -> Table:
    """The table in a CSV or XLSX file. The rows are read while they are asked for, and may still be refused
    (TableRefusedError)."""
    size, most = file.seek(0, io.SEEK_END), settings.UPLOAD_MAX_BYTES
    if size == 0:
        raise TableRefusedError("The file is empty. Expected a header row and at least one row below it.")
    if size > most:
        raise TableRefusedError(
            f"The file has {size / 2**20:,.0f} MB. Expected at most {most // 2**20} MB: split it."
        )
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    if start == _OLE:
        raise TableRefusedError("This is an old or password-protected Excel file. Save it as XLSX or CSV.")
    if start == _PDF:
        raise TableRefusedError("This is a PDF. Expected the table as CSV or XLSX.")
    return _with_header(open_workbook(file) if start == _ZIP else open_csv(file))


def _with_header(table: Table) -> Table:
    """The first row that is not blank is the header; blank rows below are passed over."""
    rows = _within_bounds(table.rows)
    number, first = next(rows, (0, []))
    if not first:
        raise TableRefusedError("The file has no rows. Expected a header row and at least one row below it.")
    header = [" ".join(heading.split()) for heading in first]  # spreadsheets break long headings into lines
    while not header[-1]:
        header.pop()
    for heading in header:
        if objection(heading):
            raise TableRefusedError("This heading is no text.", row=number, value=heading)
    return Table(header, _as_wide(rows, number, len(header)), table.notices)


def _within_bounds(rows: Iterator[Row]) -> Iterator[Row]:
    for number, cells in rows:
        if number > MAX_ROWS + 1:
            raise TableRefusedError(f"The file has more than {MAX_ROWS:,} rows. Split it.", row=number)
        if len(cells) > MAX_COLUMNS:
            raise TableRefusedError(f"The row has more than {MAX_COLUMNS} columns.", row=number)
        if any(cells):
            for cell in cells:
                if len(cell) > MAX_CELL:
                    raise TableRefusedError(
                        f"A cell has more than {MAX_CELL:,} characters.", row=number, value=cell
                    )
            yield number, cells


def _as_wide(rows: Iterator[Row], header_row: int, width: int) -> Iterator[Row]:
    empty = True
    for number, cells in rows:
        empty = False
        if len(cells) > width and any(cells[width:]):
            extra = next(cell for cell in cells[width:] if cell)
            raise TableRefusedError(
                f"The row has more cells than the header has columns ({width}).", row=number, value=extra
            )
        yield number, cells[:width] if len(cells) >= width else cells + [""] * (width - len(cells))
    if empty:
        raise TableRefusedError("There is a header, but no row below it.", row=header_row)
