"""The audit trail sees every way of writing, can be written by nothing else, and shows tampering."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from people.models import Demographics, Person, Unit
from tenancy.audit import SealCheck, check_seals, seal_audit
from tenancy.models import AuditEntry, Membership, Organization
from tenancy.scope import Scope, tenant_scope, tenant_transaction
from tests.factories.people import make_person, make_unit
from tests.launch.waiting import eventually
from tests.world import World


def change_by_save(person: Person) -> None:
    person.job_title = "Registrar"
    person.save()


def change_by_update(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(job_title="Registrar")


def change_in_bulk(person: Person) -> None:
    person.job_title = "Registrar"
    Person.objects.bulk_update([person], ["job_title"])


def change_by_sql(person: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET job_title = 'Registrar' WHERE id = %s", [person.pk])


@pytest.mark.parametrize("change", [change_by_save, change_by_update, change_in_bulk, change_by_sql])
def test_every_way_of_changing_leaves_who_when_and_what(
    mercy: World, change: Callable[[Person], None]
) -> None:
    with tenant_scope(
        mercy.organization.pk, actor_id=mercy.henry.pk, request_id="r1", reason="annual review"
    ):
        change(mercy.ada)
        entry = AuditEntry.objects.get(request_id="r1")
    assert (entry.actor_id, entry.table_name, entry.operation) == (mercy.henry.pk, "people_person", "update")
    assert (entry.key, entry.reason) == (str(mercy.ada.pk), "annual review")
    assert entry.change == {"job_title": ["", "Registrar"]}


def test_a_change_that_changes_nothing_leaves_nothing(mercy: World) -> None:
    with tenant_scope(mercy.organization.pk, request_id="r1"):
        mercy.ada.save()
        assert not AuditEntry.objects.filter(request_id="r1").exists()


def test_deleting_leaves_what_was_there_also_of_the_rows_deleted_along(mercy: World) -> None:
    with tenant_scope(mercy.organization.pk, request_id="r1"):
        mercy.cohort.delete()
        removed = AuditEntry.objects.filter(request_id="r1", operation="delete")
        assert {entry.table_name for entry in removed} == {"people_cohort", "people_cohortmembership"}
        assert removed.get(table_name="people_cohort").change["name"] == "Cohort 2024"


def test_many_rows_at_once_leave_an_entry_each(mercy: World) -> None:
    with tenant_scope(mercy.organization.pk, request_id="r1"):
        Unit.objects.bulk_create([Unit(name=f"Ward {n}", external_id=f"W{n}") for n in range(3)])
        names = AuditEntry.objects.filter(request_id="r1", operation="insert").values_list(
            "change__name", flat=True
        )
        assert sorted(names) == ["Ward 0", "Ward 1", "Ward 2"]


def test_redacted_columns_leave_no_value(mercy: World) -> None:
    with tenant_scope(mercy.organization.pk, request_id="r1"):
        Demographics.objects.bulk_create([Demographics(person=mercy.ada, gender="woman", ethnicity="Igbo")])
        change = AuditEntry.objects.get(request_id="r1").change
    assert (change["gender"], change["ethnicity"]) == ("redacted", "redacted")
    assert change["person_id"] == str(mercy.ada.pk)


def test_giving_access_to_an_organization_is_audited(mercy: World) -> None:
    with tenant_scope(mercy.organization.pk):
        assert (
            AuditEntry.objects.filter(table_name="tenancy_membership").count()
            == Membership.objects.filter(organization=mercy.organization).count()
        )


@pytest.mark.parametrize(
    "statement",
    [
        (
            "INSERT INTO tenancy_audit "
            "(organization_id, request_id, reason, table_name, operation, key, change) "
            "VALUES (tenancy_organization(), '', '', 'people_person', 'update', '', '{}')"
        ),
        "UPDATE tenancy_audit SET reason = 'nothing happened'",
        "DELETE FROM tenancy_audit",
        "TRUNCATE tenancy_audit",
        "UPDATE tenancy_audit_seal SET digest = ''",
        "ALTER TABLE people_person DISABLE TRIGGER ALL",
        "SET LOCAL session_replication_role = replica",
        "SET ROLE clinicleader_audit",
        "SELECT tenancy_record_insert()",
        (
            "CREATE TEMP TABLE forged (id uuid, organization_id bigint); "
            "CREATE TRIGGER forge AFTER INSERT ON forged REFERENCING NEW TABLE AS new_rows "
            "FOR EACH STATEMENT EXECUTE FUNCTION tenancy_record_insert()"
        ),
    ],
)
def test_the_application_can_neither_forge_nor_change_nor_silence_it(in_mercy: Scope, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_another_organizations_trail_is_invisible(mercy: World, fenwick: World) -> None:
    with tenant_scope(fenwick.organization.pk):
        assert AuditEntry.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT organization_id FROM tenancy_audit")
            assert cursor.fetchall() == [(fenwick.organization.pk,)]


def all_are_finished(organization: Organization) -> bool:
    """Whether every transaction that began before the newest entry of the trail has ended."""
    with tenant_transaction(organization.pk), connection.cursor() as cursor:
        cursor.execute("SELECT max(xact) < pg_snapshot_xmin(pg_current_snapshot()) FROM tenancy_audit")
        return bool(cursor.fetchone()[0])


@pytest.fixture
def sealed(committed_organization: Organization, owner_url: str) -> Organization:
    """A committed organisation with two seals; a seal covers finished transactions only."""
    root = make_unit(committed_organization, "Hospital")
    for name in ("Grace", "Maud"):
        make_person(committed_organization, name, root)
        # Other tests write in the same cluster, and a seal ends before what still runs there.
        assert eventually(lambda: all_are_finished(committed_organization), seconds=300)
        with tenant_transaction(committed_organization.pk):
            seal_audit()
    return committed_organization


def checks_of(organization: Organization) -> list[SealCheck]:
    with tenant_transaction(organization.pk):
        return check_seals()


def test_seals_match_the_rows_they_were_made_of(sealed: Organization) -> None:
    assert checks_of(sealed) == [SealCheck(1, 2, True), SealCheck(2, 1, True)]
    out = StringIO()
    call_command("verify_audit", sealed.slug, stdout=out)
    assert out.getvalue() == f"{sealed.slug}: 2 seals over 3 rows checked\n"


@pytest.mark.parametrize(
    "tampering",
    ["UPDATE tenancy_audit SET reason = 'another'", "DELETE FROM tenancy_audit"],
    ids=["change", "delete"],
)
def test_tampering_by_the_audit_role_itself_breaks_the_seal(
    sealed: Organization, owner_url: str, tampering: str
) -> None:
    with psycopg2.connect(owner_url) as owner, owner.cursor() as cursor:
        cursor.execute("SET ROLE clinicleader_audit")
        cursor.execute(
            f"{tampering} WHERE change->>'given_name' = 'Grace' AND organization_id = %s", [sealed.pk]
        )
        assert cursor.rowcount == 1
    owner.close()
    assert [check.intact for check in checks_of(sealed)] == [False, True]
    with pytest.raises(CommandError, match="1 broken seals"):
        call_command("verify_audit", sealed.slug, stdout=StringIO(), stderr=StringIO())
