"""Reporting lines with effective dates: a change closes the old line and opens a new one. History stays.

`request_*` make `import_requests` (who shall report to whom, from when); `plan_lines` compares it with what
is recorded and makes `import_lines` (a verdict for each row) and `import_ends` (lines to close, and when).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from people.imports.entities import PLANNED, Change, execute, rows_of, said
from people.imports.staging import STAGED
from tenancy.copy import SQL, Composed, Identifier
from tenancy.scope import current_organization_id
from web.tables_in import Fault

RECORDED = (
    "Another line is recorded {}; history is not overwritten. "
    "Choose a later effective date, or undo the import that made it."
)
FROM, UNTIL = "From", "Until"  # the days of a line, as changes call them
NOBODY = "There is no person with this ID or e-mail address"
_REQUESTS = (
    "CREATE TEMPORARY TABLE import_requests ON COMMIT DROP AS "
    "SELECT s.row_number, {person} AS person_id, {person_ref} AS person_ref, {manager} AS manager_id, "
    "{manager_ref} AS manager_ref, {start} AS start_date, {end} AS end_date FROM {staged} s {joins}"
)


def request_from_people(columns: Mapping[str, str], effective_on: dt.date) -> None:
    """A people file's manager column: from `manager_since`, or the effective date, or the first day of work.

    An empty cell means nobody, and so does everything after a person's last day.
    """
    since = SQL("s.manager_since") if columns.get("manager_since") else SQL("NULL::date")
    start = SQL("coalesce({}, greatest(%s::date, p.start_date))").format(since)
    gone = SQL("p.end_date < {}").format(start)
    _make_requests(
        person=SQL("p.id"),
        person_ref=SQL("p.external_id"),
        manager=SQL("CASE WHEN {} THEN NULL ELSE coalesce(pm.id, m.id) END").format(gone),
        manager_ref=SQL("CASE WHEN {} THEN NULL ELSE s.manager END").format(gone),
        start=SQL("CASE WHEN {} THEN p.end_date + 1 ELSE {} END").format(gone, start),
        end=SQL("NULL::date"),
        joins=SQL(
            "JOIN {0} p ON p.row_number = s.row_number "
            "LEFT JOIN {0} pm ON pm.external_id = s.manager "
            "LEFT JOIN people_person m ON m.external_id = s.manager"
        ).format(Identifier(PLANNED)),
        parameters=[effective_on] * 4,
    )


def request_from_lines(columns: Mapping[str, str], effective_on: dt.date) -> None:
    """A file of lines says everything itself; a blank start is the effective date."""
    start = SQL("s.start_date") if columns.get("start_date") else SQL("NULL::date")
    _make_requests(
        person=SQL("p.id"),
        person_ref=SQL("s.person"),
        manager=SQL("m.id"),
        manager_ref=SQL("s.manager"),
        start=SQL("coalesce({}, %s::date)").format(start),
        end=SQL("s.end_date") if columns.get("end_date") else SQL("NULL::date"),
        joins=SQL(
            "LEFT JOIN people_person p ON p.external_id = s.person "
            "LEFT JOIN people_person m ON m.external_id = s.manager"
        ),
        parameters=[effective_on],
    )


def _make_requests(*, parameters: list[object], **parts: Composed) -> None:
    execute(SQL("DROP TABLE IF EXISTS pg_temp.import_requests").format())
    execute(SQL(_REQUESTS).format(staged=Identifier(STAGED), **parts), parameters)
    execute(SQL("ANALYZE import_requests").format())


# Verdicts: open (a new line, until the next one known), close, same, none, and conflict where doing it
# would rewrite what is recorded. `c` is the line recorded for the day a request begins; an earlier row of
# the file that begins inside `c` governs instead of it.
_LINES = """
CREATE TEMPORARY TABLE import_lines ON COMMIT DROP AS
WITH ordered AS (
    SELECT q.*, lag(start_date) OVER w AS earlier, lead(start_date) OVER w AS later,
           lag(manager_id) OVER w = manager_id AND lag(end_date) OVER w IS NULL
               AND end_date IS NULL AS repeated
    FROM import_requests q WINDOW w AS (PARTITION BY person_id ORDER BY start_date, row_number)
), known AS (
    SELECT o.*, c.id AS current_id, c.manager_id AS current_manager,
           c.start_date AS current_start, c.end_date AS current_end,
           least(o.later, n.start_date) AS next_start,
           o.earlier IS NULL OR c.start_date IS NULL OR o.earlier <= c.start_date AS governs
    FROM ordered o
    LEFT JOIN people_reportingline c ON c.person_id = o.person_id AND c.start_date <= o.start_date
        AND (c.end_date IS NULL OR c.end_date > o.start_date)
    LEFT JOIN LATERAL (SELECT min(l.start_date) AS start_date FROM people_reportingline l
        WHERE l.person_id = o.person_id AND l.start_date > o.start_date) n ON true
)
SELECT *, CASE
    WHEN repeated THEN 'same'
    WHEN manager_id IS NULL THEN CASE
        WHEN current_id IS NULL OR current_end IS NOT NULL THEN 'none'
        WHEN current_start = start_date THEN 'conflict' ELSE 'close' END
    WHEN end_date > next_start THEN 'conflict'
    WHEN current_id IS NULL THEN 'open'
    WHEN current_manager = manager_id AND governs THEN CASE
        WHEN end_date IS NULL OR end_date = current_end THEN 'same'
        WHEN current_end IS NULL THEN 'close' ELSE 'conflict' END
    WHEN current_start = start_date OR current_end IS NOT NULL THEN 'conflict'
    ELSE 'open' END AS verdict,
    coalesce(end_date, next_start) AS until
FROM known
"""
_ENDS = """
CREATE TEMPORARY TABLE import_ends ON COMMIT DROP AS
SELECT current_id AS id, min(CASE WHEN verdict = 'close' AND manager_id IS NOT NULL
                                  THEN end_date ELSE start_date END) AS end_date
FROM import_lines WHERE verdict IN ('open', 'close') AND current_id IS NOT NULL GROUP BY 1
"""


def plan_lines() -> None:
    """Make `import_lines`, a verdict for each request, and `import_ends`, when which line is closed."""
    execute(SQL("DROP TABLE IF EXISTS pg_temp.import_lines, pg_temp.import_ends").format())
    for table in (_LINES, _ENDS):
        execute(SQL(table).format())
    execute(SQL("ANALYZE import_lines").format())
    execute(SQL("ANALYZE import_ends").format())


def line_faults(columns: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with the requests, each row for its first reason."""
    heading = columns["manager"]
    found = rows_of(
        SQL(
            """
            SELECT row_number, person_ref, manager_ref, start_date, end_date, current_start, current_end, CASE
                WHEN person_id IS NULL THEN 'person'
                WHEN manager_ref IS NOT NULL AND manager_id IS NULL THEN 'manager'
                WHEN manager_id = person_id THEN 'oneself'
                WHEN end_date <= start_date THEN 'backwards'
                WHEN earlier = start_date THEN 'twice'
                WHEN end_date > later THEN 'overlap'
                ELSE 'recorded' END
            FROM import_lines
            WHERE person_id IS NULL AND person_ref IS NOT NULL
               OR manager_ref IS NOT NULL AND manager_id IS NULL
               OR manager_id = person_id OR end_date <= start_date OR earlier = start_date
               OR verdict = 'conflict' AND person_id IS NOT NULL
            ORDER BY row_number
            """
        ).format()
    )
    for row, person, manager, start, end, current_start, current_end, reason in found:
        recorded = f"from {current_start} to {current_end or 'today'}" if current_start else "later on"
        message, column, value = {
            "person": (f"{NOBODY}.", columns.get("person", heading), person),
            "manager": (f"{NOBODY}: expected the manager's.", heading, manager),
            "oneself": ("Nobody reports to themselves.", heading, manager),
            "backwards": (
                f"Expected a date after the start, {start}.",
                columns.get("end_date", heading),
                end,
            ),
            "twice": (f"This person has two lines from {start}.", columns.get("start_date", heading), start),
            "overlap": ("Overlaps the next line in the file.", columns.get("end_date", heading), end),
            "recorded": (
                RECORDED.format(recorded),
                heading,
                manager,
            ),
        }[reason]
        yield Fault(message, row, column, str(value or ""))


def count_lines() -> dict[str, int]:
    """Lines added, changed (another manager), ended and unchanged."""
    (counted,) = rows_of(
        SQL(
            "SELECT count(*) FILTER (WHERE verdict = 'open' AND current_id IS NULL), "
            "count(*) FILTER (WHERE verdict = 'open' AND current_id IS NOT NULL), "
            "count(*) FILTER (WHERE verdict = 'close'), "
            "count(*) FILTER (WHERE verdict IN ('same', 'none')) FROM import_lines"
        ).format()
    )
    return dict(zip(("added", "changed", "ended", "unchanged"), counted, strict=True))


def count_without_manager() -> int:
    """Of a people file: how many lines end for an empty cell, not because somebody leaves."""
    ((count,),) = rows_of(
        SQL(
            "SELECT count(*) FROM import_lines l JOIN {} s USING (row_number) "
            "JOIN {} p USING (row_number) WHERE l.verdict = 'close' AND s.manager IS NULL "
            "AND (p.end_date IS NULL OR p.end_date >= l.start_date)"
        ).format(Identifier(STAGED), Identifier(PLANNED))
    )
    return int(count)


def sample_lines(verdict: str, limit: int, *, with_people: bool) -> list[Change]:
    """The first lines of a verdict, in people's names; `with_people`: the file may add some of them."""
    which = {
        "added": SQL("l.verdict = 'open' AND l.current_id IS NULL"),
        "changed": SQL("l.verdict = 'open' AND l.current_id IS NOT NULL"),
        "ended": SQL("l.verdict = 'close'"),
    }[verdict]
    newcomers = SQL("UNION ALL SELECT n.id, {} FROM {} n WHERE n.is_new").format(
        said("people_person", "n"), Identifier(PLANNED)
    )
    found = rows_of(
        SQL(
            "WITH named AS (SELECT t.id, {} AS said FROM people_person t {}) "
            "SELECT l.row_number, p.said, coalesce(c.said, ''), coalesce(m.said, ''), "
            "l.start_date::text, coalesce(e.end_date::text, '') "
            "FROM import_lines l LEFT JOIN named p ON p.id = l.person_id "
            "LEFT JOIN named c ON c.id = l.current_manager LEFT JOIN named m ON m.id = l.manager_id "
            "LEFT JOIN import_ends e ON e.id = l.current_id WHERE {} ORDER BY l.row_number LIMIT %s"
        ).format(said("people_person", "t"), newcomers if with_people else SQL(""), which),
        [limit],
    )
    return [
        Change(
            verdict,
            row,
            f"Reporting line of {person}",
            [["Manager", old, ""], [UNTIL, "", end]]
            if verdict == "ended"
            else [["Manager", old, new], [FROM, "", start]],
        )
        for row, person, old, new, start, end in found
    ]


def write_lines() -> None:
    """Close, then open: two statements, whatever the number of lines."""
    execute(
        SQL(
            "UPDATE people_reportingline l SET end_date = e.end_date FROM import_ends e WHERE e.id = l.id"
        ).format()
    )
    execute(
        SQL(
            "INSERT INTO people_reportingline "
            "(organization_id, id, person_id, manager_id, start_date, end_date) "
            "SELECT %s, gen_random_uuid(), person_id, manager_id, start_date, until FROM import_lines "
            "WHERE verdict = 'open' ORDER BY person_id"
        ).format(),
        [current_organization_id()],
    )
