"""One at a time, where no row stands for what two would do at once."""

from __future__ import annotations

from django.db import connection


def one_at_a_time(what: str) -> None:
    """Wait for whoever does the same in the organisation in scope; until this transaction ends nobody else
    does it. `what` names it, such as "mentoring rule"."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), tenancy_organization()::integer)", [what])
