"""Arbitrary tables into a real organisation: never a crash, and all or nothing."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.enums import ImportKind
from people.imports.fields import KINDS
from people.models import ReportingLine
from tenancy.models import AuditEntry
from tests.people.imports.files import bring_in
from tests.world import World

pytestmark = pytest.mark.usefixtures("in_mercy")
KNOWN = ["a", "b", "c", "d"]
DAYS = ["", "2023-06-01", "2024-01-01", "2025-01-01", "2026-01-01", "2025-13-01"]
ODD = st.text(max_size=6) | st.sampled_from(["=1+1", "\x00", "x" * 300, "@a", "２"])


@pytest.fixture
def named(mercy: World) -> World:
    for code, person in zip(KNOWN, mercy.people.values(), strict=False):
        type(person).objects.filter(pk=person.pk).update(external_id=code)
    type(mercy.unit).objects.filter(pk=mercy.unit.pk).update(external_id="a")
    return mercy


@pytest.mark.parametrize("kind", list(ImportKind))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_table_is_applied_wholly_or_not_at_all(
    named: World, kind: ImportKind, data: st.DataObject
) -> None:
    fields = KINDS[kind].fields
    cell = st.sampled_from([*KNOWN, *DAYS, "yes", "4"]) | ODD
    rows = data.draw(
        st.lists(st.lists(cell, min_size=len(fields), max_size=len(fields)), min_size=1, max_size=5)
    )
    with transaction.atomic():
        before = AuditEntry.objects.count()
        found = bring_in(kind, [field.label for field in fields], *rows)
        after = AuditEntry.objects.count()
        transaction.set_rollback(True)
    if found.faults:
        assert after == before
    else:
        assert found.counts["unchanged"] == found.counts["rows"] or after > before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(*[st.sampled_from(KNOWN)] * 2, *[st.sampled_from(DAYS[:-1])] * 2), min_size=1, max_size=8
    )
)
def test_any_lines_leave_one_manager_at_a_time_and_nothing_to_do_again(
    named: World, rows: list[tuple[str, ...]]
) -> None:
    head = ("Person ID", "Manager's person ID", "Start date", "End date")
    with transaction.atomic():
        recorded = set(ReportingLine.objects.values_list("person_id", "manager_id", "start_date"))
        found = bring_in(ImportKind.LINES, head, *rows)
        now = set(ReportingLine.objects.values_list("person_id", "manager_id", "start_date"))
        again = bring_in(ImportKind.LINES, head, *rows) if not found.faults else found
        transaction.set_rollback(True)
    assert recorded <= now  # history is never overwritten
    if not found.faults:
        assert not again.faults
        assert again.counts["unchanged"] == again.counts["rows"]
