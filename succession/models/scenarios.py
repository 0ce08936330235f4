"""Simulated years, kept as they were simulated."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from people.models import Person, Position
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class Scenario(TenantModel):
    """One simulation of vacancies to come: as planned, and where a question was asked, if somebody left."""

    title = models.CharField(max_length=120)
    position = TenantForeignKey(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    leaves_on = models.DateField(null=True, blank=True)
    made_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    start = models.DateField()  # the first simulated quarter is its
    runs = models.PositiveIntegerField()
    seed = models.PositiveIntegerField()
    figures = models.JSONField()  # succession.scenarios.Told, as plain values

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("position", "made_by"),
            AppendOnly(name="succession_scenario_append_only"),
            models.CheckConstraint(condition=~Q(title=""), name="succession_scenario_title"),
            models.CheckConstraint(
                condition=Q(position=None, leaves_on=None)
                | Q(position__isnull=False, leaves_on__gte=models.F("start")),
                name="succession_scenario_question",
            ),
        ]
        indexes = [models.Index(fields=["organization", "-made_at"], name="succession_scenario_newest")]

    def __str__(self) -> str:
        return self.title
