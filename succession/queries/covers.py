"""How positions are covered: one statement for all of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

from django.db import connection

from succession.exposure import Cover
from succession.models import ExposureMonth

COVERS = (Path(__file__).resolve().parent.parent / "sql" / "covers.sql").read_text()


def covers(*, on: dt.date, positions: list[UUID] | None = None) -> list[Cover]:
    """All positions, or these; vacant ones first, then in the order in which terms end."""
    with connection.cursor() as cursor:
        cursor.execute(COVERS, {"on": on, "positions": positions})
        return [Cover(*row) for row in cursor.fetchall()]


def months_kept() -> list[ExposureMonth]:
    """How exposed the positions were in the last thirteen months, the first of them first."""
    return list(ExposureMonth.objects.order_by("-month")[:13])[::-1]
