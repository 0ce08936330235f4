from __future__ import annotations

from django.db import models

from people.enums import PositionType
from people.models.persons import Person
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

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("unit"),
            models.UniqueConstraint(
                fields=["organization", "external_id"], name="people_position_external_id"
            ),
            models.CheckConstraint(condition=models.Q(term_years__gte=1), name="people_position_term"),
            models.CheckConstraint(condition=models.Q(max_terms__gte=1), name="people_position_max_terms"),
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
        ]
        indexes = [models.Index(fields=["organization", "person"], name="people_appointment_person")]

    def __str__(self) -> str:
        return f"{self.person_id} as {self.position_id} from {self.start_date}"
