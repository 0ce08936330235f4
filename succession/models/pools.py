"""One pool for each position: who could be its next holder (R58)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from people.enums import Profession
from people.models import Person, Position
from succession.enums import Proposers
from tenancy.models import TenantForeignKey, TenantModel, walls


class Pool(TenantModel):
    """Owned by whoever holds the position (R62); while nobody does, by its keeper."""

    position = TenantForeignKey(Position, on_delete=models.CASCADE, related_name="pools")
    keeper = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ready_target = models.PositiveSmallIntegerField(default=2)  # ready now, at least
    soon_target = models.PositiveSmallIntegerField(default=3)  # ready within two years, at least
    proposers = models.CharField(max_length=8, choices=Proposers.choices, default=Proposers.OWNER)
    # Who may be a candidate; empty: anybody.
    professions = ArrayField(models.CharField(max_length=20, choices=Profession.choices), default=list)
    opened_on = models.DateField()
    opened_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("position", "keeper", "opened_by"),
            models.UniqueConstraint(fields=["organization", "position"], name="succession_pool_position"),
            models.CheckConstraint(
                condition=Q(ready_target__range=(1, 20)) & Q(soon_target__range=(F("ready_target"), 20)),
                name="succession_pool_targets",
            ),
            models.CheckConstraint(
                condition=Q(proposers__in=Proposers.values), name="succession_pool_proposers"
            ),
            models.CheckConstraint(
                condition=Q(professions__contained_by=Profession.values), name="succession_pool_professions"
            ),
        ]

    def __str__(self) -> str:
        return f"pool of {self.position_id}"
