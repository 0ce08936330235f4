"""The careers that retention and promotion velocity are made of, counted in the database: one query each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection

from people.member import Member
from readiness.cohorts import SQL, CohortFilter, directed_alone
from readiness.indicators import Career, Careers

CAREERS = (SQL / "careers.sql").read_text()
CAREERS_OF_OTHERS = (SQL / "careers_of_others.sql").read_text()


def careers_of(chosen: CohortFilter, member: Member, *, persons: bool, on: dt.date) -> Careers:
    """How many of those chosen share the days of a career.

    Whatever the quarter, stage and state: only those who stay have a score, so that choosing by it would make
    retention look complete.
    """
    low, high = ("", "") if chosen.site is None else chosen.site.subtree
    return _counted(
        CAREERS,
        {
            "organization": member.organization_id,
            "on": on,
            "cohorts": directed_alone(member, persons=persons),
            "cohort": chosen.cohort,
            "specialty": chosen.specialty,
            "low": low,
            "high": high,
        },
    )


def careers_of_others(member: Member, *, on: dt.date) -> Careers:
    """The same of people like the participants who never entered a programme, over the whole organisation."""
    return _counted(CAREERS_OF_OTHERS, {"organization": member.organization_id, "on": on})


def _counted(statement: str, asked: dict[str, Any]) -> Careers:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return {Career(*days): people for *days, people in cursor.fetchall()}
