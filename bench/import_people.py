"""Importing 73,000 people with their reporting lines against a bare COPY of the same rows

The baseline copies the finished rows as the tables' owner into copies of both tables with the same columns,
checks and indexes, without row policies, foreign keys and audit trail. The candidate is what the import does
as the application's role: read the CSV file, check every cell and rule, plan, write, keep the audit trail.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from django.db import transaction

from bench.figures import Figure
from bench.measuring import peak_memory, times_in_turn
from people.enums import ImportKind
from people.imports import importing
from people.imports.columns import guess_columns
from people.imports.fields import PEOPLE
from people.imports.importing import Order
from people.models import Unit
from people.unit_tree import place_units
from tenancy.copy import copy_rows
from tenancy.models import Organization
from tenancy.scope import tenant_scope
from web.tables_in import open_table

PEOPLE_COUNT, UNIT_COUNT, SPAN = 73_000, 2_000, 9
HEADER = (
    "Person ID", "Given name", "Family name", "E-mail", "Unit ID", "Job title", "Profession", "Start date",
    "Manager",
)  # fmt: skip
TABLES = ("people_person", "people_reportingline")
DAY = dt.date(2026, 1, 1)


def measure() -> Iterator[Figure]:
    """The ratio of times, for all new and for all known people, and the memory."""
    organization = Organization.objects.create(slug="bench-import", name="Bench", time_zone="UTC")
    with tenant_scope(organization.pk), transaction.atomic():
        units = made_units()
    rows = list(made_people(units))
    file = as_csv(rows)
    order = Order(ImportKind.PEOPLE, guess_columns(PEOPLE, list(HEADER), {}), "ymd", DAY)
    with bare_tables() as bare:
        copies = bare_copies(organization.pk, rows, units)

        def copy() -> None:
            with bare, bare.cursor() as cursor:
                for statement, text in copies:
                    cursor.copy_expert(statement, io.StringIO(text))

        def bring_in(*, commit: bool = False) -> None:
            with tenant_scope(organization.pk, request_id="bench"), transaction.atomic():
                found = importing.examine(open_table(io.BytesIO(file)), order, with_samples=False)
                assert found.clean  # noqa: S101
                importing.write(order)
                transaction.set_rollback(not commit)

        memory = peak_memory(bring_in)  # first: a process that has done it before would grow less
        copied, brought = times_in_turn(copy, bring_in, runs=3, between=lambda: clean_tables(bare))
        yield Figure.of_times(
            f"import of {PEOPLE_COUNT:,} people with lines / bare COPY with the same indexes",
            copied,
            brought,
            target=2,
            limit=4,
            memory=memory,
        )
        yield Figure.of_number("its peak memory", memory, unit="MiB", target=250, limit=500)
        with clean_tables(bare):
            bring_in(commit=True)
        again_copied, again = times_in_turn(copy, bring_in, runs=3, between=lambda: clean_tables(bare))
        yield Figure.of_times(
            "the same file again, nothing to change / bare COPY", again_copied, again, target=1, limit=2
        )


def made_units() -> list[str]:
    """A tree of units, ten below each."""
    ids = [uuid.uuid4() for _ in range(UNIT_COUNT)]
    codes = [f"U{n}" for n in range(UNIT_COUNT)]
    copy_rows(
        Unit,
        ["id", "external_id", "name", "kind", "parent_id", "path", "depth"],
        (
            (ids[n], codes[n], f"Unit {n}", "department", ids[(n - 1) // 10] if n else None, "", 0)
            for n in range(UNIT_COUNT)
        ),
    )
    place_units()
    return codes


def made_people(units: list[str]) -> Iterator[tuple[str, ...]]:
    """Each person reports to one further up in the list, nine to a manager."""
    rng = random.Random(73)
    given = ["Ada", "Zoë", "Amélie", "John", "Wei", "Fatima", "Björn", "Ngozi", "Maria", "Ivan"]
    family = ["Okafor", "Müller", "Smith", "Li", "Haddad", "O'Neill", "García", "Novák", "Jones", "Berg"]
    for n in range(PEOPLE_COUNT):
        start = dt.date(1990, 1, 1) + dt.timedelta(days=rng.randrange(12_000))
        yield (
            f"P{n:06}", rng.choice(given), f"{rng.choice(family)}-{rng.randrange(5_000)}",
            f"p{n}@example.org", rng.choice(units), "Registered nurse",
            rng.choice(["nurse", "physician", "allied", "other"]), start.isoformat(),
            f"P{(n - 1) // SPAN:06}" if n else "",
        )  # fmt: skip


def as_csv(rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    writer.writerows(rows)
    return out.getvalue().encode()


@contextmanager
def bare_tables() -> Iterator[psycopg2.extensions.connection]:
    """Copies of the tables with the same indexes, in a schema of the owner's, gone afterwards."""
    connection = psycopg2.connect(os.environ["OWNER_DATABASE_URL"])
    with connection, connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS bench_import CASCADE; CREATE SCHEMA bench_import")
        for table in TABLES:
            cursor.execute(f"CREATE TABLE bench_import.{table} (LIKE public.{table} INCLUDING ALL)")
    try:
        yield connection
    finally:
        with connection, connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA bench_import CASCADE")
        connection.close()


def bare_copies(organization_id: int, rows: list[tuple[str, ...]], units: list[str]) -> list[tuple[str, str]]:
    """The COPY statements and the finished rows as text."""
    ids = {row[0]: uuid.uuid4() for row in rows}
    unit_ids = {code: uuid.uuid4() for code in units}
    people, lines = io.StringIO(), io.StringIO()
    for code, given, family, email, unit, title, profession, start, manager in rows:
        people.write(
            f"{organization_id}\t{ids[code]}\t{code}\t{given}\t{family}\t{email}\t{unit_ids[unit]}\t{title}\t"
            f"{profession}\t\t\tnone\t{start}\t\n"
        )
        if manager:
            lines.write(f"{organization_id}\t{uuid.uuid4()}\t{ids[code]}\t{ids[manager]}\t{DAY}\n")
    columns_of_people = (
        "organization_id, id, external_id, given_name, family_name, email, unit_id, job_title, profession, "
        "specialty, training_grade, career_stage, start_date, locale"
    )
    columns_of_lines = "organization_id, id, person_id, manager_id, start_date"
    return [
        (f"COPY bench_import.people_person ({columns_of_people}) FROM STDIN", people.getvalue()),
        (f"COPY bench_import.people_reportingline ({columns_of_lines}) FROM STDIN", lines.getvalue()),
    ]


@contextmanager
def clean_tables(owner: psycopg2.extensions.connection) -> Iterator[None]:
    """Leave no row of the last turn, dead or alive, to the next."""
    owner.rollback()
    with owner, owner.cursor() as cursor:
        cursor.execute("TRUNCATE bench_import.people_person, bench_import.people_reportingline")
    owner.autocommit = True
    try:
        with owner.cursor() as cursor:
            cursor.execute("VACUUM people_person, people_reportingline, tenancy_audit")
    finally:
        owner.autocommit = False
    yield
