"""COPY keeps every value, under the row policies."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import Unit
from tenancy.copy import copy_into_temporary, copy_rows
from tenancy.scope import Scope, tenant_scope
from tests.world import World

TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"))


def rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10**6), st.none() | TEXT), max_size=20))
def test_copied_values_come_back_unchanged(values: list[tuple[int, str | None]]) -> None:
    assert copy_into_temporary("copied", {"number": "integer", "text": "text"}, values) == len(values)
    assert rows("SELECT number, text FROM copied") == values


@pytest.mark.django_db
def test_many_rows_are_streamed() -> None:
    assert copy_into_temporary("copied", {"n": "integer"}, ((n,) for n in range(5_001)), indexed="n") == 5_001
    assert rows("SELECT count(*), sum(n) FROM copied") == [(5_001, 5_001 * 2_500)]


@pytest.mark.django_db
def test_values_of_other_types_are_read_by_postgresql() -> None:
    values = (True, dt.date(2026, 3, 31), uuid.UUID(int=7))
    copy_into_temporary("copied", {"flag": "boolean", "day": "date", "key": "uuid"}, [values])
    assert rows("SELECT * FROM copied") == [values]


def test_copied_rows_belong_to_the_organization_in_scope(in_mercy: Scope, fenwick: World) -> None:
    made = [(f"X{n}", "Ward", "department", "/x/", 0) for n in range(3)]
    assert copy_rows(Unit, ["external_id", "name", "kind", "path", "depth"], made) == 3
    assert Unit.objects.filter(external_id__startswith="X").count() == 3
    with tenant_scope(fenwick.organization.pk):
        assert Unit.objects.filter(external_id__startswith="X").count() == 0


def test_a_row_may_bring_its_id(in_mercy: Scope) -> None:
    unit_id = uuid.uuid4()
    copy_rows(
        Unit, ["id", "external_id", "name", "kind", "path", "depth"], [(unit_id, "X", "A", "site", "/x/", 0)]
    )
    assert Unit.objects.get(external_id="X").pk == unit_id
