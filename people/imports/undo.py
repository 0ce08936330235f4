"""Undo, made from the audit trail: it holds the old and new values of every row an import touched.

There is no second record of changes that could disagree with the first. The rows of an import are the audit
rows of its request, between two ids. What was inserted is deleted, what was updated gets its oldest values
back, in an order that links and the one-line-at-a-time rule allow.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from people.imports.entities import execute, rows_of
from people.imports.fields import BY_TABLE
from people.unit_tree import place_units
from tenancy.copy import SQL, Identifier, names
from tenancy.scope import current_organization_id

# Lines and appointments lean on people and positions, all of them on units.
_LEANING = ("people_reportingline", "people_appointment")
_BASES = ("people_position", "people_person", "people_unit")


class CannotUndoError(Exception):
    """Why an import stays."""


@dataclass(frozen=True, slots=True)
class Trail:
    """Which audit rows an import left."""

    request_id: str
    after: int
    upto: int
    rows: int


def last_audit_id() -> int:
    """The newest audit row of the organisation in scope, 0 when there is none."""
    return int(rows_of(SQL("SELECT coalesce(max(id), 0) FROM tenancy_audit").format())[0][0])


def trail_since(after: int, request_id: str) -> Trail:
    """The trail this request has left since an id, in the tables imports write."""
    ((upto, count),) = rows_of(
        SQL(
            "SELECT coalesce(max(id), %s), count(*) FROM tenancy_audit "
            "WHERE id > %s AND request_id = %s AND table_name = ANY (%s)"
        ).format(),
        [after, after, request_id, [*_LEANING, *_BASES]],
    )
    return Trail(request_id, after, upto, count)


def undo_trail(trail: Trail) -> None:
    """Take back everything in the trail, or raise CannotUndoError and leave everything as it is."""
    _collect(trail)
    _refuse_if_changed_since(trail)
    _refuse_if_signed_up()
    try:
        with transaction.atomic():
            for table in _LEANING:
                _delete_inserted(table)
            for table in (*_LEANING, *_BASES):
                _restore_updated(table)
            for table in _BASES:
                _delete_inserted(table)
            place_units()
    except IntegrityError as error:
        raise CannotUndoError(
            "What the import added is in use by now (in a cohort, a role or elsewhere), so it stays."
        ) from error


def _collect(trail: Trail) -> None:
    """`import_trail`: one row for each row touched, with its oldest values when it was updated."""
    execute(SQL("DROP TABLE IF EXISTS pg_temp.import_trail").format())
    execute(
        SQL(
            """
            CREATE TEMPORARY TABLE import_trail ON COMMIT DROP AS
            WITH touched AS (
                SELECT id, table_name, operation, key, change FROM tenancy_audit
                WHERE id > %s AND id <= %s AND request_id = %s AND table_name = ANY (%s)
            ), oldest AS (
                SELECT DISTINCT ON (t.table_name, t.key, v.key)
                       t.table_name, t.key, v.key AS field, v.value -> 0 AS old
                FROM touched t, jsonb_each(t.change) v WHERE t.operation = 'update'
                ORDER BY t.table_name, t.key, v.key, t.id
            ), restored AS (
                SELECT table_name, key, jsonb_object_agg(field, old) AS old FROM oldest GROUP BY 1, 2
            ), rows AS (
                SELECT table_name, key, bool_or(operation = 'insert') AS inserted FROM touched GROUP BY 1, 2
            )
            SELECT table_name, key, key::uuid AS row_id, inserted, old
            FROM rows LEFT JOIN restored USING (table_name, key)
            """
        ).format(),
        [trail.after, trail.upto, trail.request_id, [*_LEANING, *_BASES]],
    )
    execute(SQL("ANALYZE import_trail").format())


def _refuse_if_changed_since(trail: Trail) -> None:
    ((kept,),) = rows_of(
        SQL(
            "SELECT count(*) FROM tenancy_audit "
            "WHERE id > %s AND id <= %s AND request_id = %s AND table_name = ANY (%s)"
        ).format(),
        [trail.after, trail.upto, trail.request_id, [*_LEANING, *_BASES]],
    )
    if kept != trail.rows:
        raise CannotUndoError("The audit trail no longer holds all of this import, so it cannot be undone.")
    changed = rows_of(
        SQL(
            "SELECT t.table_name, count(DISTINCT t.key) FROM import_trail t "
            "JOIN tenancy_audit a ON a.key = t.key AND a.table_name = t.table_name "
            "WHERE a.id > %s AND a.request_id <> %s GROUP BY 1"
        ).format(),
        [trail.after, trail.request_id],
    )
    if changed:
        what = " and ".join(f"{count:,} {BY_TABLE[table].plural}" for table, count in changed)
        raise CannotUndoError(f"{what} changed since this import, so it cannot be undone.")


def _refuse_if_signed_up() -> None:
    """A login holds a person's id without a foreign key: it must not be left pointing at nobody."""
    ((count,),) = rows_of(
        SQL(
            "SELECT count(*) FROM import_trail t JOIN tenancy_membership m ON m.person_id = t.row_id "
            "WHERE t.inserted AND m.organization_id = %s"
        ).format(),
        [current_organization_id()],
    )
    if count:
        raise CannotUndoError(f"{count:,} of the people this import added can sign in by now, so it stays.")


def _delete_inserted(table: str) -> None:
    execute(
        SQL(
            "DELETE FROM {} d USING import_trail t WHERE t.table_name = %s AND t.inserted AND d.id = t.row_id"
        ).format(Identifier(table)),
        [table],
    )


def _restore_updated(table: str) -> None:
    columns = BY_TABLE[table].changeable  # a unit's place in the tree follows from its parent: place_units()
    execute(
        SQL(
            "UPDATE {table} d SET ({columns}) = (SELECT {old} FROM jsonb_populate_record(d, t.old) r) "
            "FROM import_trail t WHERE t.table_name = %s AND NOT t.inserted AND t.old IS NOT NULL "
            "AND d.id = t.row_id"
        ).format(table=Identifier(table), columns=names(columns), old=names(columns, of="r")),
        [table],
    )
