from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from people.models import Person
from surveys.enums import Dimension
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


def each_weight_positive() -> Q:
    condition = Q()
    for dimension in Dimension.values:
        condition &= Q(**{f"{dimension}__gte": 1})
    return condition


class WeightSet(TenantModel):
    """A version of the rule that makes the score, in whole percent. Changing the rule adds a version."""

    version = models.PositiveSmallIntegerField()
    strategic_insight = models.PositiveSmallIntegerField(default=20)
    financial_acumen = models.PositiveSmallIntegerField(default=20)
    team_leadership = models.PositiveSmallIntegerField(default=20)
    governance_experience = models.PositiveSmallIntegerField(default=20)
    mentorship_engagement = models.PositiveSmallIntegerField(default=20)
    # Of a dimension; what is left after these is the milestones'.
    confidence_share = models.PositiveSmallIntegerField(default=30)
    leader_index_share = models.PositiveSmallIntegerField(default=40)  # of team leadership only
    flag_below = models.PositiveSmallIntegerField(default=70)
    minimum_known = models.PositiveSmallIntegerField(default=3)
    reason = models.CharField(max_length=300)
    changed_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("changed_by"),
            AppendOnly(name="readiness_weightset_append_only"),
            models.UniqueConstraint(fields=["organization", "version"], name="readiness_weightset_version"),
            models.CheckConstraint(
                condition=Q(
                    strategic_insight=100
                    - F("financial_acumen")
                    - F("team_leadership")
                    - F("governance_experience")
                    - F("mentorship_engagement")
                ),
                name="readiness_weightset_sum",
            ),
            models.CheckConstraint(condition=each_weight_positive(), name="readiness_weightset_positive"),
            models.CheckConstraint(
                condition=Q(confidence_share__lte=30), name="readiness_weightset_confidence"
            ),
            models.CheckConstraint(
                condition=Q(leader_index_share__gte=1, leader_index_share__lt=100 - F("confidence_share")),
                name="readiness_weightset_index",
            ),
            models.CheckConstraint(condition=Q(flag_below__lte=100), name="readiness_weightset_flag"),
            models.CheckConstraint(
                condition=Q(minimum_known__gte=1, minimum_known__lte=5), name="readiness_weightset_known"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"

    @property
    def weights(self) -> list[int]:
        """In the order of the dimensions."""
        return [getattr(self, dimension) for dimension in Dimension.values]
