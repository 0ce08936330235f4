"""A workbook of a sheet or two. Every cell is text or a number as it is; none is a formula or a link."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

import xlsxwriter
from django.http import HttpResponse
from xlsxwriter.worksheet import Worksheet

from web.downloads import download

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What XML 1.0 has no place for, not even escaped.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\']")
_WIDEST: Final = 60
_MADE: Final = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - always the same: equal content makes equal files
_NUMBERS: Final = ("#,##0", "#,##0.0", "#,##0.00", "#,##0.000")  # by decimals
_TOP: Final = {"valign": "top"}


def xlsx_response(
    filename: str,
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    about: Sequence[tuple[str, object]] = (),
) -> HttpResponse:
    """A download of `rows` under `head`."""
    return download(filename, workbook(title, head, rows, about), CONTENT_TYPE)


def workbook(
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    about: Sequence[tuple[str, object]] = (),
) -> bytes:
    """The file: the head bold and kept in sight, one row below it for each of `rows`. `about`: terms and
    values for a second sheet that says what the first one is of."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        _fill(book, title, head, [list(row) for row in rows])
        if about:
            _fill(book, "About", ["About this file", ""], about)
    return out.getvalue()


def _fill(
    book: xlsxwriter.Workbook, title: str, head: Sequence[str], body: Sequence[Sequence[object]]
) -> None:
    sheet: Worksheet = book.add_worksheet(_NOT_IN_TITLES.sub(" ", _clean(title)).strip()[:31] or "Sheet")
    words = book.add_format(_TOP | {"text_wrap": True})
    bold = book.add_format(_TOP | {"text_wrap": True, "bold": True})
    numbers = [book.add_format(_TOP | {"num_format": form}) for form in _NUMBERS]
    sheet.freeze_panes(1, 0)
    for place in range(len(head)):
        longest = max(len(str(row[place])) for row in [head, *body] if place < len(row))
        sheet.set_column(place, place, min(longest + 2, _WIDEST))
    for place, name in enumerate(head):
        sheet.write_string(0, place, name, bold)
    for number, row in enumerate(body, 1):
        for place, value in enumerate(row):
            if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                sheet.write_number(number, place, float(value), numbers[_decimals(value)])
            elif value is not None and value != "":
                sheet.write_string(number, place, _clean(str(value)), words)


def _decimals(value: float | Decimal) -> int:
    """As many as were written: 43.0 below 43.4."""
    exponent = Decimal(str(value)).as_tuple().exponent
    return min(max(-exponent, 0), len(_NUMBERS) - 1) if isinstance(exponent, int) else 0


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
