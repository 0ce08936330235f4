"""What is there, in the shape in which an import takes it: download, change, upload again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import DateField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Greatest

from people.enums import ImportKind
from people.imports.fields import KINDS, Field
from people.models import Person, Position, ReportingLine, Unit
from people.queries import employed

EXPORTED: dict[ImportKind, type[Model]] = {
    ImportKind.UNITS: Unit,
    ImportKind.PEOPLE: Person,
    ImportKind.POSITIONS: Position,
}
_NO_DAY = Value(None, output_field=DateField())


def rows_as_imported(kind: ImportKind, *, on: dt.date) -> Iterator[list[object]]:
    """The rows of a kind in the order of its fields: uploaded again as they are, they change nothing.

    People who have left stay out. `manager_since` stays empty, so that a manager who is changed in the file
    holds from the day that is said at the upload.
    """
    fields = KINDS[kind].fields
    names = {"manager": "manager_now", "manager_since": "no_day"}
    columns = [names.get(field.name) or _column(field) for field in fields]
    for row in _rows(kind, on).values_list(*columns).iterator():
        yield [field.shown(value) for field, value in zip(fields, row, strict=True)]


def _rows(kind: ImportKind, on: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = EXPORTED[kind]._default_manager.order_by("external_id")
    if kind != ImportKind.PEOPLE:
        return rows
    # The manager whom an import compares with: of today, or of the first day of work that is still to come.
    lines = ReportingLine.objects.filter(
        Q(end_date__isnull=True) | Q(end_date__gt=Greatest(Value(on), OuterRef("start_date"))),
        person=OuterRef("pk"),
        start_date__lte=Greatest(Value(on), OuterRef("start_date")),
    )
    people: QuerySet[Any] = rows.filter(employed(on)).annotate(
        manager_now=Subquery(lines.values("manager__external_id")[:1]), no_day=_NO_DAY
    )
    return people


def _column(field: Field) -> str:
    return f"{field.name}__external_id" if field.link else field.name
