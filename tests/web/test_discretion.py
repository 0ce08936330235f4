"""No secret of an address comes into the logs, whichever logger and whichever answer."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.core.signing import Signer
from django.test import Client

from tenancy.models import Membership
from tests.factories.people import PASSWORD
from tests.people.test_accounts import link_in
from tests.world import World
from web.discretion import DiscreetFormatter, without_secrets

SECRET = "6mZ-secret_Q"
CONFIRM = Signer(salt="x").sign("MQ")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the handler of the settings writes."""
    [handler] = [
        each for each in logging.getLogger().handlers if isinstance(each.formatter, DiscreetFormatter)
    ]
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"POST /answers/mercy/{SECRET}/ 200", "POST /answers/mercy/***/ 200"),
        (f"GET /reminders/mercy/{SECRET}/ 200", "GET /reminders/mercy/***/ 200"),
        (f"GET /calendars/mercy/{SECRET}/ 200", "GET /calendars/mercy/***/ 200"),
        (f"GET /passports/mercy/{SECRET}/ 200", "GET /passports/mercy/***/ 200"),
        (f"GET /exposures/mercy/{SECRET}/ 200", "GET /exposures/mercy/***/ 200"),
        (f"Not Found: /invitations/mercy/{SECRET}/", "Not Found: /invitations/mercy/***/"),
        (f"Gone: /invitations/mercy/{SECRET}", "Gone: /invitations/mercy/***"),
        (f"https://x.example/invitations/mercy/{SECRET}/", "https://x.example/invitations/mercy/***/"),
        (f"/accounts/password/reset/key/1-{SECRET}/?a=1", "/accounts/password/reset/key/***/?a=1"),
        (f"/accounts/confirm-email/{CONFIRM}/", "/accounts/confirm-email/***/"),
        (
            f"/accounts/login/?next=%2Finvitations%2Fmercy%2F{SECRET}%2F",
            "/accounts/login/?next=%2Finvitations%2Fmercy%2F***%2F",
        ),
        (
            f"two: /invitations/a/{SECRET}/ /invitations/b/{SECRET}/",
            "two: /invitations/a/***/ /invitations/b/***/",
        ),
        ("/o/mercy/people/", "/o/mercy/people/"),
        ("/o/mercy/invitations/0b5e/revoke/", "/o/mercy/invitations/0b5e/revoke/"),
        ("/accounts/password/reset/", "/accounts/password/reset/"),
    ],
)
def test_secrets_in_addresses_are_masked(text: str, shown: str) -> None:
    assert without_secrets(text) == shown


@pytest.mark.parametrize("method", ["get", "post"])
def test_refused_invitations_leave_no_secret(mercy: World, log: io.StringIO, method: str) -> None:
    getattr(Client(), method)(f"/invitations/mercy/{SECRET}/")
    assert "Not Found: /invitations/mercy/***/" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_a_failure_leaves_no_secret(
    mercy: World, log: io.StringIO, break_statements: Callable[[str, str], None]
) -> None:
    break_statements("people_invitation", f"no answer for /invitations/mercy/{SECRET}/")
    Client(raise_request_exception=False).get(f"/invitations/mercy/{SECRET}/")
    assert "Internal Server Error: /invitations/mercy/***/" in log.getvalue()
    assert "OperationalError: no answer for" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_a_form_without_its_csrf_token_leaves_no_secret(mercy: World, log: io.StringIO) -> None:
    Client(enforce_csrf_checks=True).post(f"/invitations/mercy/{SECRET}/")
    assert "Forbidden (CSRF cookie not set.): /invitations/mercy/***/" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_links_of_mails_leave_no_secret(mercy: World, log: io.StringIO) -> None:
    """Sent with bodies that are too large, so that Django has something to say."""
    user = Membership.objects.get(person_id=mercy.ada.pk).user
    client = Client()
    client.post("/accounts/password/reset/", {"email": user.email})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    for message, part in zip(mail.outbox, ("password/reset/key", "confirm-email"), strict=False):
        path = link_in(message.body, part)
        client.post(path, CONTENT_LENGTH="99999999")
        assert path.rstrip("/").rsplit("/", 1)[1] not in log.getvalue()
    assert "/accounts/password/reset/key/***/" in log.getvalue()


def test_a_worker_logs_as_discreetly() -> None:
    code = (
        "import logging; from clinicleader.celery import app;"
        "app.loader.init_worker(); app.log.setup(loglevel='INFO');"
        f"logging.getLogger('people').warning('gone: /invitations/mercy/{SECRET}/')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    [line] = [each for each in done.stderr.splitlines() if "gone:" in each]
    assert line.endswith("[WARNING] people: gone: /invitations/mercy/***/")
