"""The figures of a quarter as a file, as they were when it was scored."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from tenancy.models import TenantModel, walls
from tenancy.walls import AppendOnly


class QuarterlyFile(TenantModel):
    """Over the whole organisation, without any number about a few: for everybody who sees the dashboard."""

    quarter = models.CharField(max_length=6)  # 2026Q3
    kind = models.CharField(max_length=4)  # csv or xlsx
    content = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(audited=False),
            AppendOnly(name="readiness_quarterlyfile_append_only"),
            models.UniqueConstraint(
                fields=["organization", "quarter", "kind"], name="readiness_quarterlyfile_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["csv", "xlsx"]), name="readiness_quarterlyfile_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarter}.{self.kind}"
