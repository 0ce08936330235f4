"""Two organisations and the named people of the access story, on real PostgreSQL as the application's role.

`python3 -m launch test` starts the servers and migrates as the owner before pytest begins.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import psycopg2
import pytest
from django.core.cache import caches
from django.db import OperationalError, connection, connections
from django.test import Client
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from people.models import Person
from tenancy.models import Membership, Organization
from tenancy.scope import Scope, tenant_scope, tenant_transaction
from tests.factories.people import make_organization
from tests.world import World, build_world

# Figures do not depend on how busy the machine is, and neither may the tests of them.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database is there and migrated; the application's role could not create one."""


@pytest.fixture(scope="session")
def owner_url() -> str:
    """Where the tables' owner connects: for migrations, and here to clean up after committed tests."""
    return os.environ["OWNER_DATABASE_URL"]


@pytest.fixture
def committed_organization(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, owner_url: str
) -> Iterator[Organization]:
    """An organisation for tests that commit (seals, workers, races); its rows are deleted afterwards."""
    with django_db_blocker.unblock():
        organization = make_organization(f"committed-{uuid.uuid4().hex[:12]}")
        yield organization
        connections.close_all()
        delete_organization(owner_url, organization.pk)


@pytest.fixture
def committed_mercy(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, owner_url: str
) -> Iterator[World]:
    """The people of Mercy for what takes several transactions, as a wave from its close to its results."""
    with django_db_blocker.unblock(), committed_world("mercy", owner_url) as world:
        yield world


@contextmanager
def committed_world(name: str, owner_url: str) -> Iterator[World]:
    """The named people in an organisation that other connections see too; its rows are deleted afterwards."""
    world = build_world(f"{name}-{uuid.uuid4().hex[:8]}")
    yield world
    connections.close_all()
    delete_organization(owner_url, world.organization.pk)


@pytest.fixture
def next_transaction(committed_mercy: World) -> Iterator[Callable[[], None]]:
    """Acts for the committed Mercy in a transaction; called, it commits and begins the next one."""
    with ExitStack() as running:

        def begin() -> None:
            running.enter_context(tenant_transaction(committed_mercy.organization.pk, request_id="test"))

        def next_transaction() -> None:
            running.close()
            begin()

        begin()
        yield next_transaction


def delete_organization(owner_url: str, organization_id: int) -> None:
    """Remove every row of an organisation, as the owner, who may."""
    tables = tenant_tables(owner_url)
    with owner_of(owner_url) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT set_config('clinicleader.organization', %s, true)", [str(organization_id)])
        for name in tables:
            cursor.execute(f"DELETE FROM {name} WHERE organization_id = %s", [organization_id])
        cursor.execute("DELETE FROM tenancy_organization WHERE id = %s", [organization_id])


@cache
def owner_of(owner_url: str) -> Any:
    """One connection for all tests: a new one would read what it needs of each table and trigger again."""
    return psycopg2.connect(owner_url)


@cache
def tenant_tables(owner_url: str) -> list[str]:
    """All tables whose rows belong to an organisation, but its audit trail: children before parents."""
    with owner_of(owner_url) as owner, owner.cursor() as cursor:
        cursor.execute(
            "SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
            "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
            "AND attname = 'organization_id' AND relname NOT LIKE 'tenancy_audit%'"
        )
        order = TopologicalSorter[str]({name: () for (name,) in cursor.fetchall()})
        # Deferred keys are looked up at the end. All others link tables of organisations.
        cursor.execute(
            "SELECT confrelid::regclass::text, conrelid::regclass::text FROM pg_constraint "
            "WHERE contype = 'f' AND NOT condeferred AND conrelid <> confrelid"
        )
        for parent, child in cursor.fetchall():
            order.add(parent, child)
    return list(order.static_order())


@pytest.fixture
def owner_connection(db: None, owner_url: str) -> Iterator[None]:
    """The connection as migrations have it: the tables' owner, who bypasses row security."""
    django = connections["default"]
    as_app = django.connection
    django.connection = psycopg2.connect(owner_url)
    yield
    django.connection.close()
    django.connection = as_app


@pytest.fixture
def break_statements(db: None) -> Iterator[Callable[[str, str], None]]:
    """break_statements("people_person", "words"): from now on PostgreSQL's driver says the words and fails
    where a statement names the table."""

    def break_statements(table: str, words: str) -> None:
        def fail(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            if table in sql:
                raise OperationalError(words)
            return execute(sql, params, many, context)

        broken.enter_context(connection.execute_wrapper(fail))

    with ExitStack() as broken:
        yield break_statements


@pytest.fixture
def dead_valkey(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An address where no Valkey answers, for the cache and for the doorbell."""
    dead = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(caches["fast"], "_servers", [dead])
    monkeypatch.setattr("clinicleader.celery.app.conf.broker_url", dead, raising=False)
    vars(caches["fast"]).pop("_cache", None)  # the client of the address before
    yield
    vars(caches["fast"]).pop("_cache", None)


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
def sign_in() -> Callable[[Person], Client]:
    """sign_in(mercy.ada) is a browser in which Ada has signed in."""
    return signed_in


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Membership.objects.get(person_id=person.pk).user)
    return client
