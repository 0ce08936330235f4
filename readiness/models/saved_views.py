"""What somebody looks at again and again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class SavedView(TenantModel):
    """A filter of the dashboard under a name, without a quarter: it opens at the newest one."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    filters: models.JSONField[Any, Any] = models.JSONField(default=dict)  # of the address, by name
    is_shared = models.BooleanField(default=False)  # with all who see scores with names
    made_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person"),
            models.UniqueConstraint(
                fields=["organization", "person", "name"], name="readiness_savedview_name"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="readiness_savedview_named"),
        ]

    def __str__(self) -> str:
        return self.name
