"""Tables as downloads, in the kinds that every list offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from web.csv import csv_response
from web.xlsx import xlsx_response

FILE_KINDS: Final = ("csv", "xlsx", "pdf")


def file_links(
    request: HttpRequest, page: str, kinds: Iterable[str], *arguments: object
) -> list[tuple[str, str]]:
    """A page's files, by the names <page>_<kind>, with what the address filters: label and address."""
    asked = request.GET.urlencode()
    return [
        (kind.upper(), reverse(f"{page}_{kind}", args=arguments) + (f"?{asked}" if asked else ""))
        for kind in kinds
    ]


def table_response(
    kind: str,
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    about: Sequence[tuple[str, object]] = (),
) -> HttpResponse:
    """`rows` under `head` as CSV or XLSX, named after the title. `about`: what the table is of, for the
    workbook's second sheet; a CSV file holds its table alone, so that programs can read it."""
    if kind == "xlsx":
        return xlsx_response(f"{title}.xlsx", title, head, rows, about)
    return csv_response(f"{title}.csv", head, rows)
