"""Tables as files, as a person would upload them."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import openpyxl


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


def changed_workbook(book: io.BytesIO, part: str, content: bytes) -> io.BytesIO:
    """A workbook with one of its parts replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    made.seek(0)
    return made
