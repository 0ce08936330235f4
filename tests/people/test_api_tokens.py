"""API tokens: making them, and everything that ends them."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from people.enums import TokenPurpose
from people.models import ApiToken, Notification, Person
from people.queries import member_for
from people.services.api_tokens import LIMIT, TooManyTokensError, create_api_token, revoke_api_token
from people.tokens import digest
from tenancy.jobs.outbox import deliver_waiting
from tenancy.models import Membership, User
from tenancy.scope import tenant_transaction
from tests.factories.people import PASSWORD
from tests.people.test_accounts import NEW_PASSWORD, link_in, set_up_totp, show_again, totp_code
from tests.rest import bearing, make_token, problem
from tests.world import World

SignIn = Callable[[Person], Client]
TOKENS = "/o/mercy/settings/tokens/"
EXPORT = {"name": "Export & more", "days": "30"}


@pytest.fixture(autouse=True)
def no_limits_used_up(db: None) -> None:
    cache.clear()


def login_of(person: Person) -> User:
    return Membership.objects.get(person_id=person.pk).user


def token_count(world: World) -> int:
    with tenant_transaction(world.organization.pk):
        return ApiToken.objects.count()


def works(secret: str, slug: str = "mercy") -> bool:
    return bearing(secret).get(f"/api/v1/o/{slug}/me").status_code == 200


def test_making_a_token_asks_once_more_who_it_is_and_keeps_what_was_typed(
    mercy: World, sign_in: SignIn
) -> None:
    browser = sign_in(mercy.ada)
    answer = browser.post(TOKENS, EXPORT)
    assert answer.status_code == 302
    assert urlsplit(answer["Location"]).path == "/accounts/reauthenticate/"
    assert token_count(mercy) == 0
    back = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    wrong = browser.post("/accounts/reauthenticate/", {"password": "a wrong guess", "next": back})
    assert wrong.status_code == 422
    shown = browser.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": back}, follow=True)
    assert (shown.redirect_chain[-1][0], shown.status_code) == (back, 200)
    assert 'value="Export &amp; more"' in shown.content.decode()
    assert token_count(mercy) == 0  # only the person posts the form
    assert 'class="secret"' in browser.post(TOKENS, EXPORT).content.decode()
    assert token_count(mercy) == 1


def test_a_code_of_the_authenticator_app_shows_it_as_well(mercy: World, sign_in: SignIn) -> None:
    secret, _ = set_up_totp(sign_in(mercy.ada))
    cache.clear()  # the code was used for setting up, half a minute ago as far as anybody knows
    browser = sign_in(mercy.ada)
    browser.post("/accounts/2fa/reauthenticate/", {"code": totp_code(secret)})
    browser.post(TOKENS, EXPORT)
    assert token_count(mercy) == 1


def test_having_shown_it_does_not_last(
    mercy: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = show_again(sign_in(mercy.ada))
    later = timezone.now().timestamp() + 600
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.time.time", lambda: later)
    assert browser.post(TOKENS, EXPORT).status_code == 302
    assert token_count(mercy) == 0


def change_password(world: World, browser: Client) -> None:
    values = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert browser.post("/accounts/password/change/", values).status_code == 302


def reset_password(world: World, browser: Client) -> None:
    ada = login_of(world.ada)
    EmailAddress.objects.create(user=ada, email=ada.email, verified=True, primary=True)
    stranger = Client()
    stranger.post("/accounts/password/reset/", {"email": ada.email})
    form = stranger.get(link_in(mail.outbox[0].body, "password/reset/key"), follow=True)
    values = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert stranger.post(form.redirect_chain[-1][0], values).status_code == 302


@pytest.mark.parametrize("renew", [change_password, reset_password])
def test_a_new_password_ends_all_tokens_of_the_login_and_of_nobody_else(
    mercy: World, fenwick: World, sign_in: SignIn, renew: Callable[[World, Client], None]
) -> None:
    Membership.objects.filter(person_id=fenwick.colin.pk).update(user=login_of(mercy.ada))
    here, there = make_token(mercy, mercy.ada), make_token(fenwick, fenwick.colin)
    others = make_token(mercy, mercy.mara)
    assert works(here)
    assert works(there, "fenwick")
    renew(mercy, sign_in(mercy.ada))
    assert (works(here), works(there, "fenwick"), works(others)) == (False, False, True)


def test_ended_tokens_are_told_without_a_secret(mercy: World, sign_in: SignIn) -> None:
    secret = make_token(mercy, mercy.ada)
    browser = sign_in(mercy.ada)
    change_password(mercy, browser)
    deliver_waiting(mercy.organization.pk)
    with tenant_transaction(mercy.organization.pk):
        told = Notification.objects.get()
    assert told.title == "Your password was changed, so 1 API token no longer works."
    assert (told.person_id, f"/o/mercy/{told.path}") == (mercy.ada.pk, TOKENS)
    page = browser.get(TOKENS).content.decode()
    assert "No longer work" in page
    assert "Your password was changed" in page
    [message] = mail.outbox
    assert "API tokens that were made before no longer work" in message.body
    assert secret not in page + told.title + message.body


def test_a_new_password_without_tokens_tells_nothing_of_them(mercy: World, sign_in: SignIn) -> None:
    make_token(mercy, mercy.ada, revoked_at=timezone.now())
    change_password(mercy, sign_in(mercy.ada))
    deliver_waiting(mercy.organization.pk)
    with tenant_transaction(mercy.organization.pk):
        assert Notification.objects.count() == 0


def test_the_secret_is_shown_once_and_kept_as_a_hash(mercy: World, sign_in: SignIn) -> None:
    browser = show_again(sign_in(mercy.ada))
    response = browser.post(TOKENS, {"name": "Export", "days": "30"})
    with tenant_transaction(mercy.organization.pk):
        token = ApiToken.objects.get()
    page = response.content.decode()
    secret = page.split('class="secret">')[1].split("<")[0]
    assert (digest(secret), secret[:8]) == (token.token_hash, token.prefix)
    assert "no-store" in response["Cache-Control"]
    again = browser.get(TOKENS).content.decode()
    assert secret not in again
    assert token.prefix in again
    assert bearing(secret).get("/api/v1/o/mercy/me").status_code == 200
    browser.post(f"{TOKENS}{token.pk}/revoke/")
    problem(bearing(secret).get("/api/v1/o/mercy/me"), 401)


def test_token_forms_refuse_nonsense(mercy: World, sign_in: SignIn) -> None:
    browser = sign_in(mercy.ada)
    for values in ({}, {"name": "", "days": "30"}, {"name": "x", "days": "9999"}):
        assert browser.post(TOKENS, values).status_code == 422


def test_nobody_holds_more_tokens_than_the_limit(mercy: World) -> None:
    with tenant_transaction(mercy.organization.pk):
        ada = member_for(mercy.ada.pk, on=timezone.localdate())
        assert ada is not None
        tokens = [create_api_token(str(number), days=30, by=ada)[0] for number in range(LIMIT)]
        with pytest.raises(TooManyTokensError):
            create_api_token("one more", days=30, by=ada)
        revoke_api_token(tokens[0].pk, by=ada)
        create_api_token("one more", days=30, by=ada)


def test_nobody_revokes_somebody_elses_token(mercy: World, sign_in: SignIn) -> None:
    secret = make_token(mercy, mercy.ada)
    with tenant_transaction(mercy.organization.pk):
        token = ApiToken.objects.get()
    assert sign_in(mercy.olga).post(f"{TOKENS}{token.pk}/revoke/").status_code == 404
    assert bearing(secret).get("/api/v1/o/mercy/me").status_code == 200


def test_hr_admins_alone_make_tokens_for_an_hr_system(mercy: World, sign_in: SignIn) -> None:
    assert "What does it open?" not in sign_in(mercy.ada).get(TOKENS).content.decode()
    browser = show_again(sign_in(mercy.henry))
    assert "What does it open?" in browser.get(TOKENS).content.decode()
    shown = browser.post(TOKENS, {"name": "Workday", "days": "365", "purpose": "hr_sync"}).content.decode()
    secret = shown.split('class="secret">')[1].split("<")[0]
    assert "An HR system: stamps and readiness scores of everybody, nothing else" in shown
    assert not works(secret)
    assert bearing(secret).get("/api/v1/o/mercy/changes/stamps").status_code == 200
    with tenant_transaction(mercy.organization.pk):
        ada = member_for(mercy.ada.pk, on=timezone.localdate())
        assert ada is not None
        with pytest.raises(PermissionDenied, match="HR systems are connected by HR admins"):
            create_api_token("Mine", days=30, purpose=TokenPurpose.HR_SYNC, by=ada)
