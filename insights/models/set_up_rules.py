"""From where on the organisation warns itself of how a position is set up."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from insights.set_up import LEAST_HOURS, MOST_REPORTS, WARN_FROM
from tenancy.models import TenantModel, walls


class SetUpRule(TenantModel):
    """One for an organisation; who changed it stands in the audit trail."""

    least_hours = models.DecimalField(max_digits=4, decimal_places=1, default=LEAST_HOURS)
    most_reports = models.PositiveSmallIntegerField(default=MOST_REPORTS)
    warn_from = models.PositiveSmallIntegerField(default=WARN_FROM)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(),
            models.UniqueConstraint(fields=["organization"], name="insights_setuprule_one"),
            models.CheckConstraint(
                condition=Q(least_hours__gte=0, least_hours__lte=40)
                & Q(most_reports__gte=1, most_reports__lte=200)
                & Q(warn_from__gte=1, warn_from__lte=5),
                name="insights_setuprule_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"warns from {self.warn_from}"
