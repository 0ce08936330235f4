"""The roles of the pathway advisor are the organisation's own to change, and stay a map that makes sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from people.models import Person
from readiness.models import RoleGraph
from readiness.pathways.graph import Kind, Requirement, Role, Track
from readiness.pathways.presets import ROLES
from readiness.pathways.stored import from_stored, to_stored
from readiness.queries import roles_in_force
from readiness.role_forms import RoleForm
from readiness.role_keeping import new_key, remove_role, restore_roles, save_role
from tenancy.scope import Scope, tenant_scope
from tests.factories.passport import make_presets
from tests.factories.people import make_appointment, make_position
from tests.members import member_of
from tests.world import World

SignIn = Callable[[Person], Client]
HEAD_NURSE = Role("head_nurse", Track.HOSPITAL, (Requirement(Kind.LEADING, (), 2),), name="Head nurse")
FORM = {"name": "Head nurse", "track": "hospital", "leading": "2", "reason": "Nurses lead, too."}


def role_of(key: str) -> Role:
    return {role.key: role for role in roles_in_force()}[key]


def test_the_hospital_path_leads_from_the_head_of_a_specialty_to_the_chief_executive() -> None:
    ways = {role.key: role.up for role in ROLES}
    path = ["head_of_specialty"]
    while ways[path[-1]]:
        path.append(ways[path[-1]][0])
    assert path == ["head_of_specialty", "clinical_director", "medical_director", "chief_executive"]
    assert all(way in ways for role in ROLES for way in role.sideways)
    assert any(role.sideways for role in ROLES)


def test_what_is_stored_is_what_was_meant() -> None:
    assert from_stored(to_stored(ROLES)) == ROLES


def test_before_anybody_changed_them_the_built_in_roles_are_in_force(mercy: World, in_mercy: Scope) -> None:
    assert roles_in_force() == ROLES


def test_a_role_is_added_changed_and_taken_off(mercy: World, in_mercy: Scope) -> None:
    henry = member_of(mercy.henry)
    save_role(HEAD_NURSE, reason="Nurses lead, too.", by=henry)
    assert roles_in_force() == (*ROLES, HEAD_NURSE)
    changed = replace(role_of("clinical_director"), sideways=("division_chief", "head_nurse"))
    save_role(changed, reason="A way that people go.", by=member_of(mercy.paula))
    assert roles_in_force()[4] == changed
    remove_role("head_nurse", reason="By its own name now.", by=henry)
    assert roles_in_force() == ROLES
    versions = RoleGraph.objects.order_by("version").values_list("version", "changed_by", "reason")
    assert list(versions) == [
        (1, mercy.henry.pk, "Nurses lead, too."),
        (2, mercy.paula.pk, "A way that people go."),
        (3, mercy.henry.pk, "By its own name now."),
    ]


def test_the_built_in_roles_come_back(mercy: World, in_mercy: Scope) -> None:
    henry = member_of(mercy.henry)
    remove_role("chief_resident", reason="Not here.", by=henry)
    assert len(roles_in_force()) == len(ROLES) - 1
    restore_roles(reason="After all.", by=henry)
    assert roles_in_force() == ROLES


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (replace(HEAD_NURSE, requirements=()), "“Head nurse” asks for nothing"),
        (replace(HEAD_NURSE, up=("matron",)), "A way leads to “matron”"),
        (replace(HEAD_NURSE, up=("head_nurse",)), "lead back to it"),
        (replace(HEAD_NURSE, sideways=("head_nurse",)), "to itself"),
        (replace(HEAD_NURSE, up=("medical_director",), sideways=("chief_executive",)), "upward and sideways"),
        (replace(HEAD_NURSE, requirements=(Requirement(Kind.LEADING, (), 99),)), "nobody reaches"),
        (replace(HEAD_NURSE, requirements=(Requirement(Kind.POINTS, ("charm",), 9),)), "not known here"),
        (replace(HEAD_NURSE, name="Chief Executive"), "another role with the name"),
    ],
)
def test_a_map_that_makes_no_sense_is_refused_whole(
    mercy: World, in_mercy: Scope, role: Role, words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        save_role(role, reason="Why not.", by=member_of(mercy.henry))
    assert roles_in_force() == ROLES


def test_a_circle_over_several_roles_is_refused(mercy: World, in_mercy: Scope) -> None:
    chief = replace(role_of("chief_executive"), up=("head_of_specialty",))
    with pytest.raises(ValidationError, match="“Head of specialty” lead back"):
        save_role(chief, reason="Round.", by=member_of(mercy.henry))


def test_the_last_role_stays(mercy: World, in_mercy: Scope) -> None:
    henry = member_of(mercy.henry)
    for role in ROLES[1:]:
        remove_role(role.key, reason="Fewer.", by=henry)
    with pytest.raises(ValidationError, match="without roles"):
        remove_role(ROLES[0].key, reason="None.", by=henry)


@pytest.mark.parametrize("who", ["ada", "mara", "eli", "olga", "stella"])
def test_nobody_else_keeps_them(mercy: World, in_mercy: Scope, who: str) -> None:
    by = member_of(mercy.people[who])
    for act in (
        lambda: save_role(HEAD_NURSE, reason="Mine.", by=by),
        lambda: remove_role("chief_resident", reason="Mine.", by=by),
        lambda: restore_roles(reason="Mine.", by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_version_is_never_changed(mercy: World, in_mercy: Scope) -> None:
    restore_roles(reason="To begin with.", by=member_of(mercy.henry))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE readiness_rolegraph SET reason = 'Other'")


def test_keys_of_new_roles_are_plain_and_their_own() -> None:
    assert new_key("Head of nursing", ROLES) == "head_of_nursing"
    assert new_key("Chief executive", ROLES) == "chief_executive_2"
    assert new_key("院长", ROLES) == "role"


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_the_form_says_of_each_built_in_role_what_it_is(mercy: World, in_mercy: Scope, role: Role) -> None:
    make_presets(mercy.organization)
    shown = RoleForm(role=role, roles=ROLES).initial
    form = RoleForm({**shown, "reason": "As it is."}, role=role, roles=ROLES)
    assert form.is_valid(), form.errors
    again = form.role(role.key)
    assert set(again.requirements) == set(role.requirements)
    assert replace(again, name="", requirements=()) == replace(role, requirements=())


def test_the_page_shows_them_to_everybody_and_the_form_to_those_who_keep_them(
    mercy: World, sign_in: SignIn
) -> None:
    make_presets(mercy.organization)
    address, new = (reverse(f"readiness:{name}", args=[mercy.slug]) for name in ("roles", "role_new"))
    shown = sign_in(mercy.ada).get(address).content.decode()
    assert "Chief executive" in shown
    assert "3 years as division chair or medical director" in shown
    assert new not in shown
    henry = sign_in(mercy.henry)
    assert new in henry.get(address).content.decode()
    assert henry.post(new, {**FORM, "up": ["medical_director"]}).status_code == 302
    shown = henry.get(address).content.decode()
    assert "Head nurse" in shown
    assert "Nurses lead, too." in shown
    assert "Bring them back" in shown
    edit = reverse("readiness:role_edit", args=[mercy.slug, "head_nurse"])
    refused = henry.post(edit, {**FORM, "leading": "", "up": ["medical_director"]})
    assert refused.status_code == 422
    assert "asks for nothing" in refused.content.decode()
    assert "Nurses lead, too." in refused.content.decode()
    half = henry.post(edit, {**FORM, "office_years": "3"})
    assert "Years and positions belong together" in half.content.decode()
    restore = reverse("readiness:roles_restore", args=[mercy.slug])
    assert henry.post(restore, {"reason": ""}).status_code == 422
    assert henry.post(restore, {"reason": "As before."}).status_code == 302
    assert "Head nurse" not in henry.get(address).content.decode().split("History")[0]
    assert henry.get(edit).status_code == 404


def test_the_advice_follows_the_organisations_roles(mercy: World, sign_in: SignIn) -> None:
    make_presets(mercy.organization)
    with tenant_scope(mercy.organization.pk):
        save_role(HEAD_NURSE, reason="Nurses lead, too.", by=member_of(mercy.henry))
        for role in ROLES:
            remove_role(role.key, reason="Ours alone.", by=member_of(mercy.henry))
    make_appointment(make_position(mercy.unit), mercy.ada)
    ada = sign_in(mercy.ada)
    told = ada.get(reverse("readiness_api:pathway", args=[mercy.slug, mercy.ada.pk])).json()
    assert [(role["name"], role["total"]) for role in told["roles"]] == [("Head nurse", 1)]
    assert [(action["role"], action["rule"]) for action in told["actions"]] == [
        ("Head nurse", "2 years at the head of a unit")
    ]
    page = ada.get(reverse("readiness:pathway", args=[mercy.slug, mercy.ada.pk])).content.decode()
    assert "Because Head nurse asks for: 2 years at the head of a unit." in page
