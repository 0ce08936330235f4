from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from people.models import Person, ReportingLine
from tenancy.models import AuditEntry
from tenancy.scope import tenant_transaction
from tests.world import World

SignIn = Callable[[Person], Client]


def change_title(world: World, title: str, *, by: Person, reason: str = "") -> None:
    with tenant_transaction(world.organization.pk, actor_id=by.pk, reason=reason):
        Person.objects.filter(pk=world.ada.pk).update(job_title=title)


def url_of(world: World) -> str:
    return reverse("people:audit_log", args=[world.slug])


def test_audit_log_says_who_changed_what_and_why(mercy: World, sign_in: SignIn) -> None:
    change_title(mercy, "Chief resident", by=mercy.henry, reason="promotion")
    page = sign_in(mercy.olga).get(url_of(mercy)).content.decode()
    assert "Henry Mercy" in page
    assert "<ins>Chief resident</ins>" in page
    assert "promotion" in page


def test_audit_log_names_people_where_the_trail_holds_ids(mercy: World, sign_in: SignIn) -> None:
    with tenant_transaction(mercy.organization.pk, actor_id=mercy.henry.pk, reason="tenancy.seal_audit"):
        ReportingLine.objects.create(
            person=mercy.olga, manager=mercy.mara, start_date=timezone.localdate(), end_date=None
        )
        Person.objects.create(
            external_id="n1", given_name="Nia", family_name="New", unit=mercy.unit, start_date="2026-01-01"
        )
    page = sign_in(mercy.aude).get(url_of(mercy)).content.decode()
    assert "<b>Olga Mercy</b><br>Reporting line added" in page
    assert "<dt>Manager</dt><dd><ins>Mara Mercy</ins></dd>" in page
    assert "<b>Nia New</b><br>Person added" in page
    assert "Search key" not in page  # PostgreSQL derives it from the name
    assert "Seal the audit trail" in page


def test_audit_log_filters_by_who_did_it_and_by_object(mercy: World, sign_in: SignIn) -> None:
    change_title(mercy, "Chief resident", by=mercy.henry)
    change_title(mercy, "Consultant", by=mercy.olga)
    client = sign_in(mercy.aude)
    by_henry = client.get(url_of(mercy), {"person": "mercy hen"}).content.decode()
    assert "<ins>Chief resident</ins>" in by_henry
    assert "<ins>Consultant</ins>" not in by_henry
    of_ada = client.get(url_of(mercy), {"key": str(mercy.ada.pk)}).content.decode()
    assert "<ins>Consultant</ins>" in of_ada
    of_mara = client.get(url_of(mercy), {"key": str(mercy.mara.pk)}).content.decode()
    assert "<ins>Consultant</ins>" not in of_mara


def test_audit_log_filters_by_time(mercy: World, sign_in: SignIn) -> None:
    change_title(mercy, "Chief resident", by=mercy.henry)
    client = sign_in(mercy.olga)
    assert "Chief resident" in client.get(url_of(mercy), {"since": "2020-01-01"}).content.decode()
    assert "Chief resident" not in client.get(url_of(mercy), {"until": "2020-01-01"}).content.decode()


def test_audit_log_says_which_date_is_wrong(mercy: World, sign_in: SignIn) -> None:
    answer = sign_in(mercy.olga).get(url_of(mercy), {"since": "2026-02-01", "until": "2026-01-01"})
    assert answer.status_code == 422
    assert "The end lies before the beginning." in answer.content.decode()


def test_audit_log_shows_nothing_of_another_organization(
    mercy: World, fenwick: World, sign_in: SignIn
) -> None:
    change_title(fenwick, "Registrar of Fenwick", by=fenwick.henry)
    assert "Registrar of Fenwick" in sign_in(fenwick.olga).get(url_of(fenwick)).content.decode()
    assert "Registrar of Fenwick" not in sign_in(mercy.olga).get(url_of(mercy)).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_audit_log_asks_a_constant_number_of_queries(
    mercy: World, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for number in range(rows):
        change_title(mercy, f"Title {number}", by=mercy.henry)
    client = sign_in(mercy.olga)
    with tenant_transaction(mercy.organization.pk):
        assert AuditEntry.objects.filter(key=str(mercy.ada.pk), operation="update").count() == rows
    with django_assert_num_queries(8):
        client.get(url_of(mercy), {"key": str(mercy.ada.pk)})
