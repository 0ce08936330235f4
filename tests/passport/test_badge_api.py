"""Badges over the REST API."""

from __future__ import annotations

from collections.abc import Callable

import jwt
import pytest
from django.test import Client
from django.urls import reverse

from passport.badge_services import revoke_award
from people.models import Person
from tenancy.scope import tenant_scope
from tests.factories.passport import find_milestone, make_award, make_presets, make_signing_key, make_stamp
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]


@pytest.fixture
def address(mercy: World) -> str:
    make_presets(mercy.organization)
    make_signing_key(mercy.organization)
    return reverse("passport_api:my_badges", args=[mercy.slug])


def test_made_and_read(mercy: World, address: str, sign_in: SignIn) -> None:
    stamp = make_stamp(mercy.ada, find_milestone(mercy.organization, "Shadow a chair meeting"), mercy.mara)
    client = sign_in(mercy.ada)
    assert client.get(address).json() == []
    (made,) = client.post(address).json()
    assert (made["stamp"], made["title"], made["in_force"]) == (str(stamp.pk), "Shadow a chair meeting", True)
    assert jwt.decode(made["token"], options={"verify_signature": False})["id"] == f"urn:uuid:{made['id']}"
    assert client.post(address).json() == client.get(address).json() == [made]
    record = client.get(reverse("passport_api:my_badge_record", args=[mercy.slug])).json()
    said = jwt.decode(record["token"], options={"verify_signature": False})
    inside = said["credentialSubject"]["verifiableCredential"]
    assert [each["id"] for each in inside] == [f"urn:uuid:{made['id']}"]


def test_one_that_was_revoked_says_so_and_why(mercy: World, address: str, sign_in: SignIn) -> None:
    award = make_award(
        make_stamp(mercy.ada, find_milestone(mercy.organization, "Shadow a chair meeting"), mercy.mara)
    )
    with tenant_scope(mercy.organization.pk):
        revoke_award(award, reason="Made out by mistake.", by=member_of(mercy.henry))
    (told,) = sign_in(mercy.ada).get(address).json()
    assert (told["in_force"], told["revoke_reason"]) == (False, "Made out by mistake.")


def test_without_an_address_nothing_is_made(mercy: World, address: str, sign_in: SignIn) -> None:
    make_stamp(mercy.ada, find_milestone(mercy.organization, "Shadow a chair meeting"), mercy.mara)
    with tenant_scope(mercy.organization.pk):
        Person.objects.filter(pk=mercy.ada.pk).update(email="")
    assert sign_in(mercy.ada).post(address).status_code == 409
