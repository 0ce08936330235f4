"""What stands in a leader's way, who removes it until when, and what was done about it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Person
from sponsors.enums import ObstacleAct, ObstacleKind, ObstacleState
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class Obstacle(TenantModel):
    """Raised by the leader or the team; its owner is a colleague who can remove it (R134)."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="obstacles")
    kind = models.CharField(max_length=10, choices=ObstacleKind.choices)
    words = models.CharField(max_length=300)
    private = models.BooleanField(default=False)  # between leader and sponsor, and whoever removes it (C3)
    raised_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField()
    owner = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="obstacles_owned")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=ObstacleState.choices, default=ObstacleState.OPEN)
    over_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("leader", "raised_by", "owner", redact=("words",)),
            models.CheckConstraint(condition=Q(kind__in=ObstacleKind.values), name="sponsors_obstacle_kind"),
            models.CheckConstraint(condition=~Q(words=""), name="sponsors_obstacle_words"),
            models.CheckConstraint(condition=~Q(leader=F("owner")), name="sponsors_obstacle_not_oneself"),
            models.CheckConstraint(condition=Q(due_on__gte=F("raised_on")), name="sponsors_obstacle_dates"),
            models.CheckConstraint(
                condition=Q(state=ObstacleState.OPEN, over_on=None)
                | Q(
                    state__in=[ObstacleState.REMOVED, ObstacleState.ACCEPTED],
                    over_on__isnull=False,
                    over_on__gte=F("raised_on"),
                ),
                name="sponsors_obstacle_state",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "leader"], name="sponsors_obstacle_leader"),
            # Today pages and the list of what is overdue ask for open ones alone.
            models.Index(
                fields=["organization", "owner", "due_on"],
                name="sponsors_obstacle_owner",
                condition=Q(state=ObstacleState.OPEN),
            ),
            models.Index(
                fields=["organization", "due_on", "id"],
                name="sponsors_obstacle_open_due",
                condition=Q(state=ObstacleState.OPEN, private=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.leader_id}"

    @property
    def is_open(self) -> bool:
        return self.state == ObstacleState.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()


class ObstacleStep(TenantModel):
    """One thing that was done about an obstacle, with the owner and the day as they were from then on."""

    obstacle = TenantForeignKey(Obstacle, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=8, choices=ObstacleAct.choices)
    by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    owner = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    words = models.CharField(max_length=300)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("obstacle", "by", "owner", redact=("words",)),
            AppendOnly(name="sponsors_obstaclestep_append_only"),
            models.CheckConstraint(condition=Q(act__in=ObstacleAct.values), name="sponsors_obstaclestep_act"),
            models.CheckConstraint(condition=~Q(words=""), name="sponsors_obstaclestep_words"),
        ]
        indexes = [models.Index(fields=["organization", "obstacle"], name="sponsors_obstaclestep_of")]

    def __str__(self) -> str:
        return f"{self.act} at {self.at}"
