"""Appointments of a file against the rules of terms: nobody beyond a limit, one holder at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from people.imports.entities import PLANNED, rows_of
from tenancy.copy import SQL, Identifier
from web.tables_in import Fault

# The table as it would be: what is there and not in the file, and the file.
_WITH_WOULD = """
WITH would AS (
    SELECT row_number, id, position_id, person_id, start_date, end_date, interim FROM {planned}
    WHERE position_id IS NOT NULL AND person_id IS NOT NULL AND (end_date IS NULL OR end_date > start_date)
    UNION ALL
    SELECT NULL, a.id, a.position_id, a.person_id, a.start_date, a.end_date, a.interim
    FROM people_appointment a
    WHERE a.position_id IN (SELECT position_id FROM {planned}) AND a.id NOT IN (SELECT id FROM {planned})
)
"""
_BEYOND = """
SELECT w.row_number, w.start_date, f.terms, f.years, f.most, p.max_terms
FROM (SELECT array_agg(id) AS ids, array_agg(position_id) AS positions, array_agg(person_id) AS people,
             array_agg(start_date) AS starts, array_agg(end_date) AS ends, array_agg(interim) AS interims
      FROM would) all_of,
     people_over_limit(ids, positions, people, starts, ends, interims) f
JOIN would w USING (id) JOIN people_position p ON p.id = f.position_id
WHERE w.row_number IS NOT NULL ORDER BY w.row_number
"""
_OVERLAPPING = """
SELECT DISTINCT ON (w.row_number) w.row_number, w.start_date, o.start_date, o.end_date, o.row_number
FROM would w JOIN would o ON o.position_id = w.position_id AND o.id <> w.id
    AND (o.interim = w.interim OR o.person_id = w.person_id)
    AND daterange(o.start_date, o.end_date) && daterange(w.start_date, w.end_date)
WHERE w.row_number IS NOT NULL AND (o.row_number IS NULL OR o.row_number < w.row_number)
ORDER BY w.row_number, o.start_date
"""


def term_faults(columns: Mapping[str, str]) -> Iterator[Fault]:
    """Needs `import_planned` of appointments."""
    heading = columns["start_date"]
    for row, start, terms, years, most, max_terms in _found(_BEYOND):
        reason = (
            f"It would be term {terms}; the position allows {max_terms}."
            if terms > max_terms
            else f"It would make {years} years in this position; at most {most} are allowed."
        )
        yield Fault(f"{reason} Have an exception approved first.", row, heading, str(start))
    for row, start, other, until, at in _found(_OVERLAPPING):
        where = f"the appointment in row {at}" if at else "an appointment recorded"
        days = f"from {other} until {until}" if until else f"from {other}, which has no end"
        message = f"Overlaps {where} {days}. A position is held by one at a time: end the other first."
        yield Fault(message, row, heading, str(start))


def _found(question: str) -> list[tuple[Any, ...]]:
    return rows_of(SQL(_WITH_WOULD + question).format(planned=Identifier(PLANNED)))
