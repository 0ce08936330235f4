"""Pilots, with their units, outcomes and values, and what an outcome's panel says."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db.models import Count, Q, QuerySet

from insights.difference import Contrast, Difference, Panel, difference, means_by_period, trend_before
from insights.models import Pilot, PilotOutcome, PilotUnit, PilotValue
from insights.pilot_enums import Arm
from insights.pilot_periods import periods_between, phase_of

Values = dict[tuple[UUID, dt.date], PilotValue]  # by unit of the pilot and period


@dataclass(frozen=True, slots=True)
class Reading:
    """One outcome: its periods without a gap, its panel (None without any value), and what follows from it.
    `hidden`: values of too few people, which count as not known."""

    outcome: PilotOutcome
    periods: list[dt.date]
    panel: Panel | None
    difference: Difference | None
    trend: Contrast | None
    pilot_means: list[float | None]
    comparison_means: list[float | None]
    hidden: int


def pilots() -> QuerySet[Pilot]:
    """The newest first, each with how many units either arm has, and how many outcomes."""
    return Pilot.objects.annotate(
        pilots=Count("units", filter=Q(units__arm=Arm.PILOT), distinct=True),
        comparisons=Count("units", filter=Q(units__arm=Arm.COMPARISON), distinct=True),
        outcome_count=Count("outcomes", distinct=True),
    ).order_by("-starts_on", "name", "pk")


def pilot_with(pilot_id: UUID) -> Pilot | None:
    return Pilot.objects.select_related("programme", "written_by").filter(pk=pilot_id).first()


def outcome_with(outcome_id: UUID) -> PilotOutcome | None:
    return PilotOutcome.objects.select_related("pilot").filter(pk=outcome_id).first()


def pilot_unit_with(unit_id: UUID) -> PilotUnit | None:
    return PilotUnit.objects.select_related("pilot", "unit").filter(pk=unit_id).first()


def units_of(pilot: Pilot) -> list[PilotUnit]:
    """Those of the pilot first, then by name."""
    found = PilotUnit.objects.filter(pilot=pilot).select_related("unit")
    return list(found.order_by("-arm", "unit__name", "pk"))


def outcomes_of(pilot: Pilot) -> list[PilotOutcome]:
    """Declared before exploratory ones, in the order in which they were added."""
    return list(PilotOutcome.objects.filter(pilot=pilot).order_by("exploratory", "declared_on", "name", "pk"))


def values_of(outcome: PilotOutcome, *, period: dt.date) -> dict[UUID, PilotValue]:
    """By unit of the pilot."""
    return {each.unit_id: each for each in PilotValue.objects.filter(outcome=outcome, period=period)}


def all_values(pilot: Pilot) -> QuerySet[PilotValue]:
    found = PilotValue.objects.filter(outcome__pilot=pilot).select_related("outcome", "unit__unit")
    return found.order_by("outcome__name", "unit__unit__name", "unit", "period")


def readings(pilot: Pilot, outcomes: Sequence[PilotOutcome], units: Sequence[PilotUnit]) -> list[Reading]:
    """What each outcome says. One query."""
    found: dict[UUID, Values] = defaultdict(dict)
    hidden: Counter[UUID] = Counter()
    for value in PilotValue.objects.filter(outcome__pilot=pilot):
        if value.is_told:
            found[value.outcome_id][value.unit_id, value.period] = value
        else:
            hidden[value.outcome_id] += 1
    return [_reading(pilot, each, units, found[each.pk], hidden[each.pk]) for each in outcomes]


def _reading(
    pilot: Pilot, outcome: PilotOutcome, units: Sequence[PilotUnit], values: Values, hidden: int
) -> Reading:
    if not values:
        return Reading(outcome, [], None, None, None, [], [], hidden)
    known = [period for _unit, period in values]
    periods = periods_between(min(known), max(known), outcome.period)
    cells = [[values.get((unit.pk, period)) for period in periods] for unit in units]
    panel = Panel(
        np.array([[np.nan if each is None else float(each.value) for each in row] for row in cells]),
        np.array([unit.arm == Arm.PILOT for unit in units]),
        np.array([phase_of(each, outcome.period, pilot.starts_on, pilot.ends_on) for each in periods]),
    )
    means = means_by_period(panel)
    return Reading(outcome, periods, panel, difference(panel), trend_before(panel), *means, hidden)
