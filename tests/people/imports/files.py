"""Files to import, and a way to run one through."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from people.enums import ImportKind
from people.imports import importing
from people.imports.columns import guess_columns
from people.imports.fields import KINDS
from people.imports.importing import Examination, Order
from tests.tables import csv_file, xlsx_file
from web.tables_in import open_table

__all__ = ["TODAY", "bring_in", "csv_file", "order_for", "xlsx_file"]
TODAY = dt.date(2026, 3, 1)


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
    found = importing.examine(open_table(file), order)
    if found.clean:
        importing.write(order)
    return found
