"""COPY: many rows into PostgreSQL in one statement, streamed.

PostgreSQL refuses COPY into a table with row policies, and rightly so: rows go into a temporary table of
the transaction, and from there by INSERT ... SELECT, which the policies see.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection, models
from psycopg2.sql import SQL, Composed, Identifier

from tenancy.scope import current_organization_id

__all__ = ["SQL", "Composed", "Identifier", "copy_into_temporary", "copy_rows", "names"]

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_LINES_IN_CHUNK = 2_000


def names(columns: Iterable[str], *, of: str = "") -> Composed:
    """A quoted list of columns, each preceded by the table or alias `of` when there is one."""
    return SQL(", ").join(Identifier(of, column) if of else Identifier(column) for column in columns)


def copy_into_temporary(
    table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]], *, indexed: str = ""
) -> int:
    """Make a temporary table (column -> SQL type) and fill it; returns how many rows it got.

    It lives until the transaction ends, or until a table of the same name is made. Values are None, str,
    or anything whose str() PostgreSQL reads as the column's type; str must not contain NUL.
    """
    definition = SQL(", ").join(
        SQL("{} {}").format(Identifier(name), SQL(kind)) for name, kind in columns.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(SQL("DROP TABLE IF EXISTS pg_temp.{}").format(Identifier(table)))
        cursor.execute(
            SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(Identifier(table), definition)
        )
    count = _copy(table, columns, rows)
    with connection.cursor() as cursor:
        if indexed:
            cursor.execute(SQL("CREATE INDEX ON {} ({})").format(Identifier(table), Identifier(indexed)))
        cursor.execute(SQL("ANALYZE {}").format(Identifier(table)))  # the planner knows nothing of it yet
    return count


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Insert rows into a tenant table of the organisation in scope; returns how many.

    `columns` are column names (`unit_id`, not `unit`). Python's field defaults do not apply: name every
    column that must not be null. `organization_id` comes from the scope, a missing `id` from PostgreSQL.
    """
    table = model._meta.db_table
    staged = f"{table}_copied"
    with connection.cursor() as cursor:
        cursor.execute(SQL("DROP TABLE IF EXISTS pg_temp.{}").format(Identifier(staged)))
        cursor.execute(
            SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                Identifier(staged), names(columns), Identifier(table)
            )
        )
    count = _copy(staged, columns, rows)
    given_id = SQL("id") if "id" in columns else SQL("gen_random_uuid()")
    others = [column for column in columns if column != "id"]
    with connection.cursor() as cursor:
        cursor.execute(
            SQL("INSERT INTO {} (organization_id, id, {}) SELECT %s, {}, {} FROM {}").format(
                Identifier(table), names(others), given_id, names(others), Identifier(staged)
            ),
            [current_organization_id()],
        )
        cursor.execute(SQL("DROP TABLE pg_temp.{}").format(Identifier(staged)))
    return count


def _copy(table: str, columns: Iterable[str], rows: Iterable[Sequence[object]]) -> int:
    stream = _Stream(rows)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            SQL("COPY pg_temp.{} ({}) FROM STDIN").format(Identifier(table), names(columns)), stream
        )
    return stream.rows


class _Stream:
    """A file, as the driver wants one, whose content is made while it is read."""

    def __init__(self, rows: Iterable[Sequence[object]]) -> None:
        self.rows = 0
        self._lines = self._encoded(rows)

    def read(self, size: int) -> str:
        # More than `size` is welcome to the driver and spares calls; "" ends the stream.
        return "".join(itertools.islice(self._lines, _LINES_IN_CHUNK))

    def _encoded(self, rows: Iterable[Sequence[object]]) -> Iterator[str]:
        for row in rows:
            self.rows += 1
            line = "\t".join([_text(value) for value in row])
            # Hardly any value needs escaping: looking at the line costs a third of looking at each value.
            if (
                line.count("\\") != row.count(None)
                or line.count("\t") != len(row) - 1
                or "\n" in line
                or "\r" in line
            ):
                line = "\t".join([_escaped(value) for value in row])
            yield line + "\n"


def _text(value: object) -> str:
    return "\\N" if value is None else value if value.__class__ is str else str(value)


def _escaped(value: object) -> str:
    return "\\N" if value is None else str(value).translate(_ESCAPES)
