"""How exposed all positions were, month by month: counts alone."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from tenancy.models import TenantModel, walls
from tenancy.walls import AppendOnly


class ExposureMonth(TenantModel):
    """As of a day of a month: its first night."""

    month = models.DateField()  # the first day of it
    positions = models.PositiveIntegerField()
    exposed = models.PositiveIntegerField()  # of them those with something severe missing
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)  # positions by flag

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(audited=False),
            AppendOnly(name="succession_exposuremonth_append_only"),
            models.UniqueConstraint(fields=["organization", "month"], name="succession_exposuremonth_once"),
            models.CheckConstraint(
                condition=Q(exposed__lte=F("positions")) & Q(month__day=1),
                name="succession_exposuremonth_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exposed} of {self.positions} in {self.month}"
