"""What the holder of a position means to do when their term ends (R68)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Appointment
from succession.enums import Intent
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class Intention(TenantModel):
    """As the holder declared it. Another word is another row, and the newest stands."""

    appointment = TenantForeignKey(Appointment, on_delete=models.PROTECT, related_name="intentions")
    intent = models.CharField(max_length=10, choices=Intent.choices)
    # The first day of the month from which the position is left, where that is before the term ends.
    leaves_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)  # for HR alone
    declared_on = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("appointment", redact=("intent", "leaves_on", "note")),
            AppendOnly(name="succession_intention_append_only"),
            models.CheckConstraint(condition=Q(intent__in=Intent.values), name="succession_intention_intent"),
            models.CheckConstraint(
                condition=Q(leaves_on=None) | Q(leaves_on__gt=F("declared_on"), leaves_on__day=1),
                name="succession_intention_month",
            ),
            models.CheckConstraint(
                condition=~Q(intent__in=[Intent.UNSAID, Intent.AGAIN]) | Q(leaves_on=None),
                name="succession_intention_leaves",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "appointment", "-at"], name="succession_intention_newest")
        ]

    def __str__(self) -> str:
        return f"an intention of {self.declared_on}"

    @property
    def is_said(self) -> bool:
        return self.intent != Intent.UNSAID
