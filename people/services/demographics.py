"""What people say about themselves: declared, read and withdrawn by themselves alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from people.access import demand
from people.member import Member
from tenancy.scope import current_scope


@dataclass(frozen=True, slots=True)
class Declaration:
    """A person's own words; an empty one is not said."""

    gender: str
    ethnicity: str
    declared_at: dt.datetime


def own_declaration(*, by: Member) -> Declaration | None:
    """What the member has declared; nobody else's can be asked for."""
    _require_oneself(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gender, ethnicity, declared_at FROM people_own_demographics()")
        row = cursor.fetchone()
    return Declaration(*row) if row else None


def declare_demographics(gender: str, ethnicity: str, *, by: Member) -> None:
    """Write or replace one's own declaration."""
    _require_oneself(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_declare_demographics(%s, %s)", [gender, ethnicity])


def withdraw_demographics(*, by: Member) -> None:
    """Remove one's own declaration; without one nothing happens."""
    _require_oneself(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_withdraw_demographics()")


def _require_oneself(by: Member) -> None:
    # PostgreSQL acts for the scope's actor, whatever is asked here: the two must be one.
    demand(current_scope().actor_id == by.person_id, "Everybody declares for themselves.")
