from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from people.enums import PositionType
from people.models.persons import DateRange, Person
from people.models.units import Unit
from tenancy.models import TenantForeignKey, TenantModel, walls


class Position(TenantModel):
    """A formal titled leadership role in a unit."""

    external_id = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    type = models.CharField(max_length=20, choices=PositionType.choices, default=PositionType.OTHER)
    leads_unit = models.BooleanField(default=False)  # its incumbent is the unit's leader
    term_years = models.PositiveSmallIntegerField(default=4)
    max_terms = models.PositiveSmallIntegerField(default=2)
    # The rule of terms in force for this position, as people/sql/term_limits.sql applies it.
    most_years = models.PositiveSmallIntegerField(default=8, db_default=8)
    hard_limit = models.BooleanField(default=True, db_default=True)  # refused beyond it, but for exceptions
    # Interim cover counts when it lasts longer.
    interim_months = models.PositiveSmallIntegerField(default=6, db_default=6)
    # Away for so long, the clock begins anew; 0: never.
    cool_off_years = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("unit"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="people_position_external_id"
            ),
            models.CheckConstraint(condition=models.Q(term_years__gte=1), name="people_position_term"),
            models.CheckConstraint(condition=models.Q(max_terms__gte=1), name="people_position_max_terms"),
            models.CheckConstraint(condition=models.Q(most_years__gte=1), name="people_position_most_years"),
        ]
        indexes = [models.Index(fields=["organization", "unit"], name="people_position_unit")]

    def __str__(self) -> str:
        return self.title


class Appointment(TenantModel):
    """A person in a position for a term."""

    position = TenantForeignKey(Position, on_delete=models.CASCADE, related_name="appointments")
    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="appointments")
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)  # the first day it no longer holds
    term_number = models.PositiveSmallIntegerField(default=1)
    interim = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("position", "person"),
            models.UniqueConstraint(
                fields=["organization", "position", "person", "start_date"], name="people_appointment_once"
            ),
            models.CheckConstraint(
                condition=models.Q(end_date__isnull=True) | models.Q(end_date__gt=models.F("start_date")),
                name="people_appointment_dates",
            ),
            models.CheckConstraint(condition=models.Q(term_number__gte=1), name="people_appointment_term"),
            *(
                ExclusionConstraint(
                    name=f"people_appointment_{name}",
                    expressions=[
                        ("organization", RangeOperators.EQUAL),
                        ("position", RangeOperators.EQUAL),
                        *((each, RangeOperators.EQUAL) for each in besides),
                        (DateRange("start_date", "end_date", RangeBoundary()), RangeOperators.OVERLAPS),
                    ],
                    condition=condition,
                )
                for name, besides, condition in (
                    ("one_holder", [], Q(interim=False)),
                    ("one_cover", [], Q(interim=True)),
                    ("not_twice", ["person"], None),
                )
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="people_appointment_person")]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.position_id} from {self.start_date}"


class TermException(TenantModel):
    """Leave for one person to hold one position beyond its limit, until a day (C8). Asked for by one,
    approved or refused by another, and neither of them is whom it is for."""

    position = TenantForeignKey(Position, on_delete=models.CASCADE, related_name="term_exceptions")
    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="term_exceptions")
    expires_on = models.DateField()  # the last day it allows
    reason = models.CharField(max_length=500)
    asked_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    approved_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField(null=True, blank=True)
    refused_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refused_on = models.DateField(null=True, blank=True)
    refusal = models.CharField(max_length=500, blank=True)  # why

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(
                "position", "person", "asked_by", "approved_by", "refused_by", redact=("reason", "refusal")
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="people_termexception_reason"),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("asked_on")), name="people_termexception_expiry"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_on=None)
                | Q(approved_by__isnull=False, approved_on__isnull=False, approved_on__gte=F("asked_on")),
                name="people_termexception_approval",
            ),
            models.CheckConstraint(
                condition=Q(refused_by=None, refused_on=None, refusal="")
                | Q(refused_by__isnull=False, refused_on__isnull=False, refused_on__gte=F("asked_on"))
                & Q(approved_by=None)
                & ~Q(refusal=""),
                name="people_termexception_refusal",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("person"))
                & (Q(approved_by=None) | (~Q(approved_by=F("person")) & ~Q(approved_by=F("asked_by")))),
                name="people_termexception_three_people",
            ),
            models.CheckConstraint(
                condition=Q(refused_by=None) | (~Q(refused_by=F("person")) & ~Q(refused_by=F("asked_by"))),
                name="people_termexception_refused_by_third",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "position", "person"], name="people_termexception_of")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.position_id} until {self.expires_on}"
