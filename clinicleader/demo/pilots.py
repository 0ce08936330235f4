"""A pilot that has run for a year: five departments are led by two, five are not, and three outcomes."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils import timezone

from clinicleader.demo.staff import Staff
from insights.models import Pilot, PilotOutcome, PilotUnit, PilotValue
from insights.pilot_enums import Arm, Better, Every, OutcomeKind
from insights.pilot_periods import period_of, step
from people.enums import UnitKind

DAY: Final = dt.timedelta(days=1)
NAME: Final = "Led by two"
TRIED: Final = (
    "A physician and a nurse answer for the department together, for quality, people and money. The other "
    "departments go on as they did."
)
AN_ARM, BEFORE, SINCE = 5, 6, 4  # departments, quarters before the start, quarters after it
EVERY: Final = Every.QUARTER


@dataclass(frozen=True, slots=True)
class Invented:
    """Where departments stand, how far apart, how much a quarter moves by chance; and what the pilot does."""

    name: str
    kind: OutcomeKind
    measure: str
    better: Better
    source: str
    level: float
    apart: float
    chance: float
    effect: float


OUTCOMES: Final = (
    Invented(
        *("Falls", OutcomeKind.QUALITY, "falls per 1,000 bed days", Better.LOWER, "Incident reports"),
        *(5.0, 0.6, 0.25, -0.9),
    ),
    Invented(
        *("Patients who would come again", OutcomeKind.PATIENT, "percent", Better.HIGHER, "Patient survey"),
        *(71.0, 4.0, 2.5, 1.0),
    ),
    Invented(
        *("Staff wellbeing", OutcomeKind.WELLBEING, "points of 100", Better.HIGHER, "Staff survey"),
        *(62.0, 4.0, 2.0, 4.0),
    ),
)


def fill_pilots(staff: Staff, today: dt.date, rng: random.Random) -> None:
    """One answer in a quarter came from four people: it is kept, and told nowhere."""
    start = step(period_of(today, EVERY), EVERY, -SINCE)
    pilot = Pilot.objects.create(
        name=NAME,
        tried=TRIED,
        # The database takes declared outcomes of a pilot that lies ahead: it begins when all are there.
        starts_on=max(today, timezone.localdate()) + 30 * DAY,
        written_by_id=staff.part("hr_admin").id,
        written_on=start - 60 * DAY,
    )
    departments = [each for each in staff.units if each.kind == UnitKind.DEPARTMENT and each.specialty]
    units = PilotUnit.objects.bulk_create(
        PilotUnit(
            pilot=pilot,
            unit_id=each.id,
            arm=(Arm.COMPARISON, Arm.PILOT)[place % 2],
            named_on=start - 50 * DAY,
        )
        for place, each in enumerate(departments[: 2 * AN_ARM])
    )
    for invented in OUTCOMES:
        outcome = PilotOutcome.objects.create(
            pilot=pilot,
            name=invented.name,
            kind=invented.kind,
            measure=invented.measure,
            better=invented.better,
            every=EVERY,
            source=invented.source,
            declared_on=start - 40 * DAY,
        )
        PilotValue.objects.bulk_create(
            each for unit in units for each in _values(invented, outcome, unit, start, rng)
        )
    PilotValue.objects.filter(outcome=outcome, unit=units[0], period=start).update(people=4)
    Pilot.objects.filter(pk=pilot.pk).update(starts_on=start)


def _values(
    invented: Invented, outcome: PilotOutcome, unit: PilotUnit, start: dt.date, rng: random.Random
) -> list[PilotValue]:
    own = rng.gauss(invented.level, invented.apart)
    found = []
    for place in range(-BEFORE, SINCE):
        effect = invented.effect if place >= 0 and unit.arm == Arm.PILOT else 0
        value = own + effect + rng.gauss(0, invented.chance)
        people = rng.randint(12, 60) if invented.kind.is_of_people else None
        period = step(start, EVERY, place)
        number = Decimal(f"{value:.1f}")
        found.append(PilotValue(outcome=outcome, unit=unit, period=period, value=number, people=people))
    return found
