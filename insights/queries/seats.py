"""Positions that are held, with what their holders were given: one statement for all of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import connection

from insights.models import SetUpRule
from insights.set_up import Lines, Seat

SEATS: Final = (Path(__file__).resolve().parent.parent / "sql" / "seats.sql").read_text()


def seats(*, on: dt.date, person_id: UUID | None = None) -> list[Seat]:
    """All, or those of one person, in the order of their titles."""
    with connection.cursor() as cursor:
        cursor.execute(SEATS, {"on": on, "person": person_id})
        return [Seat(*row) for row in cursor.fetchall()]


def lines_in_force() -> Lines:
    """The organisation's own, or the usual ones."""
    rule = SetUpRule.objects.first()
    return Lines() if rule is None else Lines(rule.least_hours, rule.most_reports, rule.warn_from)
