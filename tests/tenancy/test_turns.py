"""What is done one at a time, in each organisation by itself."""

from __future__ import annotations

from django.db import connection

from tenancy.scope import Scope
from tenancy.turns import one_at_a_time
from tests.world import World


def turns_held() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_turn_is_held_once_for_each_name(mercy: World, in_mercy: Scope) -> None:
    before = turns_held()
    one_at_a_time("this")
    one_at_a_time("this")
    one_at_a_time("that")
    assert turns_held() == before + 2
