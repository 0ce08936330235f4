"""Row security on every query that a page runs at the scale of 73,000 people.

The statements of all pages, as the application's role under the policies and as the tables' owner, whom
policies do not bind, with the same parameters.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg2
from django.test import override_settings
from psycopg2.extensions import connection

from bench.figures import Figure, ratios_of
from bench.measuring import processor_clock, times_in_turn
from bench.organizations import analyze, mayo
from bench.visits import arguments_of, queries_of, visits

RUNS = 9
# Below this, the time is that of planning and of the line, and differs by chance.
WORTH_COMPARING = 0.001


@dataclass(frozen=True, slots=True)
class Shape:
    """A statement, the page it was seen on, and its times without and with the policies."""

    sql: str
    page: str
    without: list[float]
    under: list[float]

    @property
    def ratio(self) -> float:
        return statistics.median(self.under) / statistics.median(self.without)

    @property
    def counts(self) -> bool:
        return statistics.median(self.without) >= WORTH_COMPARING


def measure() -> Iterator[Figure]:
    organization = mayo()
    analyze()
    with override_settings(ALLOWED_HOSTS=["*"]):
        statements = select_statements()
    actor = str(arguments_of(organization)["person_id"])
    with_policy, without = (
        connect(os.environ[name], organization.pk, actor) for name in ("DATABASE_URL", "OWNER_DATABASE_URL")
    )
    shapes = [compare(sql, params, page, without, with_policy) for sql, (params, page) in statements.items()]
    yield Figure.of_times(
        "all queries of all pages together, under the policy / without",
        [sum(run) for run in zip(*(shape.without for shape in shapes), strict=True)],
        [sum(run) for run in zip(*(shape.under for shape in shapes), strict=True)],
        target=1.1,
        limit=1.5,
        note=f"{len(shapes)} different statements",
    )
    large = [shape for shape in shapes if shape.counts]
    for shape in sorted(large, key=lambda one: one.ratio)[-5:]:
        ratios = ratios_of(shape.without, shape.under)
        yield Figure(
            f"slowest under the policy, of {len(large)} that take a millisecond: {shape.page}",
            shape.ratio,
            min(ratios),
            max(ratios),
            len(ratios),
            1.1,
            1.5,
            f"`{abridged(shape.sql)}`",
        )


def select_statements() -> dict[str, tuple[object, str]]:
    """Each different SELECT that the pages run -> its parameters and the page."""
    found: dict[str, tuple[object, str]] = {}
    for page in visits(mayo())[0]:
        log: list[tuple[str, object]] = []
        with queries_of(log):
            page.open()
        for sql, params in log:
            if sql.lstrip().upper().startswith(("SELECT", "WITH")) and "FOR UPDATE" not in sql:
                found.setdefault(sql, (params, page.name))
    return found


def connect(url: str, organization_id: int, actor: str) -> connection:
    """A connection in one long transaction of the organisation."""
    made = psycopg2.connect(url)
    with made.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # whose time nobody would count
        cursor.execute(
            "SELECT set_config('clinicleader.organization', %s, true), "
            "set_config('clinicleader.actor', %s, true)",
            [str(organization_id), actor],
        )
    return made


def compare(sql: str, params: object, page: str, without: connection, under: connection) -> Shape:
    def run(connected: connection) -> None:
        with connected.cursor() as cursor:
            cursor.execute(sql, params)
            cursor.fetchall()

    clock = processor_clock(without.info.backend_pid, under.info.backend_pid)
    times = times_in_turn(lambda: run(without), lambda: run(under), runs=RUNS, warm=2, clock=clock)
    return Shape(sql, page, *times)


def abridged(sql: str) -> str:
    """Enough of a statement to find it again."""
    text = " ".join(sql.split()).replace("`", "'").replace("|", "/")
    start = text.find(" FROM ")
    return text[max(start, 0) :][:220].strip()
