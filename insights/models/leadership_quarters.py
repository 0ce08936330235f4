"""Who leads, by profession and quarter: counts and sums, of nobody alone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from people.enums import Profession
from tenancy.models import TenantModel, walls
from tenancy.walls import AppendOnly


class LeadershipQuarter(TenantModel):
    """One profession as of the last day of a quarter, as the first night that finds it missing counts it."""

    quarter = models.CharField(max_length=6)
    profession = models.CharField(max_length=16, choices=Profession.choices)
    staff = models.PositiveIntegerField()
    holders = models.PositiveIntegerField()  # of them: hold a titled position
    leaders = models.PositiveIntegerField()  # of them: hold one, or are somebody's immediate leader
    # Weekly hours for leading in the job plans of leaders; of quarters long past none were kept.
    planned = models.PositiveIntegerField(default=0)  # leaders whose job plan says how many
    hours = models.FloatField(default=0)  # the sum of theirs
    squares = models.FloatField(default=0)  # the sum of their squares
    # Coaching and mentoring of the year up to then: minutes for whom it is, and how many people that is.
    minutes = models.PositiveBigIntegerField(default=0)
    developed = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(audited=False),
            AppendOnly(name="insights_leadershipquarter_append_only"),
            models.UniqueConstraint(
                fields=["organization", "quarter", "profession"], name="insights_leadershipquarter_once"
            ),
            models.CheckConstraint(
                condition=Q(holders__lte=F("leaders"))
                & Q(leaders__lte=F("staff"))
                & Q(planned__lte=F("leaders")),
                name="insights_leadershipquarter_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profession} in {self.quarter}"
