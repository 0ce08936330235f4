"""Questions about the tree of units. A subtree is one range of `path`, which an index serves."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from people.models import Appointment, Person, Position, Unit
from people.queries import employed, in_force
from tenancy.kept import kept
from tenancy.scope import current_organization_id

HEAD_COUNTS = (Path(__file__).resolve().parent / "sql" / "head_counts.sql").read_text()
CHOICES = 100  # units offered in a filter; deeper ones are reached from their own page


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of the unit browser: a unit, how deep it is shown, whom it holds and who leads it."""

    unit: Unit
    people: int  # here and in everything below
    leaders: list[Person]
    has_children: bool
    is_open: bool


def units_above(unit: Unit) -> list[Unit]:
    """The way from the root to a unit, without the unit itself; no query for a root."""
    ids = unit.way[:-1]
    return list(Unit.objects.filter(pk__in=ids).order_by("depth")) if ids else []


def root_ids() -> set[UUID]:
    """The uppermost units."""
    return set(Unit.objects.filter(parent=None).values_list("pk", flat=True))


def people_in(unit: Unit, *, on: dt.date) -> QuerySet[Person]:
    """Those who work in a unit itself."""
    return Person.objects.filter(employed(on), unit=unit)


def people_within(people: QuerySet[Person], unit: Unit) -> QuerySet[Person]:
    """Of some people those in a unit or anywhere below it."""
    low, high = unit.subtree
    return people.filter(unit__path__gte=low, unit__path__lt=high)


def uuid_or_empty(text: str) -> str:
    """A UUID as the database writes it; anything else is no choice."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def units_to_choose_from(chosen: str = "") -> list[Unit]:
    """The upper levels of the tree, as many as fit into a select, and the chosen unit; in reading order. One
    query."""
    chosen = uuid_or_empty(chosen)
    found = kept(_upper_units, UUID(chosen) if chosen else None)
    if len(found) > CHOICES:  # the last level is not complete: leave it out
        last = found[CHOICES].depth
        found = [unit for unit in found if unit.depth < last or str(unit.pk) == chosen]
    return in_reading_order(found)


def _upper_units(chosen: UUID | None) -> QuerySet[Unit]:
    """One more than can be chosen from, and the chosen one."""
    upper = Unit.objects.order_by("depth", "name", "pk")
    return upper.filter(Q(pk__in=upper.values("pk")[: CHOICES + 1]) | (Q(pk=chosen) if chosen else Q()))


def units_called(text: str) -> list[Unit]:
    """The unit with this ID, or else the units with this name in any case; a few are enough."""
    by_id = list(Unit.objects.filter(external_id=text))
    return by_id or list(Unit.objects.filter(name__iexact=text).order_by("external_id")[:8])


def in_reading_order(units: Iterable[Unit]) -> list[Unit]:
    """Parents before their children, siblings by name ("Ward 2" before "Ward 10"); a unit whose parent is
    missing comes last."""
    below: defaultdict[UUID | None, list[Unit]] = defaultdict(list)
    found = list(units)
    known = {unit.pk for unit in found}
    for unit in found:
        below[unit.parent_id].append(unit)
    ordered: list[Unit] = []
    strays = [unit for unit in found if unit.parent_id is not None and unit.parent_id not in known]
    waiting = [*_by_name(strays), *_by_name(below[None])]
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting += _by_name(below[unit.pk])
    return ordered


def _by_name(units: Iterable[Unit]) -> list[Unit]:
    """For a stack: the first name is on top."""
    return sorted(units, key=lambda unit: (_natural(unit.name), unit.pk), reverse=True)


def _natural(name: str) -> list[tuple[int, int, str]]:
    """A name as its words and numbers, numbers by their size and before words."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def branches(opened: Collection[UUID], *, on: dt.date) -> list[Branch]:
    """The browser's lines: the roots, and the children of the opened units. Three queries, however many."""
    units = list(
        Unit.objects.filter(Q(parent=None) | Q(parent__in=opened)).annotate(
            has_children=Exists(Unit.objects.filter(parent=OuterRef("pk")))
        )
    )
    shown = {unit.pk for unit in units if unit.parent_id is None}
    reachable = []
    for unit in sorted(units, key=lambda unit: unit.depth):
        # An opened unit below a closed one is not shown.
        if unit.parent_id is None or (unit.parent_id in shown and unit.parent_id in opened):
            shown.add(unit.pk)
            reachable.append(unit)
    return branches_of(reachable, opened, on=on)


def branches_of(
    units: Iterable[Unit], opened: Collection[UUID] = (), *, on: dt.date, within: Unit | None = None
) -> list[Branch]:
    """Units, annotated with `has_children`, with their counts and leaders, in reading order.

    `within`: a unit that all of them are below; spares counting everybody else.
    """
    ordered = in_reading_order(units)
    ids = [unit.pk for unit in ordered]
    counts = people_counts(ids, on=on, within=within)
    leaders = leaders_of(ids, on=on)
    return [
        Branch(
            unit,
            counts.get(unit.pk, 0),
            leaders.get(unit.pk, []),
            has_children=unit.has_children,  # type: ignore[attr-defined]  # annotated
            is_open=unit.pk in opened,
        )
        for unit in ordered
    ]


def people_counts(unit_ids: Collection[UUID], *, on: dt.date, within: Unit | None = None) -> dict[UUID, int]:
    """How many people work in each of some units with everything below it; none: the unit is left out.

    `within`: a unit that all of them are below; spares counting everybody else.
    """
    low, high = ("", "") if within is None else within.subtree
    asked: dict[str, Any] = {
        "organization": current_organization_id(),
        "units": [unit_id.hex for unit_id in unit_ids],
        "low": low,
        "high": high,
        "on": on,
    }
    with connection.cursor() as cursor:
        cursor.execute(HEAD_COUNTS, asked)
        return dict(cursor.fetchall())


def leaders_of(unit_ids: Collection[UUID], *, on: dt.date) -> dict[UUID, list[Person]]:
    """Who leads each unit by appointment; a dyad has two."""
    found: defaultdict[UUID, list[Person]] = defaultdict(list)
    appointments = (
        Appointment.objects.filter(in_force(on), position__unit__in=unit_ids, position__leads_unit=True)
        .select_related("person", "position")
        .order_by("start_date", "pk")
    )
    for appointment in appointments:
        found[appointment.position.unit_id].append(appointment.person)
    return dict(found)


def children_of(unit: Unit) -> QuerySet[Unit]:
    """The units directly below a unit, with `has_children`."""
    return Unit.objects.filter(parent=unit).annotate(
        has_children=Exists(Unit.objects.filter(parent=OuterRef("pk")))
    )


def positions_in(unit: Unit) -> QuerySet[Position]:
    """The titled roles of a unit itself, the leading ones first."""
    return Position.objects.filter(unit=unit).order_by("-leads_unit", "title", "pk")


def unit_names_by_path() -> dict[str, str]:
    """Of all units. For figures of many units at once: rows without ids are read in a quarter of the time."""
    return dict(Unit.objects.values_list("path", "name"))


def way_to(path: str) -> tuple[str, ...]:
    """The paths of the units from the root down to the one with this path."""
    return tuple(accumulate((f"{each}/" for each in path.strip("/").split("/")), initial="/"))[1:]


def paths_by_id(paths: Iterable[str]) -> dict[str, str]:
    """Paths by the id of the unit to which each leads, in hexadecimal digits."""
    return {path.rsplit("/", 2)[1]: path for path in paths}
