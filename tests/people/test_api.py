"""The REST API: who gets in, what they see, and what errors look like."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import ApiToken, Person
from tenancy.models import AuditEntry, Membership
from tenancy.scope import tenant_transaction
from tests.factories.people import make_person, make_unit
from tests.rest import bearing, make_token, problem
from tests.world import World

SignIn = Callable[[Person], Client]
BreakStatements = Callable[[str, str], None]


@pytest.fixture
def ada_api(mercy: World) -> Client:
    return bearing(make_token(mercy, mercy.ada))


def test_a_token_acts_as_its_person(mercy: World, ada_api: Client) -> None:
    body = ada_api.get("/api/v1/o/mercy/me").json()
    assert body["person"]["id"] == str(mercy.ada.pk)
    assert body["organization"] == {"slug": "mercy", "name": "Mercy", "time_zone": settings.TIME_ZONE}
    assert (body["roles"], body["is_manager"]) == ([], False)


def test_a_session_acts_as_its_person(mercy: World, sign_in: SignIn) -> None:
    body = sign_in(mercy.henry).get("/api/v1/o/mercy/me").json()
    assert body["roles"] == ["hr_admin"]


def test_a_token_is_used_on_record_once_a_day(mercy: World, ada_api: Client) -> None:
    for _ in range(3):
        ada_api.get("/api/v1/o/mercy/me")
    with tenant_transaction(mercy.organization.pk):
        assert ApiToken.objects.get().last_used_on == timezone.localdate()
        assert AuditEntry.objects.filter(table_name="people_apitoken", operation="update").count() == 1


@pytest.mark.parametrize("url", ["me", "people", f"people/{uuid.UUID(int=1)}"])
def test_nobody_gets_in_without_showing_who_it_is(mercy: World, client: Client, url: str) -> None:
    for slug in ("mercy", "nowhere"):
        response = client.get(f"/api/v1/o/{slug}/{url}")
        problem(response, 401)
        assert response["WWW-Authenticate"] == 'Bearer realm="ClinicLeader"'


def yesterday() -> dt.date:
    return timezone.localdate() - dt.timedelta(days=1)


def test_bad_tokens_all_get_the_same_answer(mercy: World, fenwick: World) -> None:
    secrets = {
        "unknown": "cl_unknown",
        "empty": "",
        "expired": make_token(mercy, mercy.ada, expires_on=yesterday()),
        "revoked": make_token(mercy, mercy.ada, revoked_at=timezone.now()),
        "foreign": make_token(fenwick, fenwick.ada),
    }
    answers = {
        why: problem(bearing(secret).get("/api/v1/o/mercy/me"), 401) for why, secret in secrets.items()
    }
    answers["nowhere"] = problem(bearing("cl_x").get("/api/v1/o/nowhere/me"), 401)
    assert len({answer["detail"] for answer in answers.values()}) == 1


def test_a_token_ends_with_access_login_and_employment(mercy: World) -> None:
    clients = {
        name: bearing(make_token(mercy, mercy.people[name])) for name in ("ada", "mara", "colin", "eli")
    }
    Membership.objects.filter(person_id=mercy.ada.pk).delete()
    mara = Membership.objects.get(person_id=mercy.mara.pk).user
    mara.is_active = False
    mara.save()
    with tenant_transaction(mercy.organization.pk):
        Person.objects.filter(pk=mercy.colin.pk).update(end_date=yesterday())
    answers = {name: client.get("/api/v1/o/mercy/me").status_code for name, client in clients.items()}
    assert answers == {"ada": 401, "mara": 401, "colin": 401, "eli": 200}


def test_a_token_does_not_open_pages(mercy: World, ada_api: Client) -> None:
    assert ada_api.get("/o/mercy/").status_code == 302
    assert ada_api.get("/").status_code == 302


def test_a_stranger_with_a_session_finds_no_organization(
    mercy: World, fenwick: World, sign_in: SignIn
) -> None:
    client = sign_in(fenwick.olga)
    for slug in ("mercy", "nowhere"):
        problem(client.get(f"/api/v1/o/{slug}/people"), 404)


def test_the_scheme_is_read_in_any_case(mercy: World) -> None:
    secret = make_token(mercy, mercy.ada)
    client = Client(headers={"Authorization": f"bEARER {secret}"})
    assert client.get("/api/v1/o/mercy/me").status_code == 200


def test_the_directory_pages_through_everybody_here(mercy: World, fenwick: World, ada_api: Client) -> None:
    make_person(mercy.organization, "Gone", mercy.unit, end_date=yesterday())
    url, names = "/api/v1/o/mercy/people?page_size=4", []
    while url:
        page = ada_api.get(url).json()
        assert len(page["results"]) <= 4
        names += [person["given_name"].lower() for person in page["results"]]
        url = page["next"]
    assert names == sorted(mercy.people)


def test_the_directory_shows_working_details_only(mercy: World, ada_api: Client) -> None:
    person = ada_api.get(f"/api/v1/o/mercy/people/{mercy.colin.pk}").json()
    assert person.keys() == {
        "id",
        "name",
        "given_name",
        "family_name",
        "email",
        "job_title",
        "profession",
        "specialty",
        "unit",
    }
    assert person["unit"] == {"id": str(mercy.unit.pk), "name": "Cardiology", "kind": mercy.unit.kind}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "zoe"}, ["Zoë"]),
        ({"q": "MÜLL"}, ["Zoë"]),
        ({"q": "muller z"}, ["Zoë"]),
        ({"q": "ler"}, []),
        ({"q": ""}, None),
        ({"unit": "other"}, ["Zoë"]),
    ],
)
def test_the_directory_is_searched_by_the_beginning_of_names(
    mercy: World, ada_api: Client, query: dict[str, str], found: list[str] | None
) -> None:
    other = make_unit(mercy.organization, "Oncology", parent=mercy.root)
    make_person(mercy.organization, "Zoë", other, family_name="Müller")
    if "unit" in query:
        query = {"unit": str(other.pk)}
    results = ada_api.get("/api/v1/o/mercy/people", query).json()["results"]
    assert [person["given_name"] for person in results] == found or (found is None and len(results) == 10)


def test_another_organizations_people_do_not_exist(mercy: World, fenwick: World, ada_api: Client) -> None:
    problem(ada_api.get(f"/api/v1/o/mercy/people/{fenwick.colin.pk}"), 404)
    body = ada_api.get("/api/v1/o/mercy/people", {"unit": str(fenwick.unit.pk)}).json()
    assert body["results"] == []


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        (lambda c: c.get("/api/v1/o/mercy/people?unit=x"), 400),
        (lambda c: c.get("/api/v1/o/mercy/people?q=%00"), 400),
        (lambda c: c.get("/api/v1/o/mercy/people?cursor=bad"), 404),
        (lambda c: c.get("/api/v1/o/mercy/people?cursor=cD0lMDA="), 404),
        (lambda c: c.get("/api/v1/o/mercy/people/not-a-uuid"), 404),
        (lambda c: c.get("/api/v1/o/mercy/nothing"), 404),
        (lambda c: c.get("/api/nothing"), 404),
        (lambda c: c.post("/api/v1/o/mercy/me", b"{", content_type="application/json"), 405),
        (lambda c: c.delete("/api/v1/o/mercy/people"), 405),
        (lambda c: c.get("/api/v1/o/mercy/me", headers={"Accept": "text/html"}), 406),
    ],
)
def test_errors_are_problem_details(ada_api: Client, ask: Callable[[Client], Any], status: int) -> None:
    response = ask(ada_api)
    body = problem(response, status)
    if status == 400:
        assert body["errors"][0]["pointer"] in {"/unit", "/q"}
    if status == 405:
        assert "GET" in response["Allow"]


def test_a_crash_is_a_problem_without_details(mercy: World, break_statements: BreakStatements) -> None:
    secret = make_token(mercy, mercy.ada)
    break_statements('FROM "people_person"', "secret words")
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {secret}"})
    body = problem(client.get("/api/v1/o/mercy/people"), 500)
    assert "secret words" not in str(body)


def test_many_requests_are_slowed_down(
    mercy: World, ada_api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("people.rest.throttling.MemberThrottle.rate", "2/min", raising=False)
    statuses = [ada_api.get("/api/v1/o/mercy/me").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    response = ada_api.get("/api/v1/o/mercy/me")
    problem(response, 429)
    assert 0 < int(response["Retry-After"]) <= 60
    assert bearing(make_token(mercy, mercy.mara)).get("/api/v1/o/mercy/me").status_code == 200


def test_a_page_costs_the_same_with_one_and_with_many(mercy: World, ada_api: Client) -> None:
    ada_api.get("/api/v1/o/mercy/me")  # the day's use is on record
    counts = []
    for size in (1, len(mercy.people)):
        with CaptureQueriesContext(connection) as queries:
            page = ada_api.get(f"/api/v1/o/mercy/people?page_size={size}").json()
        assert len(page["results"]) == size
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 14


def test_writing_by_session_needs_the_csrf_token(mercy: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Membership.objects.get(person_id=mercy.ada.pk).user)
    problem(client.post("/api/v1/o/mercy/me"), 403)
