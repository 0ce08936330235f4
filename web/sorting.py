"""Sortable columns: the chosen one is in the URL (?sort=-name), headers are links with aria-sort."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from web.addresses import with_query

PARAMETER: Final = "sort"
ICONS: Final = {"ascending": "chevron-up", "descending": "chevron-down", "": "selector"}


@dataclass(frozen=True)
class Column:
    """A column of a list. `order` names the model fields it sorts by; without it the header is plain text.

    `quiet` hides the label from the eye only (a column of buttons).
    """

    label: str
    order: tuple[str, ...] = ()
    key: str = ""
    numeric: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Header:
    """A column as <c-table> shows it."""

    label: str
    url: str = ""
    direction: str = ""
    numeric: bool = False
    quiet: bool = False

    @property
    def icon(self) -> str:
        """Which arrow stands beside the label."""
        return ICONS[self.direction]


@dataclass(frozen=True)
class Sorting:
    """The order in force: headers for the table, fields for `order_by`."""

    headers: list[Header]
    order: tuple[str, ...]


def sorting(request: HttpRequest, columns: Sequence[Column], *, default: str) -> Sorting:
    """Reads ?sort= against the allowed keys; an unknown one falls back to `default` ("name" or "-name").

    Sorting starts on the first page again, so the links drop the paging parameters.
    """
    keys = {column.key: column for column in columns if column.order}
    wanted = request.GET.get(PARAMETER, default)
    if wanted.removeprefix("-") not in keys:
        wanted = default
    down = wanted.startswith("-")
    chosen = keys[wanted.removeprefix("-")]
    headers = [header(request, column, chosen, down) for column in columns]
    return Sorting(headers, tuple(reverse_field(name) if down else name for name in chosen.order))


def header(request: HttpRequest, column: Column, chosen: Column, down: bool) -> Header:
    """The header of one column; a click on the chosen one turns the order round."""
    if not column.order:
        return Header(column.label, numeric=column.numeric, quiet=column.quiet)
    current = column is chosen
    value = f"-{column.key}" if current and not down else column.key
    url = with_query(request, **{PARAMETER: value, "page": None, "after": None, "before": None})
    direction = ("descending" if down else "ascending") if current else ""
    return Header(column.label, url, direction, column.numeric, column.quiet)


def reverse_field(name: str) -> str:
    """The same field the other way round."""
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"
