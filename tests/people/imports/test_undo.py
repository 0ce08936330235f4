"""Undo puts back what an import touched, or refuses and says why."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from people.enums import ImportKind, ImportState
from people.member import Member
from people.models import Import, Person, ReportingLine, Unit
from people.queries import member_for
from people.services import imports
from people.services.imports import ImportRefusedError
from tenancy.scope import tenant_scope
from tests.factories.people import make_cohort_membership, make_line, make_user
from tests.people.imports.files import TODAY, csv_file
from tests.world import World

TABLES = ("people_unit", "people_person", "people_reportingline", "people_position", "people_appointment")
PEOPLE_HEAD = ("Person ID", "Given name", "Family name", "Unit ID", "Start date", "Manager's person ID")
Apply = Callable[..., Import]


def state_of(world: World) -> dict[str, list[Any]]:
    found = {}
    with tenant_scope(world.organization.pk), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY id")
            found[table] = cursor.fetchall()
    return found


@pytest.fixture
def apply(mercy: World) -> Apply:
    """apply(kind, *rows): checked and applied in a request of its own."""

    def apply(kind: ImportKind, *rows: Any) -> Import:
        file = csv_file(*rows)
        with tenant_scope(mercy.organization.pk, request_id=f"apply-{Import.objects.count()}"):
            imported = imports.start_import(kind, file, file_name="f.csv", by=None)
            header, _ = imports.read_header(imported)
            imported.columns, imported.effective_on = imports.suggested_columns(kind, header), TODAY
            imported.save()
            assert imports.check_import(imported, by=None).faults == []
            imports.apply_import(imported, by=None)
            return Import.objects.get(pk=imported.pk)

    with tenant_scope(mercy.organization.pk):
        yield apply


def people_rows(mercy: World) -> list[tuple[str, ...]]:
    unit, mara, paula = mercy.unit.external_id, mercy.mara.external_id, mercy.paula.external_id
    return [
        PEOPLE_HEAD,
        (mercy.ada.external_id, "Ada", "Changed", unit, "2024-01-01", paula),
        ("N1", "Nora", "Nolan", unit, "2020-01-01", mara),
    ]


def test_people_and_lines_are_as_before(mercy: World, apply: Apply) -> None:
    before = state_of(mercy)
    imported = apply(ImportKind.PEOPLE, *people_rows(mercy))
    assert state_of(mercy) != before
    imports.undo_import(imported, by=None)
    assert state_of(mercy) == before
    assert Import.objects.get(pk=imported.pk).state == ImportState.UNDONE


def test_units_are_as_before(mercy: World, apply: Apply) -> None:
    before = state_of(mercy)
    root, unit = mercy.root.external_id, mercy.unit.external_id
    rows = [("N", "New", root), (unit, "Heart", "N")]
    imported = apply(ImportKind.UNITS, ("Unit ID", "Name", "Parent unit ID"), *rows)
    assert Unit.objects.get(pk=mercy.unit.pk).depth == 2
    imports.undo_import(imported, by=None)
    assert state_of(mercy) == before


def test_undo_is_refused_when_a_row_has_changed_since(mercy: World, apply: Apply) -> None:
    imported = apply(ImportKind.PEOPLE, *people_rows(mercy))
    with tenant_scope(mercy.organization.pk, request_id="later"):
        Person.objects.filter(external_id="N1").update(job_title="Nurse")
    after = state_of(mercy)
    with pytest.raises(ImportRefusedError, match="1 people changed since this import"):
        imports.undo_import(imported, by=None)
    assert state_of(mercy) == after


def test_undo_is_refused_when_a_new_row_is_in_use(mercy: World, apply: Apply) -> None:
    imported = apply(ImportKind.PEOPLE, *people_rows(mercy))
    make_cohort_membership(mercy.cohort, Person.objects.get(external_id="N1"))
    with pytest.raises(ImportRefusedError, match="in use by now"):
        imports.undo_import(imported, by=None)


def test_undo_is_refused_when_a_new_person_can_sign_in(mercy: World, apply: Apply) -> None:
    imported = apply(ImportKind.PEOPLE, *people_rows(mercy))
    make_user(Person.objects.get(external_id="N1"), "nora@mercy.example")
    with pytest.raises(ImportRefusedError, match="can sign in by now"):
        imports.undo_import(imported, by=None)


def test_only_the_last_import_can_be_undone(mercy: World, apply: Apply) -> None:
    first = apply(ImportKind.PEOPLE, *people_rows(mercy))
    apply(ImportKind.UNITS, ("Unit ID", "Name", "Parent unit ID"), ("N", "New", mercy.root.external_id))
    with pytest.raises(ImportRefusedError, match="Only the last"):
        imports.undo_import(first, by=None)


def test_an_import_is_undone_once(mercy: World, apply: Apply) -> None:
    imported = apply(ImportKind.PEOPLE, *people_rows(mercy))
    imports.undo_import(imported, by=None)
    with pytest.raises(ImportRefusedError, match="This import is undone"):
        imports.undo_import(imported, by=None)


def test_a_check_that_no_longer_holds_is_shown_again(mercy: World) -> None:
    file = csv_file(*people_rows(mercy))
    with tenant_scope(mercy.organization.pk, request_id="one"):
        imported = imports.start_import(ImportKind.PEOPLE, file, file_name="f.csv", by=None)
        imported.columns = imports.suggested_columns(ImportKind.PEOPLE, list(PEOPLE_HEAD))
        imported.save()
        imports.check_import(imported, by=None)
        make_line(mercy.paula, mercy.eli)
        Person.objects.filter(pk=mercy.ada.pk).update(family_name="Changed")
        imports.apply_import(imported, by=None)
        again = Import.objects.get(pk=imported.pk)
        assert (again.state, again.counts["unchanged"]) == (ImportState.CHECKED, 1)
        assert "has changed since the check" in again.notices[0]
        assert not Person.objects.filter(external_id="N1").exists()
        assert ReportingLine.objects.filter(person=mercy.ada, end_date=None).get().manager_id == mercy.mara.pk


def test_only_hr_and_organization_admins_may(mercy: World) -> None:
    with tenant_scope(mercy.organization.pk):
        members = {
            name: member_for(person.pk, on=timezone.localdate()) for name, person in mercy.people.items()
        }
        may = {name for name, member in members.items() if member and starts(member)}
    assert may == {"henry", "olga"}


def starts(member: Member) -> bool:
    try:
        imports.start_import(ImportKind.UNITS, io.BytesIO(b"x"), file_name="f", by=member)
    except PermissionDenied:
        return False
    return True
