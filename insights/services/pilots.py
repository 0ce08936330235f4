"""Setting up pilots: what is tried, where, compared with which units, and by which outcomes it is judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.models import Pilot, PilotOutcome, PilotUnit
from insights.models.pilots import MOST_OUTCOMES, MOST_UNITS
from insights.permissions import PILOTS_ARE_KEPT_BY, can_keep_pilots
from insights.pilot_enums import Arm, Better, Every, OutcomeKind
from people.access import demand
from people.member import Member
from people.models import Person, Programme, Unit

TWICE: Final = {
    "insights_pilot_once": ("name", gettext_lazy("There is a pilot of this name already.")),
    "insights_pilotoutcome_once": ("name", gettext_lazy("The pilot has an outcome of this name already.")),
}


@dataclass(frozen=True, slots=True)
class PilotPlan:
    """`ends_on`: its last day, where it is known."""

    name: str
    tried: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    programme: Programme | None = None


@dataclass(frozen=True, slots=True)
class OutcomePlan:
    """`measure`: the unit of measure, in words."""

    name: str
    kind: OutcomeKind
    measure: str
    better: Better
    every: Every
    source: str = ""


@transaction.atomic
def plan_pilot(plan: PilotPlan, *, by: Member) -> Pilot:
    """A new one. One that has begun already may be written down too; its outcomes are exploratory then."""
    demand(can_keep_pilots(by), PILOTS_ARE_KEPT_BY)
    writer = Person.objects.get(pk=by.person_id)
    return _save(Pilot(written_by=writer, written_on=timezone.localdate()), plan)


@transaction.atomic
def change_pilot(pilot: Pilot, plan: PilotPlan, *, by: Member) -> Pilot:
    """Its words and days; the first day only while it lies ahead, and never to a day that is over."""
    demand(can_keep_pilots(by), PILOTS_ARE_KEPT_BY)
    locked = _locked(pilot)
    today = timezone.localdate()
    if plan.starts_on != locked.starts_on:
        if locked.has_begun(today):
            raise ValidationError({"starts_on": _("The pilot has begun: its first day stays.")})
        if plan.starts_on < today:
            raise ValidationError({"starts_on": _("It has not begun: its first day is not in the past.")})
        declared = locked.outcomes.filter(exploratory=False)
        if declared.filter(declared_on__gte=plan.starts_on).exists():
            raise ValidationError({"starts_on": _("Outcomes were declared on that day or later.")})
    return _save(locked, plan)


@transaction.atomic
def call_off_pilot(pilot: Pilot, *, by: Member) -> None:
    """Before it begins, and before anything was entered for it."""
    demand(can_keep_pilots(by), PILOTS_ARE_KEPT_BY)
    locked = _locked(pilot)
    if locked.has_begun(timezone.localdate()):
        raise ValidationError(_("The pilot has begun: it stays."))
    with _unless_measured(_("Values were entered for the pilot: it stays.")):
        locked.delete()


@transaction.atomic
def add_unit(pilot: Pilot, unit: Unit, arm: Arm, *, by: Member) -> PilotUnit:
    """No unit is in a pilot twice, nor within another one of it: its people would count for both."""
    demand(can_keep_pilots(by), PILOTS_ARE_KEPT_BY)
    locked = _locked(pilot)
    there = list(PilotUnit.objects.filter(pilot=locked).select_related("unit"))
    if len(there) >= MOST_UNITS:
        raise ValidationError(_("A pilot has at most %(most)d units.") % {"most": MOST_UNITS})
    for other in (each.unit for each in there):
        if other.pk == unit.pk:
            raise ValidationError({"unit": _("The unit is in the pilot already.")})
        if unit.path.startswith(other.path) or other.path.startswith(unit.path):
            words = _("It overlaps with %(unit)s, which is in the pilot already.")
            raise ValidationError({"unit": words % {"unit": other.name}})
    return PilotUnit.objects.create(pilot=locked, unit=unit, arm=arm, named_on=timezone.localdate())


@transaction.atomic
def remove_unit(unit: PilotUnit, *, by: Member) -> None:
    """Only while nothing was entered for it: nobody drops a unit for what it measured."""
    demand(can_keep_pilots(by), PILOTS_ARE_KEPT_BY)
    _locked(unit.pilot)
    with _unless_measured(_("Values were entered for the unit: it stays.")):
        unit.delete()


@transaction.atomic
def add_outcome(pilot: Pilot, plan: OutcomePlan, *, by: Member) -> PilotOutcome:
    """Declared while the pilot lies ahead; exploratory from its first day on."""
    demand(can_keep_pilots(by), PILOTS_ARE_KEPT_BY)
    locked, today = _locked(pilot), timezone.localdate()
    if locked.outcomes.count() >= MOST_OUTCOMES:
        raise ValidationError(_("A pilot has at most %(most)d outcomes.") % {"most": MOST_OUTCOMES})
    with _once():
        return PilotOutcome.objects.create(
            pilot=locked,
            name=plan.name.strip(),
            kind=plan.kind,
            measure=plan.measure.strip(),
            better=plan.better,
            every=plan.every,
            source=plan.source.strip(),
            exploratory=locked.has_begun(today),
            declared_on=today,
        )


@transaction.atomic
def remove_outcome(outcome: PilotOutcome, *, by: Member) -> None:
    """A declared one before the pilot begins, an exploratory one always; neither once it has values."""
    demand(can_keep_pilots(by), PILOTS_ARE_KEPT_BY)
    if not outcome.exploratory and _locked(outcome.pilot).has_begun(timezone.localdate()):
        raise ValidationError(_("It was declared before the pilot began: it stays."))
    with _unless_measured(_("Values were entered for the outcome: it stays.")):
        outcome.delete()


def _locked(pilot: Pilot) -> Pilot:
    return Pilot.objects.select_for_update(of=("self",)).get(pk=pilot.pk)


def _save(pilot: Pilot, plan: PilotPlan) -> Pilot:
    if plan.ends_on is not None and plan.ends_on <= plan.starts_on:
        raise ValidationError({"ends_on": _("The last day comes after the first.")})
    pilot.name, pilot.tried = plan.name.strip(), plan.tried.strip()
    pilot.starts_on, pilot.ends_on, pilot.programme = plan.starts_on, plan.ends_on, plan.programme
    with _once():
        pilot.save()
    return pilot


@contextmanager
def _unless_measured(words: str) -> Iterator[None]:
    try:
        yield
    except ProtectedError as error:
        raise ValidationError(words) from error


@contextmanager
def _once() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        for constraint, (field, words) in TWICE.items():
            if constraint in str(error):
                raise ValidationError({field: words}) from error
        raise
