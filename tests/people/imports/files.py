"""Files to import, and a way to run one through."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import openpyxl

from people.enums import ImportKind
from people.imports import importing
from people.imports.columns import guess_columns
from people.imports.fields import KINDS
from people.imports.importing import Examination, Order
from people.imports.tables import open_table

TODAY = dt.date(2026, 3, 1)


def csv_file(*rows: Any, delimiter: str = ",", encoding: str = "utf-8") -> io.BytesIO:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return io.BytesIO(out.getvalue().encode(encoding))


def xlsx_file(*rows: Any) -> io.BytesIO:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def order_for(kind: ImportKind, file: io.BytesIO, **changes: Any) -> Order:
    header = open_table(file).header
    file.seek(0)
    return Order(
        **{
            "kind": kind,
            "columns": guess_columns(KINDS[kind], header, {}),
            "date_order": "ymd",
            "effective_on": TODAY,
            **changes,
        }
    )


def bring_in(kind: ImportKind, *rows: Any, **changes: Any) -> Examination:
    """Examine the rows under their header and write them if nothing is wrong."""
    file = csv_file(*rows)
    order = order_for(kind, file, **changes)
    found = importing.examine(file, order)
    if found.clean:
        importing.write(order)
    return found
