"""Cells of links that hold no ID but what a unit or a person is called: the ID takes their place.

A unit may be meant by its name and a person by their e-mail address, in any case, where exactly one has it.
An ID goes before a name, and what the file itself says goes before what is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from people.imports.entities import execute, rows_of
from people.imports.fields import CALLED_BY, Field, Kind
from people.imports.staging import STAGED
from tenancy.copy import SQL, Composed, Identifier
from web.tables_in import Fault

_SHOWN = 8  # IDs of namesakes in a fault


def put_ids_for_callings(kind: Kind, columns: Mapping[str, str]) -> Iterator[Fault]:
    """Change the staged links to IDs. What several are called is a fault, and staged as NULL."""
    for field in kind.fields:
        if field.link in CALLED_BY and columns.get(field.name) and _cells_without_id(kind, field):
            _find(kind, field, columns)
            yield from _ambiguous(field, columns[field.name])
            execute(
                SQL(
                    "UPDATE {staged} s SET {cell} = CASE WHEN cardinality(c.ids) = 1 THEN c.ids[1] END "
                    "FROM import_called c WHERE c.cell = s.{cell}"
                ).format(staged=Identifier(STAGED), cell=Identifier(field.name))
            )


def _cells_without_id(kind: Kind, field: Field) -> int:
    """How many cells are nobody's ID: usually none, and all the rest is spared."""
    tables = {field.link, STAGED} if field.link == kind.table else {field.link}
    conditions = [
        SQL("NOT EXISTS (SELECT FROM {} k WHERE k.external_id = s.{})").format(
            Identifier(table), Identifier(field.name)
        )
        for table in sorted(tables)
    ]
    ((count,),) = rows_of(
        SQL("SELECT count(*) FROM {} s WHERE s.{} IS NOT NULL AND {}").format(
            Identifier(STAGED), Identifier(field.name), SQL(" AND ").join(conditions)
        )
    )
    return int(count)


def _find(kind: Kind, field: Field, columns: Mapping[str, str]) -> None:
    """`import_called`: the cells that are nobody's ID but called so, with the IDs of all who are."""
    execute(SQL("DROP TABLE IF EXISTS pg_temp.import_called").format())
    execute(
        SQL(
            """
            CREATE TEMPORARY TABLE import_called ON COMMIT DROP AS
            WITH known AS ({known}), asked AS (
                SELECT DISTINCT s.{cell} AS cell FROM {staged} s
                WHERE s.{cell} IS NOT NULL AND NOT EXISTS (SELECT FROM known k WHERE k.id = s.{cell})
            )
            SELECT a.cell, array_agg(DISTINCT k.id ORDER BY k.id) AS ids
            FROM asked a JOIN known k ON lower(k.called) = lower(a.cell) GROUP BY a.cell
            """
        ).format(known=_known(kind, field, columns), cell=Identifier(field.name), staged=Identifier(STAGED))
    )


def _known(kind: Kind, field: Field, columns: Mapping[str, str]) -> Composed:
    """The IDs, and what they are called, of the organisation and, in its own table's file, of the file."""
    table, called = Identifier(field.link), Identifier(CALLED_BY[field.link])
    if field.link != kind.table:
        return SQL("SELECT external_id AS id, {} AS called FROM {}").format(called, table)
    in_file = SQL("f.{}").format(called) if columns.get(CALLED_BY[field.link]) else SQL("NULL").format()
    return SQL(
        "SELECT coalesce(f.external_id, t.external_id) AS id, coalesce({in_file}, t.{called}) AS called "
        "FROM {staged} f FULL JOIN {table} t ON t.external_id = f.external_id"
    ).format(in_file=in_file, called=called, staged=Identifier(STAGED), table=table)


def _ambiguous(field: Field, heading: str) -> Iterator[Fault]:
    found = rows_of(
        SQL(
            "SELECT s.row_number, s.{cell}, c.ids FROM {staged} s JOIN import_called c ON c.cell = s.{cell} "
            "WHERE cardinality(c.ids) > 1 ORDER BY s.row_number"
        ).format(cell=Identifier(field.name), staged=Identifier(STAGED))
    )
    for row, cell, ids in found:
        listed = ", ".join([*ids[:_SHOWN], *(["…"] if len(ids) > _SHOWN else [])])
        yield Fault(f"{len(ids)} are called this: write the ID instead, one of {listed}.", row, heading, cell)
