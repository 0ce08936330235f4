"""Who leads which unit, from when to when, and how each is led on a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import NamedTuple
from uuid import UUID

from django.utils.functional import Promise

from insights.enums import Structure
from insights.structures import Arrangement, Tenure, arrangement_on, structure_on
from partnerships.models import Partner
from people.enums import UnitKind
from people.models import Appointment, Unit


def tenures(*, on: dt.date) -> dict[UUID, list[Tenure]]:
    """By unit: partners, and who holds a position that leads it; what began until a day. Two queries."""
    found: defaultdict[UUID, list[Tenure]] = defaultdict(list)
    partners = Partner.objects.filter(start_date__lte=on).values_list(
        "partnership__unit_id", "person_id", "start_date", "end_date", "partnership__end_date"
    )
    for unit, person, start, end, over in partners:
        found[unit].append(Tenure(person, True, start, min(filter(None, (end, over)), default=None)))
    held = Appointment.objects.filter(start_date__lte=on, position__leads_unit=True)
    for unit, person, start, end in held.values_list(
        "position__unit_id", "person_id", "start_date", "end_date"
    ):
        found[unit].append(Tenure(person, False, start, end))
    return found


def structures(*, on: dt.date) -> dict[UUID, Structure]:
    """Of each unit that anybody leads, or led. Two queries."""
    return {unit: structure_on(each, on) for unit, each in tenures(on=on).items()}


class LedUnit(NamedTuple):
    """What the register says of a unit beside its arrangement."""

    pk: UUID
    name: str
    kind: str
    path: str

    @property
    def kind_label(self) -> str | Promise:
        return UnitKind(self.kind).label


def register(*, on: dt.date) -> list[tuple[LedUnit, Arrangement]]:
    """Every unit in the order of the tree, with how it is led and since when. Three queries."""
    found = tenures(on=on)
    units = Unit.objects.order_by("path").values_list(*LedUnit._fields)
    return [(unit, arrangement_on(found.get(unit.pk, ()), on)) for unit in map(LedUnit._make, units)]
