"""Founding an organisation: the first person gets in by the printed link, with both admin roles."""

from __future__ import annotations

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tenancy.models import Organization

FOUNDER = ["--email", "fay@newton.example", "--given-name", "Fay", "--family-name", "Founder"]


def found(*changes: str) -> str:
    out = StringIO()
    call_command("found_organization", "newton", "Newton Hospital", *FOUNDER, *changes, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_founder_gets_in_and_can_invite() -> None:
    url = urlsplit(found("--time-zone", "Europe/London").split()[-1]).path
    browser = Client()
    browser.post(url, {"password": "a long sentence of Fay", "again": "a long sentence of Fay"})
    for page in ("", "invitations/", "audit/", "roles/"):
        assert browser.get(f"/o/newton/{page}").status_code == 200
    assert Organization.objects.get(slug="newton").time_zone == "Europe/London"


@pytest.mark.django_db
def test_nonsense_founds_nothing() -> None:
    for changes in (["--time-zone", "Mars"], ["--email", "no address"]):
        with pytest.raises(CommandError):
            found(*changes)
    assert not Organization.objects.filter(slug="newton").exists()
    found()
    with pytest.raises(CommandError, match="already"):
        found()
