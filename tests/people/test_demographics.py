from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from people.models import Demographics, Person
from people.services.demographics import declare_demographics, own_declaration, withdraw_demographics
from tenancy.models import AuditEntry
from tenancy.scope import tenant_scope, tenant_transaction
from tests.factories.people import make_person
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]


def declare(world: World, person: Person, gender: str = "woman", ethnicity: str = "Igbo") -> None:
    with tenant_transaction(world.organization.pk, actor_id=person.pk):
        declare_demographics(gender, ethnicity, by=member_of(person))


def declared(world: World, person: Person) -> tuple[str, str] | None:
    with tenant_transaction(world.organization.pk, actor_id=person.pk):
        found = own_declaration(by=member_of(person))
    return (found.gender, found.ethnicity) if found else None


def url(world: World, name: str = "about_me") -> str:
    return reverse(f"people:{name}", args=[world.slug])


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT gender FROM people_demographics",
        "SELECT count(*) FROM people_demographics",
        "UPDATE people_demographics SET gender = 'man'",
        "DELETE FROM people_demographics",
        "COPY people_demographics TO STDOUT",
        "INSERT INTO people_demographics SELECT * FROM people_demographics RETURNING gender",
    ],
)
def test_the_application_cannot_read_change_or_remove_declarations(mercy: World, statement: str) -> None:
    declare(mercy, mercy.ada)
    with (
        tenant_scope(mercy.organization.pk, actor_id=mercy.ada.pk),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_orm_cannot_read_declarations(mercy: World) -> None:
    with tenant_scope(mercy.organization.pk), pytest.raises(DatabaseError), transaction.atomic():
        list(Demographics.objects.all())


def test_everybody_reads_their_own_alone(mercy: World, fenwick: World) -> None:
    declare(mercy, mercy.ada, "woman", "Igbo")
    declare(mercy, mercy.mara, "non-binary", "")
    assert declared(mercy, mercy.ada) == ("woman", "Igbo")
    assert declared(mercy, mercy.mara) == ("non-binary", "")
    assert declared(mercy, mercy.olga) is None
    assert declared(fenwick, fenwick.ada) is None


def test_one_cannot_ask_for_somebody_else(mercy: World) -> None:
    declare(mercy, mercy.ada)
    with tenant_transaction(mercy.organization.pk, actor_id=mercy.olga.pk):
        ada = member_of(mercy.ada)
        for act in (own_declaration, withdraw_demographics):
            with pytest.raises(PermissionDenied):
                act(by=ada)
        with pytest.raises(PermissionDenied):
            declare_demographics("man", "", by=ada)
    assert declared(mercy, mercy.ada) == ("woman", "Igbo")


def test_the_actors_id_of_another_organization_reaches_nothing(mercy: World, fenwick: World) -> None:
    declare(mercy, mercy.ada)
    with tenant_transaction(fenwick.organization.pk, actor_id=mercy.ada.pk), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_own_demographics()")
        assert cursor.fetchall() == []
        cursor.execute("SELECT people_withdraw_demographics()")
    assert declared(mercy, mercy.ada) == ("woman", "Igbo")


@pytest.mark.parametrize("function", ["people_own_demographics()", "people_declare_demographics('', '')"])
def test_without_an_actor_the_functions_refuse(mercy: World, function: str) -> None:
    declare(mercy, mercy.ada)
    with (
        tenant_scope(mercy.organization.pk),
        pytest.raises(DatabaseError, match="nobody is acting"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT {function}")


def test_declaring_again_replaces_and_withdrawing_removes(mercy: World) -> None:
    declare(mercy, mercy.ada, "woman", "Igbo")
    declare(mercy, mercy.ada, "non-binary", "")
    assert declared(mercy, mercy.ada) == ("non-binary", "")
    with tenant_transaction(mercy.organization.pk, actor_id=mercy.ada.pk):
        withdraw_demographics(by=member_of(mercy.ada))
    assert declared(mercy, mercy.ada) is None


def test_the_audit_trail_says_that_but_not_what(mercy: World) -> None:
    declare(mercy, mercy.ada, "woman", "Igbo")
    with tenant_scope(mercy.organization.pk):
        entry = AuditEntry.objects.filter(table_name="people_demographics").latest("id")
    assert entry.actor_id == mercy.ada.pk
    assert (entry.change["gender"], entry.change["ethnicity"]) == ("redacted", "redacted")
    assert "Igbo" not in str(entry.change)


def test_erasing_a_person_erases_the_declaration(mercy: World) -> None:
    gone = make_person(mercy.organization, "Gone", mercy.unit)
    declare(mercy, gone)
    with tenant_transaction(mercy.organization.pk):
        Person.objects.filter(pk=gone.pk).delete()
        removed = AuditEntry.objects.filter(table_name="people_demographics", operation="delete")
        assert removed.count() == 1


def test_the_page_declares_shows_and_deletes(mercy: World, sign_in: SignIn) -> None:
    ada = sign_in(mercy.ada)
    assert ada.post(url(mercy), {"gender": "woman", "ethnicity": "Mixed"}).status_code == 302
    page = ada.get(url(mercy)).content.decode()
    assert '<option value="woman" selected>' in page
    assert "Delete my answers" in page
    assert "selected>Woman" not in sign_in(mercy.olga).get(url(mercy)).content.decode()
    assert ada.post(url(mercy, "about_me_withdraw")).status_code == 302
    assert declared(mercy, mercy.ada) is None


def test_the_page_keeps_an_answer_that_is_no_longer_offered(mercy: World, sign_in: SignIn) -> None:
    declare(mercy, mercy.ada, "woman", "Igbo")
    ada = sign_in(mercy.ada)
    assert '<option value="Igbo" selected>' in ada.get(url(mercy)).content.decode()
    assert ada.post(url(mercy), {"gender": "", "ethnicity": "Igbo"}).status_code == 302
    assert declared(mercy, mercy.ada) == ("", "Igbo")


def test_the_page_refuses_what_it_does_not_offer(mercy: World, sign_in: SignIn) -> None:
    answer = sign_in(mercy.ada).post(url(mercy), {"gender": "wizard", "ethnicity": "\x00"})
    assert answer.status_code == 422
    assert answer.content.decode().count('class="errors"') == 2
    assert declared(mercy, mercy.ada) is None
