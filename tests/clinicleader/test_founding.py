"""Founding an organisation: the first person gets in by the printed link, with both admin roles."""

from __future__ import annotations

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from passport.presets import STAGES
from people.models import Person
from surveys.built_in import LEADER_INDEX
from tenancy.jobs.periods import quarter_of
from tenancy.models import Organization
from tenancy.scope import tenant_scope
from tests.factories.people import make_cohort, make_cohort_membership, make_programme

FOUNDER = ["--email", "fay@newton.example", "--given-name", "Fay", "--family-name", "Founder"]


def found(*changes: str) -> str:
    out = StringIO()
    call_command("found_organization", "newton", "Newton Hospital", *FOUNDER, *changes, stdout=out)
    return out.getvalue()


def founder_in_the_browser() -> Client:
    url = urlsplit(found("--time-zone", "Europe/London").split()[-1]).path
    browser = Client()
    browser.post(url, {"password": "a long sentence of Fay", "again": "a long sentence of Fay"})
    return browser


@pytest.mark.django_db
def test_the_founder_gets_in_and_can_invite() -> None:
    browser = founder_in_the_browser()
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


@pytest.mark.django_db
def test_passport_and_pulse_work_in_the_first_minute() -> None:
    browser = founder_in_the_browser()
    browser.post("/o/newton/passport/open/")
    passport = browser.get("/o/newton/passport/").content.decode()
    assert all(preset.name in passport for preset in STAGES)
    with tenant_scope(Organization.objects.get(slug="newton").pk):
        fay = Person.objects.get()
        make_cohort_membership(make_cohort(make_programme(fay)), fay)
    quarter = quarter_of(timezone.localdate())
    assert browser.get("/o/newton/pulse/").status_code == 200
    answers = {f"item{place}": 4 for place in range(10)}
    assert browser.post(f"/o/newton/pulse/{quarter}/", answers)["Location"].endswith("/thanks/")
    upload = browser.get("/o/newton/surveys/import/").content.decode()
    assert LEADER_INDEX.title in upload
