"""Entering what was measured, from a form or a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from insights.models import PilotOutcome, PilotValue
from insights.permissions import PILOTS_ARE_KEPT_BY, can_keep_pilots
from people.access import demand
from people.member import Member


@dataclass(frozen=True, slots=True)
class Measured:
    """One value: of an outcome and a unit of its pilot, by their ids, in a period."""

    outcome_id: UUID
    unit_id: UUID
    period: dt.date
    value: Decimal
    people: int | None = None


Cell = tuple[Decimal, int | None]  # a value and how many people are behind it


@transaction.atomic
def enter_values(values: Iterable[Measured], *, by: Member) -> int:
    """Write them, over what was there. How many they are."""
    demand(can_keep_pilots(by), PILOTS_ARE_KEPT_BY)
    rows = [
        PilotValue(
            outcome_id=each.outcome_id,
            unit_id=each.unit_id,
            period=each.period,
            value=each.value,
            people=each.people,
        )
        for each in values
    ]
    PilotValue.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["organization", "outcome", "unit", "period"],
        update_fields=["value", "people"],
    )
    return len(rows)


@transaction.atomic
def set_period(
    outcome: PilotOutcome, period: dt.date, values: Mapping[UUID, Cell | None], *, by: Member
) -> None:
    """The values of one period by unit of the pilot; None takes one away."""
    demand(can_keep_pilots(by), PILOTS_ARE_KEPT_BY)
    there = {
        each.unit_id: each
        for each in PilotValue.objects.select_for_update(of=("self",)).filter(outcome=outcome, period=period)
    }
    gone = [unit for unit, value in values.items() if value is None and unit in there]
    PilotValue.objects.filter(outcome=outcome, period=period, unit__in=gone).delete()
    cells = {unit: cell for unit, cell in values.items() if cell is not None}
    changed = {
        unit: cell
        for unit, cell in cells.items()
        if unit not in there or (there[unit].value, there[unit].people) != cell
    }
    enter_values((Measured(outcome.pk, unit, period, *cell) for unit, cell in changed.items()), by=by)
