from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.test import Client
from django.urls import reverse

from people.enums import Role
from people.models import Person, RoleGrant
from people.services.admins import LastAdminError
from people.services.roles import AlreadyGrantedError, grant_role, revoke_role
from tenancy.models import AuditEntry, Organization
from tenancy.scope import tenant_scope, tenant_transaction
from tests.factories.people import make_cohort, make_grant, make_person, make_unit, make_user
from tests.members import member_of
from tests.people.test_directory import queries_for
from tests.world import World

SignIn = Callable[[Person], Client]


def grants_of(world: World, person: Person) -> set[tuple[str, object]]:
    with tenant_scope(world.organization.pk):
        return set(RoleGrant.objects.filter(person=person).values_list("role", "cohort"))


def grant_url(world: World, person: Person) -> str:
    return reverse("people:role_grant_to", args=[world.slug, person.pk])


def revoke_url(world: World, person: Person) -> str:
    with tenant_scope(world.organization.pk):
        return reverse("people:role_revoke", args=[world.slug, RoleGrant.objects.get(person=person).pk])


def test_an_admin_grants_a_role_and_the_reason_is_kept(mercy: World, sign_in: SignIn) -> None:
    answer = sign_in(mercy.olga).post(
        grant_url(mercy, mercy.colin), {"role": "auditor", "reason": "External audit 2026"}
    )
    assert answer.status_code == 302
    assert grants_of(mercy, mercy.colin) == {("auditor", None)}
    with tenant_scope(mercy.organization.pk):
        entry = AuditEntry.objects.filter(table_name="people_rolegrant").latest("id")
    assert (entry.operation, entry.reason, entry.actor_id) == ("insert", "External audit 2026", mercy.olga.pk)


def test_a_director_can_be_limited_to_a_cohort(mercy: World, sign_in: SignIn) -> None:
    sign_in(mercy.olga).post(
        grant_url(mercy, mercy.colin),
        {"role": "programme_director", "cohort": mercy.cohort.pk, "reason": "Leads it"},
    )
    assert grants_of(mercy, mercy.colin) == {("programme_director", mercy.cohort.pk)}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"role": "auditor"}, "This field is required."),
        ({"role": "wizard", "reason": "magic"}, "wizard is not one of the available choices"),
        (
            {"role": "auditor", "cohort": "own", "reason": "kept text"},
            "This role is for the whole organisation.",
        ),
        ({"role": "auditor", "cohort": "other", "reason": "kept text"}, "not one of the available choices"),
        ({"role": "auditor", "reason": "x" * 301}, "at most 300 characters"),
    ],
)
def test_a_wrong_grant_says_what_is_wrong_and_keeps_what_was_typed(
    mercy: World, fenwick: World, sign_in: SignIn, typed: dict[str, str], message: str
) -> None:
    cohorts = {"own": str(mercy.cohort.pk), "other": str(fenwick.cohort.pk)}
    data = {key: cohorts.get(value, value) for key, value in typed.items()}
    answer = sign_in(mercy.olga).post(grant_url(mercy, mercy.colin), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert data.get("reason", "") in page
    assert grants_of(mercy, mercy.colin) == set()


def test_a_role_is_granted_once(mercy: World, sign_in: SignIn) -> None:
    answer = sign_in(mercy.olga).post(
        grant_url(mercy, mercy.stella), {"role": "survey_steward", "reason": "again"}
    )
    assert answer.status_code == 422
    assert "has this role already" in answer.content.decode()


def test_a_leaver_cannot_be_given_a_role(mercy: World, sign_in: SignIn) -> None:
    gone = make_person(mercy.organization, "Gone", mercy.unit, end_date=dt.date(2025, 1, 1))
    assert sign_in(mercy.olga).get(grant_url(mercy, gone)).status_code == 404


def test_choosing_a_person_finds_by_prefix(mercy: World, sign_in: SignIn) -> None:
    client = sign_in(mercy.olga)
    url = reverse("people:role_grant", args=[mercy.slug])
    assert grant_url(mercy, mercy.colin) in client.get(url, {"q": "col"}).content.decode()
    assert "Nobody found" in client.get(url, {"q": "zz"}).content.decode()
    assert client.get(url, {"q": "\x00"}).status_code == 422


def test_revoking_takes_the_role_with_a_reason(mercy: World, sign_in: SignIn) -> None:
    client, url = sign_in(mercy.olga), revoke_url(mercy, mercy.stella)
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Moved on"}).status_code == 302
    assert grants_of(mercy, mercy.stella) == set()
    with tenant_scope(mercy.organization.pk):
        entry = AuditEntry.objects.filter(table_name="people_rolegrant").latest("id")
    assert (entry.operation, entry.reason) == ("delete", "Moved on")


def test_the_last_admin_keeps_the_role(mercy: World, sign_in: SignIn) -> None:
    answer = sign_in(mercy.olga).post(revoke_url(mercy, mercy.olga), {"reason": "tired"})
    assert answer.status_code == 422
    assert "last organisation admin" in answer.content.decode()
    assert grants_of(mercy, mercy.olga) == {("organization_admin", None)}


def test_an_admin_who_cannot_sign_in_or_has_left_does_not_count(mercy: World) -> None:
    """Otherwise nobody who can act would be left."""
    make_grant(make_person(mercy.organization, "NoLogin", mercy.unit), Role.ORGANIZATION_ADMIN)
    left = make_person(mercy.organization, "Left", mercy.unit, end_date=dt.date(2025, 1, 1))
    make_user(left)
    make_grant(left, Role.ORGANIZATION_ADMIN)
    with tenant_transaction(mercy.organization.pk):
        grant = RoleGrant.objects.get(person=mercy.olga)
        with pytest.raises(LastAdminError):
            revoke_role(grant, reason="x", by=member_of(mercy.olga))


def test_one_of_two_admins_may_go_and_lands_on_today(mercy: World, sign_in: SignIn) -> None:
    make_grant(mercy.henry, Role.ORGANIZATION_ADMIN)
    answer = sign_in(mercy.olga).post(revoke_url(mercy, mercy.olga), {"reason": "handed over"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("today", args=[mercy.slug]))


def test_two_admins_cannot_take_each_others_role_at_once(committed_organization: Organization) -> None:
    unit = make_unit(committed_organization)
    admins = [make_person(committed_organization, name, unit) for name in ("Ann", "Ben")]
    for admin in admins:
        make_user(admin)
        make_grant(admin, Role.ORGANIZATION_ADMIN)
    refused: list[str] = []
    together = threading.Barrier(2)

    def revoke(by: Person, of: Person) -> None:
        try:
            with tenant_transaction(committed_organization.pk, actor_id=by.pk):
                grant, member = RoleGrant.objects.get(person=of), member_of(by)
                together.wait()
                revoke_role(grant, reason="x", by=member)
        except LastAdminError:
            refused.append(by.given_name)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=revoke, args=pair) for pair in (admins, admins[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    with tenant_transaction(committed_organization.pk):
        assert RoleGrant.objects.count() == 1


@pytest.mark.parametrize("who", ["henry", "paula", "colin"])
def test_services_refuse_everybody_but_admins(mercy: World, who: str) -> None:
    with tenant_transaction(mercy.organization.pk):
        member = member_of(mercy.people[who])
        with pytest.raises(PermissionDenied):
            grant_role(mercy.ada, Role.AUDITOR, cohort=None, reason="x", by=member)
        with pytest.raises(PermissionDenied):
            revoke_role(RoleGrant.objects.get(person=mercy.stella), reason="x", by=member)


def test_granting_twice_leaves_the_transaction_usable(mercy: World) -> None:
    with tenant_transaction(mercy.organization.pk):
        olga = member_of(mercy.olga)
        with pytest.raises(AlreadyGrantedError):
            grant_role(mercy.stella, Role.SURVEY_STEWARD, cohort=None, reason="x", by=olga)
        assert RoleGrant.objects.filter(person=mercy.stella).count() == 1


def test_roles_are_filtered_and_say_who_cannot_sign_in(mercy: World, sign_in: SignIn) -> None:
    make_grant(make_person(mercy.organization, "NoLogin", mercy.unit), Role.AUDITOR)
    page = sign_in(mercy.olga).get(reverse("people:roles", args=[mercy.slug]), {"role": "auditor"})
    text = page.content.decode()
    assert "Aude Mercy" in text
    assert "Stella Mercy" not in text
    assert text.count("Cannot sign in") == 1


@pytest.mark.parametrize("more", [1, 3])
def test_roles_take_the_same_few_queries(mercy: World, sign_in: SignIn, more: int) -> None:
    for number in range(more):
        make_grant(mercy.colin, Role.PROGRAMME_DIRECTOR, make_cohort(mercy.programme, f"Cohort {number}"))
    assert queries_for(sign_in(mercy.olga), reverse("people:roles", args=[mercy.slug])) == 6
