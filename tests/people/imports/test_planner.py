"""After a large import the planner knows the tables that it filled."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.enums import ImportKind
from people.services import imports
from tenancy.scope import tenant_scope
from tests.people.imports.files import csv_file
from tests.world import World


def statements_of_import(world: World) -> list[str]:
    """Bring in two units."""
    with tenant_scope(world.organization.pk, request_id="import"):
        head = ("Unit ID", "Name", "Parent unit ID")
        rows = [("N1", "North", world.root.external_id), ("N2", "Near north", "N1")]
        imported = imports.start_import(
            ImportKind.UNITS, csv_file(head, *rows), file_name="units.csv", by=None
        )
        header, _ = imports.read_header(imported)
        imported.columns = imports.suggested_columns(ImportKind.UNITS, header)
        imported.save()
        imports.check_import(imported, by=None)
        with CaptureQueriesContext(connection) as captured:
            imports.apply_import(imported, by=None)
    statements = [str(query["sql"]) for query in captured]
    return [sql for sql in statements if sql.startswith("ANALYZE people_")]


@pytest.mark.parametrize(("many", "looks"), [(2, 1), (3, 0)])
def test_the_planner_looks_at_what_a_large_import_wrote(
    mercy: World, monkeypatch: pytest.MonkeyPatch, many: int, looks: int
) -> None:
    monkeypatch.setattr(imports, "MANY", many)
    assert len(statements_of_import(mercy)) == looks


def test_the_application_may_have_it_look(mercy: World) -> None:
    # PostgreSQL would say so in a warning and go on.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s) AS name WHERE NOT has_table_privilege(name, 'MAINTAIN')",
            [list(imports.FILLED)],
        )
        assert cursor.fetchall() == []
    assert len(imports.FILLED) == 5
