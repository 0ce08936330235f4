"""Questions about the framework of competencies."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from people.models import Unit
from sponsors.enums import CompetencyGroup
from sponsors.models import Competency


def framework_for(unit: Unit | None, *, with_retired: bool = False) -> list[Competency]:
    """What holds in a unit, in reading order: the organisation's competencies, as the units on the way down
    to it word them, and what these add. Without a unit the organisation's own. Two queries."""
    there = Q(unit=None) | Q(unit__in=unit.way) if unit else Q(unit=None)
    rows = Competency.objects.filter(there).select_related("unit").prefetch_related("headings")
    found = overlaid(sorted(rows, key=_depth))
    shown = (each for each in found if with_retired or each.retired_on is None)
    return sorted(shown, key=_reading_order)


def overlaid(from_above: Iterable[Competency]) -> list[Competency]:
    """Of rows from the organisation down to a unit those that hold: the lowest of those that stand for the
    same one."""
    holding: dict[UUID, Competency] = {}
    for each in from_above:
        holding[each.stands_for_id or each.pk] = each
    return list(holding.values())


def by_group(competencies: Iterable[Competency]) -> list[tuple[CompetencyGroup, list[Competency]]]:
    """In the order of the groups."""
    ordered = sorted(competencies, key=_reading_order)
    return [
        (CompetencyGroup(group), list(rows)) for group, rows in groupby(ordered, key=lambda each: each.group)
    ]


def competency_in(unit: Unit | None, competency_id: UUID) -> Competency | None:
    """One that holds in a unit, retired ones among them; None for whatever does not."""
    held = framework_for(unit, with_retired=True)
    return next((each for each in held if each.pk == competency_id), None)


_GROUPS = [group.value for group in CompetencyGroup]


def _depth(competency: Competency) -> int:
    return -1 if competency.unit is None else competency.unit.depth


def _reading_order(competency: Competency) -> tuple[int, int, str]:
    return _GROUPS.index(competency.group), competency.place, competency.name.casefold()
