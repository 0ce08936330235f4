"""Pages at the scale of 73,000 people.

A page that answers slower than its limit, or whose number of queries grows with its rows, fails. Times are
processor time of the worker and of its database process: other work on the machine does not count.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from django.db import connection
from django.test import Client, override_settings

from bench.figures import Figure
from bench.measuring import processor_clock, times_in_turn
from bench.organizations import mayo, ten, thousand
from bench.visits import Visit, clients_of, queries_of, visits
from tenancy.models import Organization

RUNS = 9
# Time against the floor page, number of queries: (target, limit).
LIST = ((1.5, 4.0), (10, 15))
DETAIL = ((2.0, 4.0), (12, 20))
# Overviews without an argument in the address that are no lists.
DASHBOARDS = {
    *("today", "passport:mine", "readiness:cohorts", "readiness:cohorts_course", "readiness:cohorts_queue"),
    *("mentoring:mine", "mentoring:mentorships", "mentoring:exposure_report", "mentoring:satisfaction_index"),
    *(
        "sponsors:mine",
        "sponsors:overview",
        "sponsors:caseload",
        "sponsors:accountability",
        "sponsors:quality",
    ),
    *("succession:bench", "succession:mine", "succession:set_up"),
    *("mentoring:fairness", "mentoring:accreditation", "mentoring:credit"),
}


def measure() -> Iterator[Figure]:
    with override_settings(ROOT_URLCONF="bench.floor", ALLOWED_HOSTS=["*"]):
        pages, left_out = visits(mayo())
        floor = clients_of(mayo())["hr_admin"]
        yield from times_against_floor(pages, floor)
        yield from query_counts(pages)
        yield growth(ten(), thousand())
    yield Figure.of_number(
        "addresses of the organisation measured",
        len(pages),
        unit="pages",
        target=None,
        limit=None,
        note=f"left out, as a plain GET does not open them: {', '.join(sorted(left_out))}",
    )


def is_list(page: Visit) -> bool:
    return page.is_list and page.name not in DASHBOARDS


def times_against_floor(pages: list[Visit], floor: Client) -> Iterator[Figure]:
    """One figure a page; page and floor take turns. In processor time of worker and database."""
    connection.settings_dict["CONN_MAX_AGE"] = None  # one database process from here to the end
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # whose time nobody would count
        cursor.execute("SELECT pg_backend_pid()")
        clock = processor_clock(cursor.fetchone()[0])
    for page in pages:
        if not page.is_html:
            continue
        baseline, candidate = times_in_turn(
            lambda: floor.get("/floor/"), page.open, runs=RUNS, warm=2, clock=clock
        )
        target, limit = (LIST if is_list(page) else DETAIL)[0]
        kind = "list" if is_list(page) else "page"
        count = len(statements(page))
        yield Figure.of_times(
            f"{kind} {page.name} / floor page",
            baseline,
            candidate,
            target=target,
            limit=limit,
            note=f"{count} queries, {statistics.median(candidate) * 1000:.0f} ms of processor here",
        )


def statements(page: Visit) -> list[str]:
    log: list[tuple[str, object]] = []
    with queries_of(log):
        page.open()
    return [sql for sql, _ in log]


def query_counts(pages: list[Visit]) -> Iterator[Figure]:
    for kind, wanted, (_, (target, limit)) in (("list", True, LIST), ("detail page", False, DETAIL)):
        counts = {page.name: len(statements(page)) for page in pages if is_list(page) is wanted}
        most = max(counts, key=lambda name: counts[name])
        over = sorted(name for name, count in counts.items() if count > target)
        yield Figure.of_number(
            f"queries of the {kind} with most of them",
            counts[most],
            unit="queries",
            target=target,
            limit=limit,
            note=f"{most}; above the target: {', '.join(over) or 'none'}",
        )


def growth(small: Organization, large: Organization) -> Figure:
    """How many pages need another number of queries when their lists are a hundred times as long."""
    counts = [
        {page.name: len(statements(page)) for page in visits(organization)[0]}
        for organization in (small, large)
    ]
    both = counts[0].keys() & counts[1].keys()
    grown = {name: (counts[0][name], counts[1][name]) for name in sorted(both)}
    grown = {name: pair for name, pair in grown.items() if pair[0] != pair[1]}
    said = ", ".join(f"{name} {before} and {after}" for name, (before, after) in grown.items())
    return Figure.of_number(
        "pages whose number of queries differs between 10 and 1,000 rows",
        len(grown),
        unit="pages",
        target=0,
        limit=0,
        note=said or f"{len(both)} pages compared",
    )
