"""Keeping who leads, quarter by quarter, and the years before from the dates of people and appointments."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from django.db import connection

from insights.models import LeadershipQuarter
from insights.queries.leadership import FIELDS
from people.terms import months_later
from tenancy.jobs.periods import (
    end_of,
    last_quarters,
    previous_quarter,
    quarter_end,
    quarter_of,
    quarter_start,
)

QUARTERS: Final = 20  # five years
STATEMENT: Final = (Path(__file__).resolve().parent.parent / "sql" / "leadership_quarter.sql").read_text()


def keep_quarters(*, on: dt.date) -> int:
    """Every quarter of five years that is over and not kept is kept; how many. Of the last one the hours in
    job plans too: they are not known for an earlier day."""
    newest = previous_quarter(quarter_of(on))
    wanted = last_quarters(newest, QUARTERS)
    kept = {*LeadershipQuarter.objects.filter(quarter__in=wanted).values_list("quarter", flat=True)}
    missing = [quarter for quarter in wanted if quarter not in kept]
    for quarter in missing:
        LeadershipQuarter.objects.bulk_create(count_quarter(quarter, plans=quarter == newest))
    return len(missing)


def count_quarter(quarter: str, *, plans: bool) -> list[LeadershipQuarter]:
    """One row for each profession that anybody had on the quarter's last day; one query."""
    last = quarter_end(quarter)
    asked: dict[str, dt.date | dt.datetime | bool] = {
        "last": last,
        "begins": end_of(months_later(quarter_start(quarter), -9) - dt.timedelta(days=1)),
        "ends": end_of(last),
        "plans": plans,
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, asked)
        return [
            LeadershipQuarter(quarter=quarter, **dict(zip(FIELDS, row, strict=True)))
            for row in cursor.fetchall()
        ]
