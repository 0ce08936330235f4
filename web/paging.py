"""Pages of a list with a constant number of queries.

`numbered_page` counts (two queries) and suits lists that people browse by number. `keyset_page` remembers
where the last page ended (one query, however long the list), in an order that an index serves.
"""

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar, overload

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from web.addresses import with_query
from web.sorting import reverse_field

Row = TypeVar("Row")
M = TypeVar("M", bound=Model)

SHORT: Final = 25  # rows that hold much: what fits a few screens of a phone
SIZE: Final = 50
NEIGHBOURS: Final = 1  # page numbers shown on each side of the current one


@dataclass(frozen=True)
class PageLink:
    """A number in the row of pages; without an address and not current it is a gap."""

    label: str = ""
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and the way to the others; <c-paging> shows it."""

    rows: list[Row]
    summary: str
    previous_url: str = ""
    next_url: str = ""
    links: list[PageLink] = field(default_factory=list)
    partial: bool = False  # the whole number is not known

    @property
    def needed(self) -> bool:
        """Whether there is any other page."""
        return bool(self.previous_url or self.next_url)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@overload
def numbered_page(
    request: HttpRequest,
    rows: "QuerySet[M]",
    *,
    size: int = SIZE,
    total: int | None = None,
    opens: int = 0,
    keys_first: bool = False,
) -> Page[M]: ...


@overload
def numbered_page(
    request: HttpRequest, rows: Sequence[Row], *, size: int = SIZE, total: int | None = None, opens: int = 0
) -> Page[Row]: ...


def numbered_page(
    request: HttpRequest,
    rows: "QuerySet[Any] | Sequence[Any]",
    *,
    size: int = SIZE,
    total: int | None = None,
    opens: int = 0,
    keys_first: bool = False,
) -> Page[Any]:
    """The page that ?page= asks for, or the nearest; where it asks for none, the one with the row `opens`.

    `total`: how many rows there are, where that is known already. `keys_first`: the rows of a query that
    joins large tables are chosen before they are joined, at one query more.
    """
    if total is None:
        total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    last = max(1, -(-total // size))
    asked = request.GET.get("page", "")
    number = min(max(int(asked), 1), last) if asked.isascii() and asked.isdigit() else opens // size + 1
    start = (number - 1) * size
    shown = (
        by_keys(rows, start, size)
        if keys_first and isinstance(rows, QuerySet)
        else list(rows[start : start + size])
    )
    return Page(
        rows=shown,
        summary=f"{start + 1:,}–{start + len(shown):,} of {total:,}" if shown else "0",
        previous_url=with_query(request, page=number - 1) if number > 1 else "",
        next_url=with_query(request, page=number + 1) if number < last else "",
        links=list(page_links(request, number, last)),
    )


def by_keys(rows: "QuerySet[M]", start: int, size: int) -> list[M]:
    """Some rows in their order: their keys, then what belongs to them."""
    keys = list(rows.values_list("pk", flat=True)[start : start + size])
    found = {row.pk: row for row in rows.order_by().filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def page_links(request: HttpRequest, number: int, last: int) -> Iterator[PageLink]:
    """First, last and the current page with its neighbours; gaps where numbers are left out."""
    wanted = sorted({1, last, *range(max(1, number - NEIGHBOURS), min(last, number + NEIGHBOURS) + 1)})
    before = 0
    for page in wanted:
        if page - before > 1:
            yield PageLink()
        yield PageLink(str(page), with_query(request, page=page), current=page == number)
        before = page


def keyset_page(
    request: HttpRequest, rows: "QuerySet[M]", *, order: Sequence[str], size: int = SIZE
) -> Page[M]:
    """The rows after ?after= or before ?before= in `order`, whose fields are not null and together unique.

    A token that was not made here means the first page.
    """
    model = rows.model
    after = read_token(model, order, request.GET.get("after", ""))
    before = read_token(model, order, request.GET.get("before", "")) if after is None else None
    backwards = before is not None
    way = [reverse_field(name) for name in order] if backwards else list(order)
    edge = before if backwards else after
    query = rows.filter(beyond(way, edge)) if edge else rows
    found = list(query.order_by(*way)[: size + 1])
    more = len(found) > size
    shown = found[:size][::-1] if backwards else found[:size]
    first, last = (edge_token(shown[0], order), edge_token(shown[-1], order)) if shown else ("", "")
    has_previous = more if backwards else after is not None
    has_next = more or backwards
    return Page(
        rows=shown,
        summary=f"{len(shown):,}",
        partial=bool(more or edge),
        previous_url=with_query(request, before=first, after=None) if has_previous and shown else "",
        next_url=with_query(request, after=last, before=None) if has_next and shown else "",
    )


def beyond(order: Sequence[str], edge: Sequence[Any]) -> Q:
    """Rows strictly after `edge`: a > x, or a = x and b > y ...; a >= x first, so that an index can seek."""
    total = Q()
    equal = Q()
    for name, value in zip(order, edge, strict=True):
        path = name.removeprefix("-")
        step = "lt" if name.startswith("-") else "gt"
        total |= equal & Q(**{f"{path}__{step}": value})
        equal &= Q(**{path: value})
    path, step = order[0].removeprefix("-"), "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{path}__{step}": edge[0]}) & total


def edge_token(row: Model, order: Sequence[str]) -> str:
    """Where a page ends: the values of the ordering fields, in a form that fits into an address."""
    values = []
    for name in order:
        value: Any = row
        for part in name.removeprefix("-").split("__"):
            value = getattr(value, part)
        values.append(str(value))
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def read_token(model: type[Model], order: Sequence[str], token: str) -> list[Any] | None:
    """The values of a token as the model's fields read them, or None when it is not one of ours."""
    if not token:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if not isinstance(values, list) or len(values) != len(order):
            return None
        return [to_python(model, name, str(value)) for name, value in zip(order, values, strict=True)]
    except (binascii.Error, UnicodeDecodeError, ValueError, ValidationError):
        return None


def to_python(model: type[Model], name: str, text: str) -> Any:
    """`text` as the field at the end of the path `name` reads it; raises ValidationError."""
    if "\x00" in text:
        raise ValidationError("A value cannot contain a NUL character.")
    *path, last = name.removeprefix("-").split("__")
    for part in path:
        related = model._meta.get_field(part).related_model
        if not isinstance(related, type):
            raise ValidationError("Not a relation.")
        model = related
    field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    return field.to_python(text)  # type: ignore[union-attr]  # get_field also types reverse relations; order names none
