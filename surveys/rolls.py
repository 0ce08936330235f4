"""Whom a wave asks: the same population for the count of a draft and for the roll of its launch.

Set-based: the largest organisations have 73,000 people (sql/population.sql).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, Exists, OuterRef, QuerySet

from people.models import Person
from surveys.arrays import IntArray
from surveys.debrief_gate import Debriefs
from surveys.debrief_queries import debrief_counts
from surveys.enums import About
from surveys.models import Debrief, DraftCount, Instrument, RollEntry, SurveyRule, Wave
from tenancy.jobs.periods import quarter_end, quarter_of, quarter_start
from tenancy.scope import current_organization_id

NAMED: Final = 10  # of those without a leader on record
POPULATION: Final = (Path(__file__).resolve().parent / "sql" / "population.sql").read_text()

# Constants of this module, no values: those travel beside the statement.
_COUNT: Final = f"""{POPULATION},
-- The units on the way from the root, or from the surveyed unit, to where answers count.
counted AS (
    SELECT above.key, sum(here.people) AS people
    FROM (SELECT path, count(*) AS people FROM placed WHERE asked GROUP BY path) AS here
    CROSS JOIN LATERAL unnest(string_to_array(btrim(here.path, '/'), '/')) AS above (key)
    WHERE strpos(%(low)s, above.key || '/') = 0 OR right(%(low)s, length(above.key) + 1) = above.key || '/'
    GROUP BY above.key
)
SELECT count(*) FILTER (WHERE asked),
       count(DISTINCT leader_id) FILTER (WHERE asked),
       count(*) FILTER (WHERE leaderless),
       count(*) FILTER (WHERE asked_enough AND NOT leaderless),
       (SELECT count(*) FROM counted WHERE people >= %(threshold)s),
       (SELECT count(*) FROM counted)
FROM placed
"""  # noqa: S608
_LEADERLESS: Final = f"{POPULATION} SELECT id FROM placed WHERE leaderless ORDER BY id LIMIT %(limit)s"  # noqa: S608
_WRITE: Final = f"""{POPULATION}
INSERT INTO surveys_rollentry
    (id, organization_id, wave_id, person_id, unit_id, leader_id, leads, wants_reminders)
SELECT gen_random_uuid(), %(organization)s, %(wave)s, id, unit_id, leader_id,
       CASE WHEN %(compares)s THEN id IN (SELECT leader_id FROM led
           UNION SELECT leader_id FROM placed WHERE asked AND leader_id IS NOT NULL) END,
       true
FROM placed WHERE asked
"""  # noqa: S608

_SHARED: Final = f"""{POPULATION}
SELECT DISTINCT roll.wave_id
FROM surveys_rollentry AS roll JOIN placed ON placed.id = roll.person_id
WHERE roll.organization_id = %(organization)s AND roll.wave_id = ANY(%(waves)s) AND placed.asked
"""  # noqa: S608


def rule_in_force() -> SurveyRule:
    """The organisation's rule; the defaults where it has none."""
    return SurveyRule.objects.select_related("changed_by").first() or SurveyRule()


def is_about_leader(instrument: Instrument) -> bool:
    """Whether answers speak of the immediate leader, so that only people who have one are asked."""
    return instrument.about == About.LEADER


def debriefs_of_last_wave(*, on: dt.date) -> Debriefs | None:
    """The debriefs of the last wave that called for any, as they stand on a day; None without one. A survey
    from a file counts only where none ran here: with the dates somebody gave it, it could open the gate."""
    last = (
        Wave.objects.filter(Exists(Debrief.objects.filter(wave=OuterRef("pk"))))
        .order_by("imported", "-closes_on", "-pk")
        .first()
    )
    if last is None:
        return None
    closed, due = debrief_counts(last, on=on)
    return Debriefs(last.pk, last.title, due, closed)


def counted(wave: Wave, *, on: dt.date) -> DraftCount:
    """How many a draft would ask on a day, and how many not, and who some of these are; not kept yet."""
    asked_for = _asked_for(wave, on)
    with _joining_by_hash() as cursor:
        cursor.execute(_COUNT, asked_for | {"threshold": wave.threshold})
        asked, leaders, leaderless, asked_enough, large_units, units = cursor.fetchone()
        count = DraftCount(
            wave=wave,
            asked=asked,
            leaders=leaders,
            leaderless=leaderless,
            asked_enough=asked_enough,
            large_units=large_units,
            units=units,
        )
        if leaderless:
            cursor.execute(_LEADERLESS, asked_for | {"limit": NAMED})
            count.without_leader = [person for (person,) in cursor.fetchall()]
    return count


def people_without_leader(count: DraftCount) -> QuerySet[Person]:
    """Some of those whom a draft leaves out because nobody was on record as their leader."""
    people = Person.objects.filter(pk__in=count.without_leader)
    return people.select_related("unit").order_by("search_key", "id")


def waves_sharing_people(wave: Wave, others: list[UUID], *, on: dt.date) -> set[UUID]:
    """Which of some launched waves ask anybody whom a draft would ask on a day. One statement."""
    with _joining_by_hash() as cursor:
        cursor.execute(_SHARED, _asked_for(wave, on) | {"waves": others})
        return {found for (found,) in cursor.fetchall()}


def write_roll(wave: Wave, *, on: dt.date, compares: bool = False) -> int:
    """Write the roll of a draft as reporting lines and units are on a day; returns how many are on it.

    `compares`: with who of them leads, a unit or somebody else on the roll.
    """
    with _joining_by_hash() as cursor:
        cursor.execute(_WRITE, _asked_for(wave, on) | {"wave": wave.pk, "compares": compares})
        return int(cursor.rowcount)


def asked_sides(wave: Wave, units: Sequence[UUID]) -> IntArray:
    """How many leaders, and how many led, a wave's roll has directly in each of U units, shape (2, U)."""
    place = {unit: number for number, unit in enumerate(units)}
    asked = np.zeros((2, len(units)), dtype=np.int64)
    rows = RollEntry.objects.filter(wave=wave, leads__isnull=False).values_list("unit_id", "leads")
    for unit, leads, people in rows.annotate(Count("pk")).order_by():
        asked[int(not leads), place[unit]] = people
    return asked


@contextmanager
def _joining_by_hash() -> Iterator[CursorWrapper]:
    """A cursor whose statements join no table row by row. Just after an import the planner takes 73,000
    people for the few of whom it has statistics, and would count for minutes what it counts in a second.
    If a statement fails, the transaction or its savepoint takes the setting back."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield cursor
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")


def _asked_for(wave: Wave, on: dt.date) -> dict[str, Any]:
    low, high = wave.unit.subtree if wave.unit else ("", "")
    quarter = quarter_of(on)
    return {
        "organization": current_organization_id(),
        "on": on,
        "quarter_start": quarter_start(quarter),
        "quarter_end": quarter_end(quarter),
        "cap": rule_in_force().surveys_per_quarter,
        "low": low,
        "high": high,
        "cohort": wave.cohort_id,
        "audience": str(wave.audience),
        "about_leader": is_about_leader(wave.instrument),
    }
