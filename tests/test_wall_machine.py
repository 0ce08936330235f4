"""A machine that tries to get from one organisation into another: by the ORM, by raw SQL and over HTTP.

Whatever it does, in whatever order, Fenwick keeps its checksum and no answer has one of its marker strings.
What it may not do is write the transaction's own setting: whoever can run any SQL at all as the
application can choose an organisation, which is why no SQL in the product is put together from input.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tenancy.models import Membership, TenantModel
from tenancy.scope import tenant_transaction
from tests.world import NAMES, World, build_world

MARKERS = ("Fenwick", "fenwick.example")  # in every name and address there; URLs say "fenwick"
MODELS = sorted(
    (model for model in apps.get_models() if issubclass(model, TenantModel)),
    key=lambda model: model._meta.label,
)
TABLES = [model._meta.db_table for model in MODELS]
LINKS = [
    (model, field)
    for model in MODELS
    for field in model._meta.local_fields
    if field.is_relation and field.name != "organization"
]
TEXTS = [
    (model, field)
    for model in MODELS
    for field in model._meta.local_fields
    if type(field) in {models.CharField, models.TextField} and not field.choices
]


PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")  # an argument of an address, with its converter


def tenant_routes(
    patterns: list[URLPattern | URLResolver], route: str = "/"
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Every address below an organisation as a template, with its other arguments and their converters."""
    for pattern in patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from tenant_routes(pattern.url_patterns, path)
        elif "<slug:slug>" in path:
            places = [(name, kind) for kind, name in PLACE.findall(path) if name != "slug"]
            yield PLACE.sub(r"{\2}", path), tuple(places)


ROUTES = sorted(tenant_routes(get_resolver().url_patterns))


class Burglar(RuleBasedStateMachine):
    """Mercy's members, who want something of Fenwick's."""

    mercy: World
    fenwick: World

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.mercy, self.fenwick = build_world("mercy"), build_world("fenwick")
        self.loot = self.ids_of(self.fenwick)
        self.before = self.checksums()
        self.clients: dict[str, Client] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def ids_of(self, world: World) -> list[uuid.UUID]:
        with tenant_transaction(world.organization.pk), connection.cursor() as cursor:
            found = []
            for table in readable_tables():
                cursor.execute(f'SELECT id FROM "{table}"')
                found += [row[0] for row in cursor.fetchall()]
            return sorted(found)

    def checksums(self) -> dict[str, object]:
        with tenant_transaction(self.fenwick.organization.pk), connection.cursor() as cursor:
            each = (
                f"SELECT '{table}', count(*), md5(string_agg(t::text, '' ORDER BY id)) FROM \"{table}\" t"
                for table in readable_tables()
            )
            cursor.execute(" UNION ALL ".join(each))
            return {table: sums for table, *sums in cursor.fetchall()}

    def client(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = Client(raise_request_exception=True)
            self.clients[who].force_login(Membership.objects.get(person_id=self.mercy.people[who].pk).user)
        return self.clients[who]

    def attempt(self, statement: str, parameters: list[object]) -> list[tuple[Any, ...]]:
        """Run SQL in Mercy's scope; what PostgreSQL refuses is undone."""
        with tenant_transaction(self.mercy.organization.pk):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement, parameters)
                    return cursor.fetchall() if cursor.description else []
            except DatabaseError:
                return []

    @rule(choice=st.sampled_from(TEXTS), text=st.text("abc", max_size=8))
    def write_text_into_every_row_in_sight(self, choice: Any, text: str) -> None:
        model, field = choice
        with tenant_transaction(self.mercy.organization.pk):
            try:
                with transaction.atomic():
                    model.objects.update(**{field.name: text})
            except DatabaseError:
                pass  # unique or checked: nothing was written

    @rule(model=st.sampled_from(MODELS))
    def delete_every_row_in_sight(self, model: Any) -> None:
        with tenant_transaction(self.mercy.organization.pk):
            try:
                with transaction.atomic():
                    model.objects.all().delete()
            except (DatabaseError, ProtectedError):
                pass  # still in use

    @rule(choice=st.sampled_from(LINKS), data=st.data())
    def point_a_link_at_their_row(self, choice: Any, data: st.DataObject) -> None:
        model, field = choice
        prize = data.draw(st.sampled_from(self.loot))
        with tenant_transaction(self.mercy.organization.pk):
            try:
                with transaction.atomic():
                    changed = model.objects.update(**{field.attname: prize})
            except DatabaseError:
                changed = 0
        assert changed == 0

    @rule(table=st.sampled_from(TABLES))
    def read_everything(self, table: str) -> None:
        rows = self.attempt(f'SELECT organization_id, t::text FROM "{table}" t WHERE true OR id IS NULL', [])
        assert {row[0] for row in rows} <= {self.mercy.organization.pk}
        assert not any(marker in row[1] for row in rows for marker in MARKERS)

    @rule(table=st.sampled_from(TABLES), data=st.data())
    def change_their_row_by_its_key(self, table: str, data: st.DataObject) -> None:
        prize = data.draw(st.sampled_from(self.loot))
        update = f'UPDATE "{table}" SET organization_id = %s WHERE id = %s RETURNING id'
        assert self.attempt(update, [self.mercy.organization.pk, prize]) == []
        assert self.attempt(f'DELETE FROM "{table}" WHERE id = %s RETURNING id', [prize]) == []

    @rule(table=st.sampled_from(TABLES))
    def give_them_rows(self, table: str) -> None:
        update = f'UPDATE "{table}" SET organization_id = %s RETURNING id'
        assert self.attempt(update, [self.fenwick.organization.pk]) == []

    @rule(
        who=st.sampled_from(NAMES),
        route=st.sampled_from(ROUTES),
        slug=st.sampled_from(["mercy", "fenwick"]),
        method=st.sampled_from(["get", "post"]),
        data=st.data(),
    )
    def ask_over_http(
        self,
        who: str,
        route: tuple[str, tuple[tuple[str, str], ...]],
        slug: str,
        method: str,
        data: st.DataObject,
    ) -> None:
        template, places = route
        prize = data.draw(st.sampled_from(self.loot))
        url = template.format(slug=slug, **{name: argument(name, kind, prize) for name, kind in places})
        form = {name: str(prize) for name in ("person", "unit", "cohort", "manager", "parent", "id", "q")}
        answer = getattr(self.client(who), method)(url, form)
        if slug == "fenwick":
            assert answer.status_code in {302, 404, 405}, url
        assert not any(marker.encode() in answer.getvalue() for marker in MARKERS), url

    @invariant()
    def they_have_what_they_had(self) -> None:
        assert self.checksums() == self.before


def argument(name: str, kind: str, prize: uuid.UUID) -> str:
    """A value for an argument of an address: their key where a key is wanted, else a word or a number."""
    if kind == "int":
        return "1"
    return "2026Q3" if name in {"quarter", "period"} else str(prize)


def test_every_address_with_arguments_is_one_the_site_knows() -> None:
    """Otherwise the machine would try doors that are not there, nested ones among them."""
    for template, places in ROUTES:
        url = template.format(
            slug="mercy", **{name: argument(name, kind, uuid.uuid4()) for name, kind in places}
        )
        assert resolve(url), url


@cache
def readable_tables() -> list[str]:
    """Tenant tables the application may read, so that a checksum can be taken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT t FROM unnest(%s::text[]) t WHERE has_table_privilege(t, 'SELECT')", [TABLES])
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db
def test_no_way_leads_from_one_organization_into_another() -> None:
    run_state_machine_as_test(
        Burglar,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
