"""Pilots: what some units try, the units they are compared with, and outcomes declared before it began."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import models
from django.db.models import F, Q

from insights.pilot_enums import Arm, Better, Every, OutcomeKind, PilotState
from people.models import Person, Programme, Unit
from readiness.disclosure import may_show
from tenancy.models import TenantForeignKey, TenantModel, walls

MOST_UNITS: Final = 60  # of a pilot, both arms together
MOST_OUTCOMES: Final = 20


class Pilot(TenantModel):
    """What is tried, and from which day on. The day stays as it is once it has come (sql/pilot_guard.sql)."""

    name = models.CharField(max_length=120)
    tried = models.CharField(max_length=1000)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # its last day
    programme = TenantForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("programme", "written_by"),
            models.UniqueConstraint(fields=["organization", "name"], name="insights_pilot_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(tried=""), name="insights_pilot_words"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="insights_pilot_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def state(self, on: dt.date) -> PilotState:
        if on < self.starts_on:
            return PilotState.PLANNED
        return PilotState.OVER if self.ends_on and on > self.ends_on else PilotState.RUNNING

    def has_begun(self, on: dt.date) -> bool:
        return self.starts_on <= on


class PilotUnit(TenantModel):
    """A unit in one arm of a pilot. Nobody draws lots: `named_on` says whether it was chosen before
    the start."""

    pilot = TenantForeignKey(Pilot, on_delete=models.CASCADE, related_name="units")
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    arm = models.CharField(max_length=10, choices=Arm.choices)
    named_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("pilot", "unit"),
            models.UniqueConstraint(fields=["organization", "pilot", "unit"], name="insights_pilotunit_once"),
            models.CheckConstraint(condition=Q(arm__in=Arm.values), name="insights_pilotunit_arm"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.arm}"


class PilotOutcome(TenantModel):
    """What is measured. Added before the start or as exploratory, and never reworded; one that was declared
    is not taken away once the pilot has begun (sql/pilot_guard.sql)."""

    pilot = TenantForeignKey(Pilot, on_delete=models.CASCADE, related_name="outcomes")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=OutcomeKind.choices)
    measure = models.CharField(max_length=40)  # the unit of measure
    better = models.CharField(max_length=6, choices=Better.choices)
    every = models.CharField(max_length=7, choices=Every.choices)
    source = models.CharField(max_length=300, blank=True)
    exploratory = models.BooleanField(default=False)
    declared_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("pilot"),
            models.UniqueConstraint(
                fields=["organization", "pilot", "name"], name="insights_pilotoutcome_once"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(measure=""), name="insights_pilotoutcome_words"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OutcomeKind.values)
                & Q(better__in=Better.values)
                & Q(every__in=Every.values),
                name="insights_pilotoutcome_choices",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> Every:
        return Every(self.every)


class PilotValue(TenantModel):
    """What a unit measured in one period. `people`: how many are behind it, always known of outcomes of
    people. A value of a few is kept and told nowhere. Units count once each, however many people they are."""

    outcome = TenantForeignKey(PilotOutcome, on_delete=models.PROTECT, related_name="values")
    unit = TenantForeignKey(PilotUnit, on_delete=models.PROTECT, related_name="values")
    period = models.DateField()  # its first day
    value = models.DecimalField(max_digits=16, decimal_places=4)
    people = models.PositiveIntegerField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("outcome", "unit"),
            models.UniqueConstraint(
                fields=["organization", "outcome", "unit", "period"], name="insights_pilotvalue_once"
            ),
            models.CheckConstraint(condition=Q(period__day=1), name="insights_pilotvalue_first_day"),
            models.CheckConstraint(
                condition=Q(people=None) | Q(people__gt=0), name="insights_pilotvalue_people"
            ),
        ]
        indexes = [models.Index(fields=["organization", "unit"], name="insights_pilotvalue_unit")]

    def __str__(self) -> str:
        return f"{self.value} in {self.period}"

    @property
    def is_told(self) -> bool:
        """Whether it is of nobody in particular, or of enough people."""
        return self.people is None or may_show(self.people)
