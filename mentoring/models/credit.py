from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from people.models import Person
from surveys.disclosure import THRESHOLD_FLOOR
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly

FULL_TIME_HOURS = 2080  # 52 weeks of 40 hours


class CreditRule(TenantModel):
    """What mentoring somebody for a year is worth, and what it takes for the award. Each change is a new
    version with the first year it counts for; a year follows the newest version that counts for it.

    `percent_fte`: percent of a full-time equivalent for each mentee and full year. `award_raters`: how many
    mentees have to have rated. `grant_months`: mentored months in the year, over all mentees, that make a
    mentor eligible for a seed grant.
    """

    version = models.PositiveIntegerField()
    from_year = models.PositiveSmallIntegerField(default=2000)
    percent_fte = models.DecimalField(
        max_digits=5, decimal_places=3, default=0, validators=[MinValueValidator(0)]
    )
    full_time_hours = models.PositiveSmallIntegerField(default=FULL_TIME_HOURS)
    points = models.PositiveSmallIntegerField(default=0)
    award_raters = models.PositiveSmallIntegerField(default=THRESHOLD_FLOOR)
    grant_months = models.PositiveSmallIntegerField(default=12)
    reason = models.CharField(max_length=300)
    changed_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("changed_by"),
            AppendOnly(name="mentoring_creditrule_append_only"),
            models.UniqueConstraint(fields=["organization", "version"], name="mentoring_creditrule_version"),
            models.CheckConstraint(
                condition=Q(percent_fte__gte=0, percent_fte__lte=20), name="mentoring_creditrule_percent"
            ),
            models.CheckConstraint(
                condition=Q(full_time_hours__gte=500, full_time_hours__lte=4000),
                name="mentoring_creditrule_hours",
            ),
            models.CheckConstraint(
                condition=Q(award_raters__gte=THRESHOLD_FLOOR), name="mentoring_creditrule_raters"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"
