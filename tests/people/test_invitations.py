"""Invitations: the one way to an account."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.access_queries import has_access, open_invitations
from people.enums import Role
from people.models import ApiToken, Invitation, Person
from people.queries import member_for
from people.services.invitations import (
    CannotInviteError,
    InvitationClosedError,
    accept_as_new_user,
    invite_people,
    invite_person,
    revoke_invitation,
)
from people.services.membership import end_access, end_access_of_leavers
from people.tokens import digest, invitation_token
from tenancy.jobs.outbox import deliver_waiting
from tenancy.models import AuditEntry, Membership, Organization, User
from tenancy.scope import tenant_transaction
from tests.factories.people import make_grant, make_person, make_unit, make_user
from tests.world import World

PASSWORD = "a long sentence about clinics"
SignIn = Callable[[Person], Client]


@pytest.fixture
def nora(mercy: World) -> Person:
    """Works at Mercy and has no access yet."""
    return make_person(mercy.organization, "Nora", mercy.unit, email="nora@mercy.example")


def invite(world: World, person: Person) -> Invitation:
    with tenant_transaction(world.organization.pk):
        henry = member_for(world.henry.pk, on=timezone.localdate())
        assert henry is not None
        return invite_person(person.pk, by=henry)


def link(world: World, invitation: Invitation) -> str:
    return f"/invitations/{world.slug}/{invitation_token(invitation.pk)}/"


def change(world: World, invitation: Invitation, **values: object) -> None:
    with tenant_transaction(world.organization.pk):
        Invitation.objects.filter(pk=invitation.pk).update(**values)


def membership_of(person: Person) -> Membership | None:
    return Membership.objects.filter(person_id=person.pk).select_related("user").first()


def test_a_new_person_sets_a_password_and_is_in(mercy: World, nora: Person) -> None:
    url = link(mercy, invite(mercy, nora))
    browser = Client()
    assert "Mercy" in browser.get(url).content.decode()
    response = browser.post(url, {"password": PASSWORD, "again": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/o/mercy/")
    membership = membership_of(nora)
    assert membership is not None
    assert membership.user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=membership.user).verified
    assert browser.get("/o/mercy/").status_code == 200
    assert UserSession.objects.filter(user=membership.user).count() == 1


def test_a_link_opens_once(mercy: World, nora: Person) -> None:
    url = link(mercy, invite(mercy, nora))
    Client().post(url, {"password": PASSWORD, "again": PASSWORD})
    again = Client().post(url, {"password": "another long sentence", "again": "another long sentence"})
    assert again.status_code == 410
    assert User.objects.get(email=nora.email).check_password(PASSWORD)


def test_the_mail_carries_the_link_and_nothing_about_anybody(mercy: World, nora: Person) -> None:
    invitation = invite(mercy, nora)
    deliver_waiting(mercy.organization.pk)
    [message] = mail.outbox
    assert message.to == ["nora@mercy.example"]
    assert link(mercy, invitation) in message.body
    assert "Nora" not in message.subject + message.body
    assert "Henry" not in message.subject + message.body


def test_a_revoked_invitation_is_not_mailed(mercy: World, nora: Person) -> None:
    invitation = invite(mercy, nora)
    change(mercy, invitation, revoked_at=timezone.now())
    deliver_waiting(mercy.organization.pk)
    assert mail.outbox == []


def test_the_database_holds_only_the_hash(mercy: World, nora: Person) -> None:
    invitation = invite(mercy, nora)
    token = invitation_token(invitation.pk)
    assert invitation.token_hash == digest(token)
    with tenant_transaction(mercy.organization.pk):
        entry = AuditEntry.objects.get(table_name="people_invitation", operation="insert")
    assert entry.change["token_hash"] == "redacted"


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"expires_at": timezone.now() - dt.timedelta(seconds=1)}, 410),
        ({"revoked_at": timezone.now()}, 410),
        ({"email": "former@mercy.example"}, 410),  # HR has corrected the address since
    ],
)
def test_a_closed_invitation_lets_nobody_in(
    mercy: World, nora: Person, values: dict[str, object], status: int
) -> None:
    invitation = invite(mercy, nora)
    change(mercy, invitation, **values)
    url = link(mercy, invitation)
    assert Client().get(url).status_code == status
    assert Client().post(url, {"password": PASSWORD, "again": PASSWORD}).status_code == status
    assert membership_of(nora) is None


def test_a_leaver_cannot_accept(mercy: World, nora: Person) -> None:
    url = link(mercy, invite(mercy, nora))
    with tenant_transaction(mercy.organization.pk):
        Person.objects.filter(pk=nora.pk).update(end_date=timezone.localdate() - dt.timedelta(days=1))
    assert Client().get(url).status_code == 410


def test_the_link_belongs_to_its_organization(mercy: World, fenwick: World, nora: Person) -> None:
    token = invitation_token(invite(mercy, nora).pk)
    for url in (
        f"/invitations/fenwick/{token}/",
        f"/invitations/nowhere/{token}/",
        "/invitations/mercy/guess/",
    ):
        assert Client().get(url).status_code == 404


def test_weak_and_differing_passwords_are_refused(mercy: World, nora: Person) -> None:
    url = link(mercy, invite(mercy, nora))
    weak = Client().post(url, {"password": "password1234", "again": "password1234"})
    differing = Client().post(url, {"password": PASSWORD, "again": PASSWORD + "s"})
    assert (weak.status_code, differing.status_code) == (422, 422)
    assert "too common" in weak.content.decode()
    assert "The two passwords differ." in differing.content.decode()
    assert membership_of(nora) is None


def test_somebody_with_an_account_signs_in_and_confirms(
    mercy: World, fenwick: World, sign_in: SignIn
) -> None:
    twin = make_person(mercy.organization, "Ada", mercy.unit, email=fenwick.ada.email)
    url = link(mercy, invite(mercy, twin))
    anonymous = Client().get(url)
    assert f"/accounts/login/?next={url}" in anonymous.content.decode()
    browser = sign_in(fenwick.ada)
    assert browser.post(url).status_code == 302
    membership = membership_of(twin)
    assert membership is not None
    assert membership.user.email == fenwick.ada.email
    home = browser.get("/").content.decode()
    assert "/o/mercy/" in home
    assert "/o/fenwick/" in home


def test_an_anonymous_post_for_a_known_address_changes_nothing(mercy: World, fenwick: World) -> None:
    twin = make_person(mercy.organization, "Ada", mercy.unit, email=fenwick.ada.email)
    url = link(mercy, invite(mercy, twin))
    assert Client().post(url, {"password": PASSWORD, "again": PASSWORD}).status_code == 200
    assert membership_of(twin) is None
    assert not User.objects.get(email=fenwick.ada.email).check_password(PASSWORD)


def test_somebody_else_who_is_signed_in_cannot_take_it(
    mercy: World, fenwick: World, nora: Person, sign_in: SignIn
) -> None:
    url = link(mercy, invite(mercy, nora))
    browser = sign_in(fenwick.colin)
    assert "colin@fenwick.example" in browser.get(url).content.decode()
    browser.post(url, {"password": PASSWORD, "again": PASSWORD})
    assert membership_of(nora) is None


def test_an_address_that_is_only_claimed_is_nobodys(mercy: World, fenwick: World, nora: Person) -> None:
    colin = Membership.objects.get(person_id=fenwick.colin.pk).user
    EmailAddress.objects.create(user=colin, email=nora.email, verified=False)
    url = link(mercy, invite(mercy, nora))
    browser = Client()
    browser.force_login(colin)
    browser.post(url)
    assert membership_of(nora) is None
    assert Client().post(url, {"password": PASSWORD, "again": PASSWORD}).status_code == 302


def test_inviting_again_ends_the_earlier_link(mercy: World, nora: Person) -> None:
    first, second = invite(mercy, nora), invite(mercy, nora)
    assert Client().get(link(mercy, first)).status_code == 410
    assert Client().get(link(mercy, second)).status_code == 200


def test_nobody_is_invited_who_has_access_left_or_has_no_address(mercy: World) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    left = make_person(mercy.organization, "Lea", mercy.unit, end_date=yesterday)
    silent = make_person(mercy.organization, "Sil", mercy.unit, email="")
    for person, message in ((mercy.ada, "already has access"), (left, "has left"), (silent, "no e-mail")):
        with pytest.raises(CannotInviteError, match=message):
            invite(mercy, person)


def test_only_hr_and_organization_admins_manage_access(mercy: World, nora: Person) -> None:
    invitation = invite(mercy, nora)
    with tenant_transaction(mercy.organization.pk):
        for name in ("ada", "mara", "paula", "stella", "eli", "aude"):
            member = member_for(getattr(mercy, name).pk, on=timezone.localdate())
            assert member is not None
            for act in (
                lambda m: invite_person(nora.pk, by=m),
                lambda m: invite_people(Person.objects.filter(pk=nora.pk), by=m),
                lambda m: revoke_invitation(invitation.pk, by=m),
                lambda m: end_access(nora.pk, by=m),
            ):
                with pytest.raises(PermissionDenied):
                    act(member)


def test_a_group_is_invited_without_those_who_need_none(mercy: World, nora: Person, sign_in: SignIn) -> None:
    make_person(mercy.organization, "Otto", mercy.unit, email="")
    url = "/o/mercy/invitations/new/"
    response = sign_in(mercy.olga).post(url, {"unit": mercy.root.name.upper()}, follow=True)
    assert "1 invited." in response.content.decode()
    with tenant_transaction(mercy.organization.pk):
        assert [invitation.person_id for invitation in open_invitations()] == [nora.pk]


def test_a_group_must_be_chosen_and_be_ones_own(mercy: World, fenwick: World, sign_in: SignIn) -> None:
    with tenant_transaction(fenwick.organization.pk):
        theirs = make_unit(fenwick.organization, "Theirs alone")
    browser = sign_in(mercy.olga)
    for values in (
        {},
        {"unit": theirs.name},
        {"unit": theirs.external_id},
        {"unit": str(mercy.unit.pk)},
        {"unit": mercy.unit.external_id, "cohort": str(mercy.cohort.pk)},
    ):
        assert browser.post("/o/mercy/invitations/new/", values).status_code == 422


def test_a_unit_is_named_by_its_id_where_several_have_the_name(mercy: World, sign_in: SignIn) -> None:
    with tenant_transaction(mercy.organization.pk):
        twins = [make_unit(mercy.organization, "Day clinic", parent=mercy.root) for _ in range(2)]
        nia = make_person(mercy.organization, "Nia", twins[1])
    browser, url = sign_in(mercy.olga), "/o/mercy/invitations/new/"

    page = browser.get(url).content.decode()
    refused = browser.post(url, {"unit": "day clinic"})
    accepted = browser.post(url, {"unit": twins[1].external_id})

    assert f'<option value="{mercy.root.external_id}">{mercy.root.name}</option>' in page
    assert refused.status_code == 422
    for twin in twins:
        assert twin.external_id in refused.content.decode()
    assert accepted.status_code == 302
    with tenant_transaction(mercy.organization.pk):
        assert [invitation.person_id for invitation in open_invitations()] == [nia.pk]


def test_pages_of_access_management(mercy: World, nora: Person, sign_in: SignIn) -> None:
    invitation = invite(mercy, nora)
    browser = sign_in(mercy.henry)
    assert "nora@mercy.example" in browser.get("/o/mercy/invitations/").content.decode()
    page = f"/o/mercy/people/{nora.pk}/access/"
    assert "nora@mercy.example" in browser.get(page).content.decode()
    assert browser.post(f"{page}invite/").status_code == 302
    assert Client().get(link(mercy, invitation)).status_code == 410
    with tenant_transaction(mercy.organization.pk):
        fresh = open_invitations().get(person=nora)
    assert browser.post(f"/o/mercy/invitations/{fresh.pk}/revoke/").status_code == 302
    assert Client().get(link(mercy, fresh)).status_code == 410
    assert browser.get(f"/o/mercy/people/{UUID(int=7)}/access/").status_code == 404


def test_the_list_of_invitations_asks_the_same_whatever_its_length(mercy: World, sign_in: SignIn) -> None:
    browser = sign_in(mercy.henry)
    counts = []
    for names in (["One"], ["Two", "Three"]):
        for name in names:
            invite(mercy, make_person(mercy.organization, name, mercy.unit))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/o/mercy/invitations/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_ended_access_ends_tokens_and_invitations_too(mercy: World, sign_in: SignIn) -> None:
    ada_browser = sign_in(mercy.ada)
    with tenant_transaction(mercy.organization.pk):
        ApiToken.objects.create(
            person=mercy.ada, name="x", prefix="cl_x", token_hash="h", expires_on=timezone.localdate()
        )
    assert sign_in(mercy.henry).post(f"/o/mercy/people/{mercy.ada.pk}/access/end/").status_code == 302
    assert ada_browser.get("/o/mercy/").status_code == 404
    with tenant_transaction(mercy.organization.pk):
        assert ApiToken.objects.get().revoked_at is not None


def test_nobody_ends_their_own_access(mercy: World, sign_in: SignIn) -> None:
    response = sign_in(mercy.henry).post(f"/o/mercy/people/{mercy.henry.pk}/access/end/")
    assert response.status_code == 403
    assert membership_of(mercy.henry) is not None


def test_leavers_lose_access_by_themselves(mercy: World, sign_in: SignIn) -> None:
    browser = sign_in(mercy.ada)
    today = timezone.localdate()
    with tenant_transaction(mercy.organization.pk):
        Person.objects.filter(pk=mercy.ada.pk).update(end_date=today - dt.timedelta(days=1))
    assert browser.get("/o/mercy/").status_code == 404
    assert "no organisation" in browser.get("/").content.decode()
    with tenant_transaction(mercy.organization.pk):
        assert end_access_of_leavers(today) == 1
        assert end_access_of_leavers(today) == 0
    assert membership_of(mercy.ada) is None


def test_a_deleted_person_takes_the_membership_along(mercy: World, nora: Person) -> None:
    make_user(nora)
    with tenant_transaction(mercy.organization.pk):
        nora_id = nora.pk
        Person.objects.get(pk=nora_id).delete()
    assert not Membership.objects.filter(person_id=nora_id).exists()


def test_of_two_at_once_one_is_let_in(committed_organization: Organization) -> None:
    unit = make_unit(committed_organization)
    henry, nora = (make_person(committed_organization, name, unit) for name in ("Henry", "Nora"))
    make_grant(henry, Role.HR_ADMIN)
    with tenant_transaction(committed_organization.pk):
        member = member_for(henry.pk, on=timezone.localdate())
        assert member is not None
        token = invitation_token(invite_person(nora.pk, by=member).pk)
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def accept() -> None:
        start.wait()
        try:
            accept_as_new_user(committed_organization.slug, token, PASSWORD)
            outcomes.append("in")
        except InvitationClosedError as error:
            outcomes.append(error.reason)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    User.objects.filter(email=nora.email).delete()
    assert sorted(outcomes) == ["accepted", "in"]


@pytest.mark.usefixtures("in_mercy")
def test_an_hr_admin_manages_no_access_of_role_holders(mercy: World) -> None:
    # Else HR could end an organisation admin's access and invite an address of their own in their place.
    henry = member_for(mercy.henry.pk, on=timezone.localdate())
    olga = member_for(mercy.olga.pk, on=timezone.localdate())
    assert henry is not None
    assert olga is not None
    with pytest.raises(PermissionDenied):
        end_access(mercy.olga.pk, by=henry)
    assert has_access(mercy.olga.pk)
    end_access(mercy.aude.pk, by=olga)
    with pytest.raises(PermissionDenied):
        invite_person(mercy.aude.pk, by=henry)
    assert invite_people(Person.objects.filter(pk__in=[mercy.aude.pk]), by=henry) == 0
    assert invite_people(Person.objects.filter(pk__in=[mercy.aude.pk]), by=olga) == 1
    invitation = open_invitations().get(person=mercy.aude)
    with pytest.raises(PermissionDenied):
        revoke_invitation(invitation.pk, by=henry)
    revoke_invitation(invitation.pk, by=olga)
    assert not open_invitations().filter(person=mercy.aude).exists()
