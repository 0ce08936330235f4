"""Questions about surveys, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from people.models import Appointment, Unit
from people.queries import in_force
from surveys.models import Instrument, InstrumentItem
from surveys.questionnaire import Question, Questionnaire


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit in tree order: parents before children, siblings by name ("Ward 2" before "Ward 10")."""

    id: UUID
    name: str
    depth: int
    parent: int  # its place in the same list; -1 for a root


def instrument_items(instrument: Instrument) -> QuerySet[InstrumentItem]:
    """The items of an instrument in their order."""
    return InstrumentItem.objects.filter(instrument=instrument).order_by("position")


def questionnaire_of(instrument: Instrument, items: list[InstrumentItem] | None = None) -> Questionnaire:
    """An instrument as scoring sees it."""
    return Questionnaire(
        tuple(
            Question(item.key, item.part, item.group, item.low, item.high, item.reversed)
            for item in (instrument_items(instrument) if items is None else items)
        ),
        instrument.minimum_answered,
    )


def units_in_tree_order() -> list[PlacedUnit]:
    """All units of the organisation, in one query."""
    children: dict[UUID | None, list[tuple[UUID, str]]] = {}
    for unit_id, parent_id, name in Unit.objects.values_list("id", "parent_id", "name"):
        children.setdefault(parent_id, []).append((unit_id, name))
    placed: list[PlacedUnit] = []
    waiting = [(unit, 0, -1) for unit in _by_name(children.get(None, []))]
    while waiting:
        (unit_id, name), depth, parent = waiting.pop()
        waiting += [(child, depth + 1, len(placed)) for child in _by_name(children.get(unit_id, []))]
        placed.append(PlacedUnit(unit_id, name, depth, parent))
    return placed


def _by_name(units: list[tuple[UUID, str]]) -> list[tuple[UUID, str]]:
    """Last name first, as the stack of `units_in_tree_order` wants them."""
    return sorted(units, key=lambda unit: (_natural(unit[1]), str(unit[0])), reverse=True)


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def leaders_of_units(*, on: dt.date) -> dict[UUID, UUID]:
    """Who led each unit on a day: the incumbent of its leading position, the longest-serving of several."""
    leaders: dict[UUID, UUID] = {}
    for unit_id, person_id in (
        Appointment.objects.filter(in_force(on), position__leads_unit=True)
        .order_by("interim", "start_date", "id")
        .values_list("position__unit_id", "person_id")
    ):
        leaders.setdefault(unit_id, person_id)
    return leaders
