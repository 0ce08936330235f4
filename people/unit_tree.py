"""The tree of units, as it is written."""

from __future__ import annotations

from django.db import connection

_PLACE = """
WITH RECURSIVE placed AS (
    SELECT id, '/' || replace(id::text, '-', '') || '/' AS path, 0 AS depth
    FROM people_unit WHERE parent_id IS NULL
    UNION ALL
    SELECT u.id, p.path || replace(u.id::text, '-', '') || '/', p.depth + 1
    FROM placed p JOIN people_unit u ON u.parent_id = p.id
)
UPDATE people_unit u SET path = p.path, depth = p.depth FROM placed p
WHERE p.id = u.id AND (u.path, u.depth) IS DISTINCT FROM (p.path, p.depth)
"""


def place_units() -> int:
    """Write path and depth of every unit of the organisation anew; returns how many moved.

    Called by whatever changes parents, in the same transaction; callers have made sure there is no circle.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PLACE)
        return int(cursor.rowcount)
