"""One factory a model of pilots, and one pilot with everything."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from insights.models import Pilot, PilotOutcome, PilotUnit, PilotValue
from insights.pilot_enums import Arm, Better, Every, OutcomeKind
from people.models import Unit
from tenancy.scope import tenant_transaction
from tests.factories.people import make_unit
from tests.world import World

DAY = dt.timedelta(days=1)


def make_pilot(world: World, name: str = "Dyads", **fields: Any) -> Pilot:
    """It begins in a month, unless told otherwise."""
    today = timezone.localdate()
    values = {
        "tried": "Two lead together.",
        "starts_on": today + 30 * DAY,
        "written_by": world.henry,
        "written_on": today,
    }
    with tenant_transaction(world.organization.pk):
        return Pilot.objects.create(name=name, **{**values, **fields})


def make_outcome(pilot: Pilot, name: str = "Falls", **fields: Any) -> PilotOutcome:
    values = {
        "kind": OutcomeKind.QUALITY,
        "measure": "points",
        "better": Better.HIGHER,
        "every": Every.QUARTER,
        "declared_on": timezone.localdate(),
    }
    with tenant_transaction(pilot.organization_id):
        return PilotOutcome.objects.create(pilot=pilot, name=name, **{**values, **fields})


def make_pilot_unit(pilot: Pilot, unit: Unit, arm: Arm = Arm.PILOT, **fields: Any) -> PilotUnit:
    with tenant_transaction(pilot.organization_id):
        return PilotUnit.objects.create(
            pilot=pilot, unit=unit, arm=arm, **{"named_on": timezone.localdate(), **fields}
        )


def make_value(
    outcome: PilotOutcome, unit: PilotUnit, period: dt.date, value: str, **fields: Any
) -> PilotValue:
    with tenant_transaction(outcome.organization_id):
        return PilotValue.objects.create(
            outcome=outcome, unit=unit, period=period, value=Decimal(value), **fields
        )


def begin(pilot: Pilot, starts_on: dt.date) -> Pilot:
    """As if time had passed: whatever was declared and named, was the day before."""
    before = starts_on - DAY
    with tenant_transaction(pilot.organization_id):
        PilotUnit.objects.filter(pilot=pilot).update(named_on=before)
        Pilot.objects.filter(pk=pilot.pk).update(starts_on=starts_on)
        pilot.refresh_from_db()
    return pilot


QUARTERS = [dt.date(2024, month, 1) for month in (1, 4, 7, 10)]
STARTED = dt.date(2024, 7, 1)
# Changes of 4, 6 and 5 in the pilot, of 1 and 3 in the comparison.
MEASURED = {
    ("North", Arm.PILOT): ("10", "10", "14", "14"),
    ("East", Arm.PILOT): ("12", "12", "18", "18"),
    ("South", Arm.PILOT): ("11", "11", "16", "16"),
    ("West", Arm.COMPARISON): ("10", "10", "11", "11"),
    ("Centre", Arm.COMPARISON): ("20", "20", "23", "23"),
}


def make_measured_pilot(world: World, name: str = "Dyads") -> Pilot:
    """Four quarters of one outcome in five units, declared before the pilot began in the third quarter."""
    pilot = make_pilot(world, name)
    outcome = make_outcome(pilot, declared_on=STARTED - DAY)
    for (place, arm), values in MEASURED.items():
        unit = make_pilot_unit(pilot, make_unit(world.organization, place, world.root), arm)
        for quarter, value in zip(QUARTERS, values, strict=True):
            make_value(outcome, unit, quarter, value)
    return begin(pilot, STARTED)
