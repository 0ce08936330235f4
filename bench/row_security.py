"""Row security on every query that a page runs at the scale of 73,000 people.

The statements of all pages, as the application's role under the policies and as the tables' owner, whom
policies do not bind, with the same parameters.
"""

from __future__ import annotations

import os
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg2
from django.test import override_settings
from psycopg2.extensions import connection

from bench.figures import Figure
from bench.measuring import processor_clock, times_in_turn
from bench.organizations import analyze, mayo
from bench.visits import Visit, arguments_of, queries_of, visits

RUNS = 9
# Below this, the time is that of planning and of the line, and differs by chance.
WORTH_COMPARING = 0.001
SHOWN = 5
READS = re.compile(r"(\s|--.*\n)*(SELECT|WITH)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """A statement and its times without and with the policies."""

    sql: str
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
        pages = {page.name: statements_of(page) for page in visits(organization)[0]}
    actor = str(arguments_of(organization)["person_id"])
    with_policy, without = (
        connect(os.environ[name], organization.pk, actor) for name in ("DATABASE_URL", "OWNER_DATABASE_URL")
    )
    statements = {sql: params for page in pages.values() for sql, params in page.items()}
    shapes = {sql: compare(sql, params, without, with_policy) for sql, params in statements.items()}
    yield together("all queries of all pages", list(shapes.values()))
    figures = [together(f"queries of {name}", [shapes[sql] for sql in page]) for name, page in pages.items()]
    yield from sorted(figures, key=lambda figure: figure.median)[-SHOWN:]
    large = sorted((shape for shape in shapes.values() if shape.counts), key=lambda shape: shape.ratio)
    for shape in large[-SHOWN:]:
        yield Figure.of_times(
            f"slowest under the policy of {len(large)} statements that take a millisecond",
            shape.without,
            shape.under,
            target=None,
            limit=None,
            note=f"`{abridged(shape.sql)}`",
        )


def together(name: str, shapes: list[Shape]) -> Figure:
    """Statements as if they were one, run by run."""
    return Figure.of_times(
        f"{name}, under the policy / without",
        [sum(run) for run in zip(*(shape.without for shape in shapes), strict=True)],
        [sum(run) for run in zip(*(shape.under for shape in shapes), strict=True)],
        target=1.1,
        limit=1.5,
        note=f"{len(shapes)} different statements",
    )


def statements_of(page: Visit) -> dict[str, object]:
    """Each different SELECT that a page runs -> its parameters."""
    log: list[tuple[str, object]] = []
    with queries_of(log):
        page.open()
    return {sql: params for sql, params in log if READS.match(sql) and "FOR UPDATE" not in sql}


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


def compare(sql: str, params: object, without: connection, under: connection) -> Shape:
    def run(connected: connection) -> None:
        with connected.cursor() as cursor:
            cursor.execute(sql, params)
            cursor.fetchall()

    clock = processor_clock(without.info.backend_pid, under.info.backend_pid)
    times = times_in_turn(lambda: run(without), lambda: run(under), runs=RUNS, warm=2, clock=clock)
    return Shape(sql, *times)


def abridged(sql: str) -> str:
    """Enough of a statement to find it again."""
    text = " ".join(sql.split()).replace("`", "'").replace("|", "/")
    start = text.find(" FROM ")
    return text[max(start, 0) :][:220].strip()
