"""Demo mode: one click signs in, sent mail is read in the browser. Elsewhere there is no address for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import NoReverseMatch, reverse

import clinicleader.urls  # noqa: F401 - read now, in the tests' own mode
from tenancy.models import User
from tests.world import World


@pytest.fixture
def demo(settings: Any, tmp_path: Path, mercy: World) -> World:
    """Demo mode with Ada as the one persona."""
    settings.DEMO = True
    settings.VAR_DIR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.ROOT_URLCONF = "tests.people.demo_urls"
    persona = {
        "organization": "Mercy",
        "slug": "mercy",
        "name": "Ada Mercy",
        "role": "Resident, cardiology",
        "email": mercy.ada.email,
    }
    (tmp_path / "demo_personas.json").write_text(json.dumps([persona]))
    return mercy


def test_a_persona_signs_in_with_one_click(demo: World, client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "Resident, cardiology" in page
    response = client.post("/demo/sign-in/", {"email": demo.ada.email})
    assert (response.status_code, response["Location"]) == (302, "/o/mercy/")
    assert client.get("/o/mercy/").status_code == 200


def test_one_persona_follows_another_in_a_new_session(demo: World, client: Client) -> None:
    client.post("/demo/sign-in/", {"email": demo.ada.email})
    before = client.session.session_key
    client.post("/demo/sign-in/", {"email": demo.ada.email})
    assert client.session.session_key != before


def test_only_listed_addresses_sign_in(demo: World, client: Client) -> None:
    for email in (demo.henry.email, "", "nobody@mercy.example", demo.ada.email.upper()):
        assert client.post("/demo/sign-in/", {"email": email}).status_code == 404
    assert client.get("/demo/sign-in/", {"email": demo.ada.email}).status_code == 405
    User.objects.filter(email=demo.ada.email).update(is_active=False)
    assert client.post("/demo/sign-in/", {"email": demo.ada.email}).status_code == 404


def test_one_click_needs_the_csrf_token(demo: World) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/demo/sign-in/", {"email": demo.ada.email}).status_code == 403


def test_without_a_loaded_demo_the_sign_in_page_lists_nobody(
    demo: World, client: Client, settings: Any
) -> None:
    (settings.VAR_DIR / "demo_personas.json").unlink()
    assert "Try it as somebody" not in client.get("/accounts/login/").content.decode()


def test_sent_mail_is_read_newest_first(demo: World, client: Client) -> None:
    assert "No mail yet" in client.get("/demo/mail/").content.decode()
    EmailMessage("First", "Hello <b>\n\nhttps://example.org/", to=["a@mercy.example"]).send()
    EmailMessage("Second – ß", "Grüße", to=["b@mercy.example"]).send()
    page = client.get("/demo/mail/").content.decode()
    assert page.index("Second – ß") < page.index("First")
    found = client.get("/demo/mail/", {"to": "B@mercy"}).content.decode()
    assert ("Second" in found, "First" in found) == (True, False)
    assert "No mail to this address" in client.get("/demo/mail/", {"to": "nobody"}).content.decode()
    address = page.split('<a href="/demo/mail/')[2].split('"')[0]
    text = client.get(f"/demo/mail/{address}").content.decode()
    assert "Hello &lt;b&gt;" in text
    assert 'href="https://example.org/"' in text


def test_no_other_file_can_be_read(demo: World, client: Client, settings: Any) -> None:
    settings.EMAIL_FILE_PATH.mkdir()
    (settings.EMAIL_FILE_PATH / "notes.txt").write_text("Subject: secret\n\nsecret")
    assert "secret" not in client.get("/demo/mail/").content.decode()
    for name in ("notes.txt", "..%2Fdemo_personas.json", "notes.0"):
        assert client.get(f"/demo/mail/{name}/").status_code == 404


@pytest.mark.django_db
def test_other_modes_have_no_such_addresses(client: Client) -> None:
    for path in ("/demo/sign-in/", "/demo/mail/"):
        assert client.post(path).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo:sign_in")


@pytest.mark.parametrize(("mode", "found"), [("demo", True), ("production", False)])
def test_the_mode_alone_decides(mode: str, found: bool) -> None:
    code = (
        "import django; django.setup(); from django.urls import is_valid_path; "
        "print(bool(is_valid_path('/demo/mail/')), bool(is_valid_path('/demo/sign-in/')))"
    )
    environment = {
        "PATH": "/usr/bin",
        "DJANGO_SETTINGS_MODULE": "clinicleader.settings",
        "CLINICLEADER_MODE": mode,
        "SECRET_KEY": "x" * 60,
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(found)] * 2
