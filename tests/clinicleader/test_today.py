"""The start page: what is due, and the way to everything a role is for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from people.models import Import, Person
from tenancy.jobs import request_run
from tenancy.models import JobStep
from tenancy.scope import tenant_transaction
from tests.world import World

SignIn = Callable[[Person], Client]


def today(client: Client, world: World) -> str:
    return client.get(reverse("today", args=[world.slug])).content.decode()


def test_an_admin_hears_of_work_that_stopped(mercy: World, sign_in: SignIn) -> None:
    with tenant_transaction(mercy.organization.pk):
        request_run("tenancy.seal_audit", "2026-11-21", by=mercy.olga.pk)
    assert "has stopped" not in today(sign_in(mercy.olga), mercy)
    with tenant_transaction(mercy.organization.pk):
        JobStep.objects.update(state=JobStep.State.PARKED, attempts=5)
    page = today(sign_in(mercy.olga), mercy)
    assert "A job has stopped" in page
    assert f"{reverse('people:jobs', args=[mercy.slug])}?state=parked" in page
    assert "has stopped" not in today(sign_in(mercy.mara), mercy)


@pytest.mark.parametrize(
    ("state", "detail"),
    [("checked", "apply it or delete it"), ("faulty", "nothing was imported"), ("applied", None)],
)
def test_a_file_waits_for_whoever_uploaded_it(
    mercy: World, sign_in: SignIn, state: str, detail: str | None
) -> None:
    with tenant_transaction(mercy.organization.pk):
        Import.objects.create(
            kind="people",
            file_name="staff.csv",
            file_size=1,
            state=state,
            effective_on=dt.date(2026, 11, 1),
            uploaded_by=mercy.olga,
        )
    page = today(sign_in(mercy.olga), mercy)
    assert ("staff.csv" in page) == (detail is not None)
    assert detail is None or detail in page


@pytest.mark.parametrize("locale", ["en-us", "en-gb"])
def test_pages_write_dates_as_somebody_chose(mercy: World, sign_in: SignIn, locale: str) -> None:
    client = sign_in(mercy.mara)
    client.post(reverse("access:settings", args=[mercy.slug]), {"locale": locale})
    day = timezone.localdate()
    written = {"en-us": f"{day:%B} {day.day}, {day.year}", "en-gb": f"{day.day} {day:%B} {day.year}"}
    assert written[locale] in today(client, mercy)


def test_a_language_nobody_can_choose_is_passed_over(mercy: World, sign_in: SignIn) -> None:
    with tenant_transaction(mercy.organization.pk):
        Person.objects.filter(pk=mercy.mara.pk).update(locale="tlh")  # by an import
    assert f'lang="{settings.LANGUAGE_CODE}"' in today(sign_in(mercy.mara), mercy)


def test_the_pages_of_a_role_are_one_click_away(mercy: World, sign_in: SignIn) -> None:
    audit_log = reverse("people:audit_log", args=[mercy.slug])
    main = today(sign_in(mercy.olga), mercy).partition("<main")[2]
    assert audit_log in main
    assert audit_log not in today(sign_in(mercy.mara), mercy)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en-gb", "3 November 2026; 3 Nov 2026; 3 Nov; 3 Nov 2026, 14:05"),
        ("en-us", "November 3, 2026; Nov 3, 2026; Nov 3; Nov 3, 2026, 2:05 PM"),
    ],
)
def test_dates_are_written_as_the_reader_chose(language: str, written: str) -> None:
    template = Template(
        '{{ at|date:"DATE_FORMAT" }}; {{ at|date:"SHORT_DATE_FORMAT" }}; {{ at|date:"MONTH_DAY_FORMAT" }}; '
        '{{ at|date:"SHORT_DATETIME_FORMAT" }}'
    )
    at = dt.datetime(2026, 11, 3, 14, 5, tzinfo=timezone.get_current_timezone())
    with translation.override(language):
        assert template.render(Context({"at": at})) == written
