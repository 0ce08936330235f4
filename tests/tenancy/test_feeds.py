"""Following what changes: also what was begun first and committed last is seen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from passport.models import Stage, Stamp, StampChange
from tenancy.feeds import number_what_waits
from tenancy.scope import tenant_transaction
from tests.factories.passport import make_milestone, make_stage, make_stamp
from tests.world import World


def stamp_somebody(world: World, title: str) -> Stamp:
    milestone = make_milestone(Stage.objects.get(), title=title)
    return make_stamp(world.ada, milestone, world.mara)


@pytest.fixture
def staged(committed_mercy: World) -> World:
    with tenant_transaction(committed_mercy.organization.pk):
        make_stage(committed_mercy.organization)
    return committed_mercy


def read(world: World, since: int) -> dict[str, int]:
    """Titles with their numbers, as somebody sees them who reads in a transaction of their own."""
    with tenant_transaction(world.organization.pk):
        number_what_waits(StampChange)
        entries = StampChange.objects.filter(number__gt=since).select_related("stamp__milestone")
        return {entry.stamp.milestone.title: entry.number or 0 for entry in entries}


def elsewhere(pool: ThreadPoolExecutor, world: World, since: int) -> dict[str, int]:
    def in_a_connection_of_its_own() -> dict[str, int]:
        try:
            return read(world, since)
        finally:
            connection.close()

    return pool.submit(in_a_connection_of_its_own).result(timeout=60)


def test_what_is_committed_late_comes_after_what_others_have_read(staged: World) -> None:
    with ThreadPoolExecutor(1) as pool:
        with tenant_transaction(staged.organization.pk):
            stamp_somebody(staged, "Early")
            # Begun and committed while the first one runs on.
            pool.submit(stamped_elsewhere, staged, "Late").result(timeout=60)
            first = elsewhere(pool, staged, 0)
        second = elsewhere(pool, staged, max(first.values()))
    assert (first.keys(), second.keys()) == ({"Late"}, {"Early"})
    assert read(staged, max(second.values())) == {}


def stamped_elsewhere(world: World, title: str) -> None:
    try:
        with tenant_transaction(world.organization.pk):
            stamp_somebody(world, title)
    finally:
        connection.close()


def test_nobody_waits_for_an_entry_that_somebody_changes(staged: World) -> None:
    with tenant_transaction(staged.organization.pk):
        stamp_somebody(staged, "Held")
    with ThreadPoolExecutor(1) as pool:
        with tenant_transaction(staged.organization.pk):
            list(StampChange.objects.select_for_update())
            stamp_somebody(staged, "New")
            assert elsewhere(pool, staged, 0) == {}
        assert elsewhere(pool, staged, 0).keys() == {"Held", "New"}


def test_a_number_is_never_given_twice(mercy: World) -> None:
    make_stage(mercy.organization)
    with tenant_transaction(mercy.organization.pk):
        stamp_somebody(mercy, "Gone")
    [number] = read(mercy, 0).values()
    with tenant_transaction(mercy.organization.pk):
        StampChange.objects.all().delete()
        stamp_somebody(mercy, "Next")
    [after] = read(mercy, 0).values()
    assert after > number
