"""CSV that a spreadsheet opens without running anything: UTF-8 with a mark, formulas made harmless."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpResponse

from web.downloads import download

# A cell that begins so may be run as a formula (OWASP, "CSV injection").
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?%?")
BOM: Final = "\ufeff"  # without it Excel reads UTF-8 as the local code page


def csv_response(filename: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A download of `rows` under `head`; not streamed, for row security ends with the transaction."""
    return download(filename, csv_text(head, rows), "text/csv; charset=utf-8")


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The whole file as text, lines ended as RFC 4180 says."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow([cell(value) for value in head])
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def cell(value: object) -> object:
    """`value` as it goes into a file: None is empty, a possible formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = str(value)
    if text.lstrip(" ").startswith(DANGEROUS) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def unguarded(text: str) -> str:
    """What `cell` wrote, without the apostrophe that it put in front of a possible formula."""
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(DANGEROUS) else text
