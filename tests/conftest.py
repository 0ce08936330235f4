"""Two organisations and the named people of the access story, on real PostgreSQL as the application's role.

`python3 -m launch test` starts the servers and migrates as the owner before pytest begins.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import psycopg2
import pytest
from django.db import connections
from django.test import Client

from people.models import Person
from tenancy.models import Membership
from tenancy.scope import Scope, tenant_scope
from tests.world import World, build_world


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database is there and migrated; the application's role could not create one."""


@pytest.fixture
def owner_connection(db: None) -> Iterator[None]:
    """The connection as migrations have it: the tables' owner, who bypasses row security."""
    connection = connections["default"]
    as_app = connection.connection
    connection.connection = psycopg2.connect(os.environ["OWNER_DATABASE_URL"])
    yield
    connection.connection.close()
    connection.connection = as_app


@pytest.fixture
def mercy(db: None) -> World:
    return build_world("mercy")


@pytest.fixture
def fenwick(db: None) -> World:
    return build_world("fenwick")


@pytest.fixture
def in_mercy(mercy: World) -> Iterator[Scope]:
    with tenant_scope(mercy.organization.pk, request_id="test") as scope:
        yield scope


@pytest.fixture
def sign_in(db: None) -> Callable[[Person], Client]:
    """sign_in(mercy.ada) is a browser in which Ada has signed in."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(Membership.objects.get(person_id=person.pk).user)
        return client

    return sign_in
