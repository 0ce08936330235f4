"""A file through all its stations: read, staged, planned, and either looked at or written.

Everything happens in the caller's transaction and scope. Nothing is written when anything is wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import connection

from people.enums import ImportKind
from people.imports import admins, entities, lines, terms, trees
from people.imports.callings import put_ids_for_callings
from people.imports.columns import column_faults
from people.imports.entities import Change
from people.imports.fields import KINDS, Kind
from people.imports.staging import stage
from people.unit_tree import place_units
from web.tables_in import Fault, Faults, Table

SAMPLES = 500  # changes of each verdict kept to look at
_VERDICTS = ("added", "changed", "ended")


@dataclass(frozen=True, slots=True)
class Order:
    """What to read as what."""

    kind: ImportKind
    columns: Mapping[str, str]  # field name -> heading
    date_order: str
    effective_on: dt.date

    @property
    def with_lines(self) -> bool:
        """Whether the file says who reports to whom."""
        return self.kind == ImportKind.LINES or bool(
            self.kind == ImportKind.PEOPLE and self.columns.get("manager")
        )

    @property
    def with_rows(self) -> bool:
        return self.kind != ImportKind.LINES


@dataclass(slots=True)
class Examination:
    """What a file would do, or why it cannot."""

    counts: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not self.faults


def examine(table: Table, order: Order, *, with_samples: bool = True) -> Examination:
    """Stage and plan a table in temporary tables of this transaction; writes nothing else."""
    kind, found, faults = KINDS[order.kind], Examination(), Faults()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")  # sets of 100,000 rows, joined in memory
    faults.extend(column_faults(kind, table.header, order.columns))
    if not faults.count:
        found.notices = table.notices
        found.counts["rows"] = stage(kind, table, order.columns, order.date_order, faults)
        faults.extend(put_ids_for_callings(kind, order.columns))
        _plan(kind, order)
        faults.extend(_faults_in_sets(kind, order))
    found.faults, found.counts["faults"] = faults.in_order(), faults.count
    if found.clean:
        found.counts |= _counts(kind, order)
        found.notices = [*found.notices, *_warnings(order)]
        found.changes = sample(order) if with_samples else []
    return found


def write(order: Order) -> None:
    """Write what `examine` has planned in this transaction, a handful of statements in all."""
    kind = KINDS[order.kind]
    if order.with_rows:
        entities.write_plan(kind)
    if kind.kind == ImportKind.UNITS:
        place_units()
    if order.with_lines:
        lines.write_lines()


def _plan(kind: Kind, order: Order) -> None:
    if order.with_rows:
        entities.plan(kind, order.columns)
    if kind.kind == ImportKind.LINES:
        lines.request_from_lines(order.columns, order.effective_on)
    elif order.with_lines:
        lines.request_from_people(order.columns, order.effective_on)
    if order.with_lines:
        lines.plan_lines()


def _faults_in_sets(kind: Kind, order: Order) -> Iterator[Fault]:
    if order.with_rows:
        yield from entities.key_faults(kind, order.columns)
        yield from entities.link_faults(kind, order.columns)
        yield from entities.date_faults(kind, order.columns)
    if kind.kind == ImportKind.PEOPLE:
        yield from admins.last_admin_faults(order.columns)
    if kind.kind == ImportKind.UNITS:
        yield from trees.unit_circles(order.columns.get("parent", ""))
    if kind.kind == ImportKind.APPOINTMENTS:
        yield from terms.term_faults(order.columns)
    if order.with_lines:
        yield from lines.line_faults(order.columns)
        yield from trees.line_circles(order.columns["manager"])


def _warnings(order: Order) -> Iterator[str]:
    """What the file does that may not be meant."""
    count = lines.count_without_manager() if order.with_rows and order.with_lines else 0
    if count:
        who, what = (
            ("1 person has", "the reporting line ends")
            if count == 1
            else (f"{count:,} people have", "their reporting lines end")
        )
        yield (
            f"{who} no manager in the file: the cell is empty, so {what}. "
            "Leave the column out to keep managers as they are."
        )


def _counts(kind: Kind, order: Order) -> dict[str, int]:
    """The rows' own counts, and those of reporting lines that come with people."""
    if not order.with_rows:
        return lines.count_lines()
    counts = entities.count_plan(kind)
    if order.with_lines:
        counts |= {f"lines_{verdict}": count for verdict, count in lines.count_lines().items()}
    return counts


def sample(order: Order) -> list[Change]:
    """The first changes of each verdict that the plan in this transaction holds."""
    return list(_samples(KINDS[order.kind], order, SAMPLES))


def _samples(kind: Kind, order: Order, limit: int) -> Iterator[Change]:
    for verdict in _VERDICTS:
        if order.with_rows:
            yield from entities.sample_changes(kind, verdict, limit)
        if order.with_lines:
            yield from lines.sample_lines(verdict, limit, with_people=order.with_rows)
