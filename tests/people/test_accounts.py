"""Signing in and everything about one's own login, through the pages as a browser has them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache, caches
from django.test import Client, override_settings

from tenancy.models import Membership, User
from tests.factories.people import PASSWORD
from tests.world import World

NEW_PASSWORD = "a long sentence about wards"


@pytest.fixture(autouse=True)
def no_limits_used_up(db: None) -> None:
    cache.clear()


@pytest.fixture
def ada(mercy: World) -> User:
    """Ada's login, with a confirmed address."""
    user = Membership.objects.get(person_id=mercy.ada.pk).user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(user: User, password: str = PASSWORD, client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get("/o/mercy/").status_code == 200


def totp_code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def show_again(client: Client) -> Client:
    """What changes the login asks again who it is."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def set_up_totp(client: Client) -> tuple[str, list[str]]:
    """Turn the authenticator app on as a person does; returns its key and the recovery codes."""
    page = show_again(client).get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret is not None
    response = client.post("/accounts/2fa/totp/activate/", {"code": totp_code(secret[1])}, follow=True)
    codes = re.findall(r"<code>(\d{8})</code>", response.content.decode())
    assert len(codes) == 10
    return secret[1], codes


def test_e_mail_and_password_sign_in_to_the_one_organization(ada: User) -> None:
    client = Client()
    response = client.post("/accounts/login/", {"login": ada.email, "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == "/o/mercy/"
    assert is_in(client)


def test_signing_in_changes_the_session_key(ada: User) -> None:
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    sign_in(ada, client=client)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["max-age"] == ""  # ends with the browser


def test_signing_out_takes_a_post(ada: User) -> None:
    client = sign_in(ada)
    client.get("/accounts/logout/")
    assert is_in(client)
    client.post("/accounts/logout/")
    assert not is_in(client)


def test_known_and_unknown_addresses_get_the_same_answer(ada: User) -> None:
    def ask(url: str, values: dict[str, str]) -> tuple[int, str]:
        response = Client().post(url, values, follow=True)
        page = re.sub(r'(csrfmiddlewaretoken"? value|value)="[^"]*"', "", response.content.decode())
        return response.status_code, page

    known, unknown = ada.email, "nobody@mercy.example"
    wrong = "not the password of anybody"
    assert ask("/accounts/login/", {"login": known, "password": wrong}) == ask(
        "/accounts/login/", {"login": unknown, "password": wrong}
    )
    assert ask("/accounts/password/reset/", {"email": known}) == ask(
        "/accounts/password/reset/", {"email": unknown}
    )
    assert [message.to for message in mail.outbox] == [[known]]  # strangers get no mail


def test_an_invalid_form_is_422(ada: User) -> None:
    assert Client().post("/accounts/login/", {"login": ada.email, "password": "wrong"}).status_code == 422


def test_guessing_a_password_is_limited(ada: User) -> None:
    client = Client()
    for _ in range(5):
        client.post("/accounts/login/", {"login": ada.email, "password": "a wrong guess"})
    sign_in(ada, client=client)
    assert not is_in(client)


def test_nobody_signs_up(client: Client) -> None:
    page = client.get("/accounts/signup/").content.decode()
    assert "by invitation" in page
    values = {"email": "me@mercy.example", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post("/accounts/signup/", values)
    assert not User.objects.filter(email="me@mercy.example").exists()


def test_a_closed_login_does_not_sign_in(ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert not is_in(sign_in(ada))


def test_an_unconfirmed_address_must_be_confirmed_first(mercy: World) -> None:
    user = Membership.objects.get(person_id=mercy.mara.pk).user
    client = sign_in(user)
    assert not is_in(client)
    [message] = mail.outbox
    url = link_in(message.body, "confirm-email")
    assert client.get(url).status_code == 200
    client.post(url)
    assert is_in(sign_in(user))


def link_in(body: str, part: str) -> str:
    found = re.search(rf"{settings.BASE_URL}(/accounts/{part}/\S+)", body)
    assert found is not None
    return found[1]


def test_a_forgotten_password_is_reset_once(ada: User) -> None:
    other_browser = sign_in(ada)
    client = Client()
    client.post("/accounts/password/reset/", {"email": ada.email})
    url = link_in(mail.outbox[0].body, "password/reset/key")
    form = client.get(url, follow=True)
    action = form.redirect_chain[-1][0]
    weak = client.post(action, {"password1": "short", "password2": "short"})
    assert weak.status_code == 422
    client.post(action, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert is_in(sign_in(ada, NEW_PASSWORD))
    assert not is_in(other_browser)
    assert "no longer works" in Client().get(url, follow=True).content.decode()


@override_settings(ALLOWED_HOSTS=["*"])
def test_links_in_mails_lead_to_the_configured_address_whatever_host_a_request_claims(
    ada: User, mercy: World
) -> None:
    client = Client(HTTP_HOST="evil.example", HTTP_X_FORWARDED_HOST="evil.example")
    client.post("/accounts/password/reset/", {"email": ada.email})
    sign_in(Membership.objects.get(person_id=mercy.mara.pk).user, client=client)
    reset, confirm = (message.body for message in mail.outbox)
    assert link_in(reset, "password/reset/key")
    assert link_in(confirm, "confirm-email")
    assert "evil" not in reset + confirm


def test_mails_name_nobody_and_no_machine(
    ada: User, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    client = Client(HTTP_USER_AGENT="Secret Browser", REMOTE_ADDR="203.0.113.7")
    client.post("/accounts/password/reset/", {"email": ada.email})
    sign_in(ada, client=client)
    values = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post("/accounts/password/change/", values)
    client.post("/accounts/reauthenticate/", {"password": NEW_PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        set_up_totp(client)
    assert len(mail.outbox) >= 3
    for message in mail.outbox:
        text = message.subject + message.body
        assert message.subject.startswith("ClinicLeader: ")
        assert not re.search(r"Ada|Mercy|Secret Browser|203\.0\.113\.7", text.replace(ada.email, ""))


def test_a_changed_password_ends_other_sessions(ada: User) -> None:
    client, other = sign_in(ada), sign_in(ada)
    values = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post("/accounts/password/change/", values).status_code == 302
    assert is_in(client)
    assert not is_in(other)


def test_an_authenticator_app_is_asked_for_at_sign_in(ada: User) -> None:
    secret, _ = set_up_totp(sign_in(ada))
    client = sign_in(ada)
    assert not is_in(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 422
    assert not is_in(client)
    cache.clear()  # the code was used for setting up, half a minute ago as far as anybody knows
    client.post("/accounts/2fa/authenticate/", {"code": totp_code(secret)})
    assert is_in(client)


def test_a_recovery_code_works_once(ada: User) -> None:
    _, codes = set_up_totp(sign_in(ada))
    first, second = sign_in(ada), sign_in(ada)
    first.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    second.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert is_in(first)
    assert not is_in(second)


def test_recovery_codes_are_shown_once(ada: User) -> None:
    client = sign_in(ada)
    _, codes = set_up_totp(client)
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert not any(code in page for code in codes)
    assert client.get("/accounts/2fa/recovery-codes/download/").status_code == 403


def test_second_factors_are_encrypted_in_the_database(ada: User) -> None:
    secret, _ = set_up_totp(sign_in(ada))
    stored = {one.type: one.data for one in Authenticator.objects.filter(user=ada)}
    assert secret not in str(stored)
    assert stored["totp"]["secret"].startswith("gAAAA")
    assert stored["recovery_codes"]["seed"].startswith("gAAAA")


def test_an_earlier_server_key_still_opens_second_factors(ada: User) -> None:
    secret, _ = set_up_totp(sign_in(ada))
    with override_settings(SECRET_KEY="another key " * 6, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        client = sign_in(ada)
        cache.clear()
        client.post("/accounts/2fa/authenticate/", {"code": totp_code(secret)})
        assert is_in(client)


@pytest.mark.parametrize(
    "path", ["2fa/totp/activate", "2fa/webauthn/add", "2fa/recovery-codes/generate", "2fa/totp/deactivate"]
)
def test_second_factors_change_only_after_showing_again_who_it_is(ada: User, path: str) -> None:
    set_up_totp(sign_in(ada))
    client = Client()
    client.force_login(ada)
    if path == "2fa/totp/activate":
        Authenticator.objects.filter(user=ada).delete()
    response = client.get(f"/accounts/{path}/")
    assert response.status_code == 302
    assert "/reauthenticate/" in response["Location"]


def test_a_passkey_is_offered_with_a_fresh_challenge(ada: User) -> None:
    page = Client().get("/accounts/login/").content.decode()
    assert 'id="passkey_login"' in page
    challenges = set()
    for _ in range(2):
        answer = Client().get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"}).json()
        options = answer["request_options"]["publicKey"]
        assert options["rpId"] == "testserver"
        challenges.add(options["challenge"])
    assert len(challenges) == 2


@pytest.mark.parametrize("credential", ["", "{}", "[]", "1", '{"id": "x", "response": {}}', "not json"])
def test_a_made_up_passkey_is_refused(ada: User, credential: str) -> None:
    client = Client()
    client.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    response = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})
    assert response.status_code in {302, 422}
    assert not is_in(client)


def test_sessions_are_listed_and_ended_one_by_one(ada: User) -> None:
    here = sign_in(ada)
    there = sign_in(ada, client=Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"))
    page = here.get("/accounts/sessions/").content.decode()
    assert "Firefox on Windows" in page
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert here.get(f"/accounts/sessions/{other.pk}/end/").status_code == 405
    assert here.post(f"/accounts/sessions/{other.pk}/end/").status_code == 302
    assert is_in(here)
    assert not is_in(there)


def test_all_other_sessions_end_at_once(ada: User) -> None:
    here, there, elsewhere = sign_in(ada), sign_in(ada), sign_in(ada)
    assert here.post("/accounts/sessions/").status_code == 302
    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, False]


def test_somebody_elses_session_is_not_found(ada: User, fenwick: World) -> None:
    user = Membership.objects.get(person_id=fenwick.colin.pk).user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    colin = sign_in(user)
    session = UserSession.objects.get(user=user)
    assert sign_in(ada).post(f"/accounts/sessions/{session.pk}/end/").status_code == 404
    assert colin.get("/o/fenwick/").status_code == 200


def test_an_added_address_counts_only_when_confirmed(ada: User) -> None:
    client = show_again(sign_in(ada))
    client.post("/accounts/email/", {"action_add": "", "email": "ada@elsewhere.example"})
    [message] = [message for message in mail.outbox if message.to == ["ada@elsewhere.example"]]
    client.post("/accounts/email/", {"action_primary": "", "email": "ada@elsewhere.example"})
    assert User.objects.get(pk=ada.pk).email == ada.email
    client.post(link_in(message.body, "confirm-email"))
    client.post("/accounts/email/", {"action_primary": "", "email": "ada@elsewhere.example"})
    assert User.objects.get(pk=ada.pk).email == "ada@elsewhere.example"


def test_sign_in_works_while_valkey_is_down(ada: User, dead_valkey: None) -> None:
    client = sign_in(ada)
    assert is_in(client)
    assert caches["fast"].get("anything", "nothing") == "nothing"
    caches["fast"].set("anything", 1)
    assert not caches["fast"].add("anything", 1)


PAGES = [
    "login/",
    "logout/",
    "inactive/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/1-bad/",
    "confirm-email/",
    "confirm-email/bad/",
    "email/",
    "password/change/",
    "reauthenticate/",
    "sessions/",
    "2fa/",
    "2fa/reauthenticate/",
    "2fa/totp/activate/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "2fa/webauthn/reauthenticate/",
    "2fa/authenticate/",
]
INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*(?:\ssrc=|application/json))|\son[a-z]+=|<c-", re.IGNORECASE
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["nobody", "ada", "ada with an app"])
def test_every_page_is_our_own(ada: User, page: str, who: str) -> None:
    client = Client() if who == "nobody" else sign_in(ada)
    if who == "ada with an app":
        set_up_totp(client)
    response = client.get(f"/accounts/{page}")
    if response.status_code in {302, 404}:
        return
    body = response.content.decode()
    assert response.status_code == 200
    assert "brand-panel" in body or "site-header" in body
    assert INLINE.search(body) is None


def test_pages_of_an_organization_lead_to_the_switcher(
    mercy: World, fenwick: World, ada: User, client: Client
) -> None:
    Membership.objects.filter(person_id=fenwick.colin.pk).update(user=ada)
    client = sign_in(ada)
    home = client.get("/").content.decode()
    assert "/o/mercy/" in home
    assert "/o/fenwick/" in home
    assert "/o/fenwick/" in client.get("/o/mercy/").content.decode()


def test_own_settings_show_and_change(ada: User, mercy: World) -> None:
    client = sign_in(ada)
    page = client.get("/o/mercy/settings/").content.decode()
    assert "Password only" in page
    assert client.post("/o/mercy/settings/", {"locale": "tlh"}).status_code == 422
    response = client.post("/o/mercy/settings/", {"locale": "en-gb"})
    assert response.status_code == 302
    set_up_totp(client)
    assert "Well protected" in client.get("/o/mercy/settings/").content.decode()
