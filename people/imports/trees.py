"""Does what the file wants still make a tree? Looked at before anything is written.

`import_edges` (child, parent) is the tree as it would be.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from people.imports.circles import circles
from people.imports.entities import PLANNED, execute, rows_of
from tenancy.copy import SQL, Identifier
from web.tables_in import Fault


def unit_circles(heading: str) -> Iterator[Fault]:
    """Faults for the rows that make units contain themselves."""
    execute(SQL("DROP TABLE IF EXISTS pg_temp.import_edges").format())
    execute(
        SQL(
            "CREATE TEMPORARY TABLE import_edges ON COMMIT DROP AS "
            "SELECT id AS child, parent_id AS parent FROM {0} WHERE parent_id IS NOT NULL "
            "UNION ALL SELECT u.id, u.parent_id FROM people_unit u "
            "WHERE u.parent_id IS NOT NULL AND NOT EXISTS (SELECT FROM {0} p WHERE p.id = u.id)"
        ).format(Identifier(PLANNED))
    )
    for circle in found_circles():
        rows = rows_of(
            SQL("SELECT id, row_number, external_id FROM {} WHERE id = ANY (%s::uuid[])").format(
                Identifier(PLANNED)
            ),
            [circle],
        )
        codes = _codes("people_unit", circle) | {key: code for key, _, code in rows}
        for key, row, _ in rows:
            chain = _chain(circle, key, codes)
            yield Fault(f"This unit would lie inside itself: {chain}.", row, heading)


def line_circles(heading: str) -> Iterator[Fault]:
    """Faults for the rows that make people report to themselves in the end."""
    execute(SQL("DROP TABLE IF EXISTS pg_temp.import_edges").format())
    execute(
        SQL(
            "CREATE TEMPORARY TABLE import_edges ON COMMIT DROP AS "
            "SELECT person_id AS child, manager_id AS parent FROM import_lines "
            "WHERE verdict = 'open' AND until IS NULL AND person_id <> manager_id "
            "UNION ALL SELECT l.person_id, l.manager_id FROM people_reportingline l "
            "WHERE l.end_date IS NULL AND NOT EXISTS (SELECT FROM import_ends e WHERE e.id = l.id)"
        ).format()
    )
    for circle in found_circles():
        rows = rows_of(
            SQL(
                "SELECT person_id, row_number, person_ref FROM import_lines "
                "WHERE verdict = 'open' AND until IS NULL AND person_id = ANY (%s::uuid[])"
            ).format(),
            [circle],
        )
        codes = _codes("people_person", circle) | {key: code for key, _, code in rows}
        for key, row, code in rows:
            chain = _chain(circle, key, codes)
            yield Fault(f"This closes a circle of reporting lines: {chain}.", row, heading, str(code))


def found_circles() -> list[list[UUID]]:
    """The circles in import_edges. Whoever is reached from a root is in none: usually that is everybody."""
    execute(SQL("ANALYZE import_edges").format())
    stuck = rows_of(
        SQL(
            "WITH RECURSIVE reached AS ("
            "SELECT DISTINCT parent AS node FROM import_edges r "
            "WHERE NOT EXISTS (SELECT FROM import_edges e WHERE e.child = r.parent) "
            "UNION ALL SELECT e.child FROM reached r JOIN import_edges e ON e.parent = r.node) "
            "SELECT child, parent FROM import_edges e "
            "WHERE NOT EXISTS (SELECT FROM reached r WHERE r.node = e.child)"
        ).format()
    )
    return circles(dict(stuck))


def _codes(table: str, circle: list[UUID]) -> dict[UUID, str]:
    """The external ids of those already there."""
    return dict(
        rows_of(
            SQL("SELECT id, external_id FROM {} WHERE id = ANY (%s::uuid[])").format(Identifier(table)),
            [circle],
        )
    )


def _chain(circle: list[UUID], first: UUID, codes: dict[UUID, str]) -> str:
    place = circle.index(first)
    around = [*circle[place:], *circle[:place]]
    shown = [codes[node] for node in around[:8]]
    if len(around) > len(shown):
        shown.append("…")
    return " → ".join([*shown, shown[0]])
