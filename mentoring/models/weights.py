from __future__ import annotations

from django.db import models
from django.db.models import Q

from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class MatchWeights(TenantModel):
    """The organisation's rule for matching. Each change is a new version; a run names the one it followed.

    The three weights sum to 1. `bar`: a score above it, 0 to 1, is told to both sides at once. `stickiness`
    is added to the score of a pair that runs already. `prior_weight`: how many ratings the mean of all
    mentors counts for beside a mentor's own. `years_ahead`: training years by which a peer is ahead.
    `remind_days`, `answer_days`: after which somebody who was asked is reminded, and an offer lapses.
    """

    version = models.PositiveIntegerField()
    interest = models.FloatField(default=0.5)
    availability = models.FloatField(default=0.3)
    past_success = models.FloatField(default=0.2)
    graded_availability = models.BooleanField(default=False)  # one or two free slots count half
    bar = models.FloatField(default=0.8)
    stickiness = models.FloatField(default=0.09)  # why so much: docs/matching.md
    prior_weight = models.PositiveSmallIntegerField(default=5)
    years_ahead = models.PositiveSmallIntegerField(default=1)
    publishes_itself = models.BooleanField(default=False)  # the quarterly refresh needs no director
    remind_days = models.PositiveSmallIntegerField(default=7)
    answer_days = models.PositiveSmallIntegerField(default=14)
    set_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("set_by"),
            AppendOnly(name="mentoring_weights_append_only"),
            models.UniqueConstraint(fields=["organization", "version"], name="mentoring_weights_version"),
            models.CheckConstraint(
                condition=Q(interest__gte=0, availability__gte=0, past_success__gte=0),
                name="mentoring_weights_positive",
            ),
            models.CheckConstraint(
                condition=Q(
                    interest__gt=0.999_999 - models.F("availability") - models.F("past_success"),
                    interest__lt=1.000_001 - models.F("availability") - models.F("past_success"),
                ),
                name="mentoring_weights_sum",
            ),
            models.CheckConstraint(
                condition=Q(bar__gte=0, bar__lte=1, stickiness__gte=0, stickiness__lte=1),
                name="mentoring_weights_shares",
            ),
            models.CheckConstraint(
                condition=Q(remind_days__gte=1, answer_days__gt=models.F("remind_days")),
                name="mentoring_weights_days",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"
