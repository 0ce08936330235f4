"""Production settings are the strict ones."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys

import pytest

PRODUCTION = {
    "CLINICLEADER_MODE": "production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "clinicleader.example.org",
    "BASE_URL": "https://clinicleader.example.org",
    "DATABASE_URL": "postgres://clinicleader_app@localhost/clinicleader",
    "EVIDENCE_SCANNER": "clamdscan --no-summary -",
}


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "clinicleader.settings"}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**environment, **PRODUCTION, **changes},
        capture_output=True,
        text=True,
        check=False,
    )


def setting(name: str, **changes: str) -> object:
    code = f"import json; from django.conf import settings; print(json.dumps(settings.{name}))"
    done = run("-c", code, **changes)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_deployment_check_is_clean() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "DEBUG")
    assert (done.returncode, done.stdout + done.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )


def test_an_installation_without_a_virus_scanner_is_told() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", EVIDENCE_SCANNER="")
    assert done.returncode == 1
    assert "meet no virus scanner" in done.stderr


def test_the_scanner_is_a_command_with_its_arguments() -> None:
    assert setting("EVIDENCE_SCANNER") == ["clamdscan", "--no-summary", "-"]


def test_production_is_the_default() -> None:
    assert setting("MODE", CLINICLEADER_MODE="production") == "production"
    code = "from django.conf import settings; print(settings.PRODUCTION, settings.DEMO, settings.DEBUG)"
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "clinicleader.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**environment, "SECRET_KEY": "x" * 50},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["True", "False", "False"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"CLINICLEADER_MODE": "debug"}, "must be production, demo or test"),
    ],
)
def test_nonsense_is_refused_with_a_reason(changes: dict[str, str], words: str) -> None:
    done = run("manage.py", "check", **changes)
    assert done.returncode != 0
    assert words in done.stderr


def test_passwords_are_hashed_with_argon2() -> None:
    hashers = setting("PASSWORD_HASHERS")
    assert isinstance(hashers, list)
    assert hashers[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SESSION_COOKIE_SECURE", True),
        ("SESSION_COOKIE_HTTPONLY", True),
        ("SESSION_COOKIE_SAMESITE", "Lax"),
        ("SESSION_EXPIRE_AT_BROWSER_CLOSE", True),
        ("CSRF_COOKIE_SECURE", True),
        ("SESSION_COOKIE_NAME", "__Host-sessionid"),
        ("CSRF_COOKIE_NAME", "__Host-csrftoken"),
        ("SESSION_COOKIE_DOMAIN", None),
        ("SESSION_COOKIE_PATH", "/"),
        ("SECURE_SSL_REDIRECT", True),
        ("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", False),
        ("ACCOUNT_DEFAULT_HTTP_PROTOCOL", "https"),
        ("MAIL_IN_BACKGROUND", True),
        ("X_FRAME_OPTIONS", "DENY"),
    ],
)
def test_production_is_strict(name: str, value: object) -> None:
    assert setting(name) == value
