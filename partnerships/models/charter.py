"""What partners agreed on: who decides what, and what they want to reach together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from partnerships.enums import Decider, GoalState
from partnerships.models.partnerships import Partnership
from tenancy.models import TenantForeignKey, TenantModel, walls


class Responsibility(TenantModel):
    """A matter, and who has the last word in it."""

    partnership = TenantForeignKey(Partnership, on_delete=models.CASCADE, related_name="responsibilities")
    matter = models.CharField(max_length=200)
    decider = models.CharField(max_length=13, choices=Decider.choices)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("partnership", redact=("matter",)),
            models.CheckConstraint(condition=Q(decider__in=Decider.values), name="partnerships_decider"),
        ]
        indexes = [
            models.Index(fields=["organization", "partnership"], name="partnerships_responsibility_of")
        ]

    def __str__(self) -> str:
        return self.matter


class SharedGoal(TenantModel):
    """What the partners want to reach together, by a day."""

    partnership = TenantForeignKey(Partnership, on_delete=models.CASCADE, related_name="goals")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=GoalState.choices, default=GoalState.OPEN)
    over_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("partnership", redact=("title",)),
            models.CheckConstraint(
                condition=Q(state=GoalState.OPEN, over_on=None)
                | Q(state__in=[GoalState.REACHED, GoalState.DROPPED], over_on__isnull=False),
                name="partnerships_goal_state",
            ),
        ]
        indexes = [models.Index(fields=["organization", "partnership"], name="partnerships_goal_of")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == GoalState.OPEN
