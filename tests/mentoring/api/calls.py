"""How these tests ask the API."""

from __future__ import annotations

from typing import Any

from django.test import Client

from people.models import Person
from tests.people.test_api import bearing, make_token, problem
from tests.world import World


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


def faults(response: Any, status: int) -> dict[str, str]:
    """The messages of a refused body, each by the pointer to its field."""
    return {each["pointer"]: each["detail"] for each in problem(response, status)["errors"]}
