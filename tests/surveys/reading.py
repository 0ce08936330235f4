"""What tests of surveys read: addresses, rows behind the models' back, an instrument as it was written."""

from __future__ import annotations

from django.db import connection
from django.urls import reverse

from surveys.composition import Composition
from surveys.instrument_queries import composition_of
from surveys.models import Instrument
from tenancy.scope import tenant_scope
from tests.world import World


def address(world: World, name: str, *arguments: object) -> str:
    return reverse(f"surveys:{name}", args=[world.slug, *arguments])


def rows(sql: str, *arguments: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return list(cursor.fetchall())


def composed(instrument: Instrument) -> Composition:
    with tenant_scope(instrument.organization_id):
        return composition_of(instrument)
