from __future__ import annotations

from django.db import models
from django.db.models import Q

from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class RoleGraph(TenantModel):
    """A version of the roles that the pathway advisor knows, and of what each asks for; the newest counts.
    Before the first one the product's own are in force. A change adds a version."""

    version = models.PositiveSmallIntegerField()
    roles = models.JSONField()  # as readiness/pathways/stored.py writes them
    reason = models.CharField(max_length=300)
    changed_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("changed_by"),
            AppendOnly(name="readiness_rolegraph_append_only"),
            models.UniqueConstraint(fields=["organization", "version"], name="readiness_rolegraph_version"),
            models.CheckConstraint(condition=~Q(reason=""), name="readiness_rolegraph_reason"),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"
