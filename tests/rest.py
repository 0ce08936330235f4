"""How tests ask the REST API, and what they make of its errors."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils import timezone

from people.models import ApiToken, Person
from people.queries import member_for
from people.services.api_tokens import create_api_token
from tenancy.scope import tenant_transaction
from tests.world import World

PROBLEM = "application/problem+json"


def make_token(world: World, person: Person, **changes: object) -> str:
    with tenant_transaction(world.organization.pk):
        member = member_for(person.pk, on=timezone.localdate())
        assert member is not None
        token, secret = create_api_token("test", days=30, by=member)
        ApiToken.objects.filter(pk=token.pk).update(**changes)
    return secret


def bearing(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"})


def api(world: World, person: Person) -> Client:
    """A program with a token of the person."""
    return bearing(make_token(world, person))


def path(world: World, *more: object) -> str:
    return "/".join([f"/api/v1/o/{world.slug}", *map(str, more)])


def get(client: Client, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content
    return answer.json()


def post(client: Client, url: str, **body: Any) -> Any:
    return client.post(url, body, content_type="application/json")


def put(client: Client, url: str, **body: Any) -> Any:
    return client.put(url, body, content_type="application/json")


def problem(response: Any, status: int) -> dict[str, Any]:
    """The body of an error, which is a problem with that status."""
    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM)
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body.keys() >= {"type", "title", "detail"}
    return body


def faults(response: Any, status: int) -> dict[str, str]:
    """The messages of a refused body, each by the pointer to its field."""
    return {each["pointer"]: each["detail"] for each in problem(response, status)["errors"]}
