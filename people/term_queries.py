"""Whether an appointment to come would pass the limit of its position, by the rule that guards the table."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import connection

from people.models import Position
from people.terms import years_later

_BEYOND = """
WITH would AS (
    SELECT id, person_id, start_date, end_date, interim FROM people_appointment
    WHERE position_id = %(position)s AND person_id = ANY (%(people)s)
    UNION ALL
    SELECT gen_random_uuid(), person, %(start)s::date, %(end)s::date, false
    FROM unnest(%(people)s::uuid[]) person
), every AS (
    SELECT array_agg(id) AS ids, array_agg(%(position)s::uuid) AS positions, array_agg(person_id) AS people,
           array_agg(start_date) AS starts, array_agg(end_date) AS ends, array_agg(interim) AS interims
    FROM would
)
SELECT DISTINCT f.person_id
FROM every, people_over_limit(ids, positions, people, starts, ends, interims) f
JOIN would w USING (id) WHERE w.start_date = %(start)s
"""


def beyond_limit(position: Position, people: list[UUID], *, start: dt.date) -> set[UUID]:
    """Who of some people may not hold a position for one more term from a day on. One query."""
    asked: dict[str, Any] = {
        "position": position.pk,
        "people": people,
        "start": start,
        "end": years_later(start, position.term_years),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEYOND, asked)
        return {person for (person,) in cursor.fetchall()}
