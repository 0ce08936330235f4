from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from people.models import Person
from surveys.enums import Dimension
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly

# What a dimension is made of, in percent of it, each an array in the order of the dimensions.
SHARES = ("confidence_shares", "milestone_shares", "pod_shares", "capstone_shares", "index_shares")


def each_weight_positive() -> Q:
    condition = Q()
    for dimension in Dimension.values:
        condition &= Q(**{f"{dimension}__gte": 1})
    return condition


def recipes_whole() -> Q:
    """Five numbers in each array, self-report at most 30 %, and everything in a dimension 100 %."""
    condition = Q()
    for shares in SHARES:
        condition &= Q(**{f"{shares}__len": len(Dimension)})
    for place in range(len(Dimension)):
        evidence: Any = 0
        for shares in SHARES:
            condition &= Q(**{f"{shares}__{place}__isnull": False, f"{shares}__{place}__gte": 0})
            if shares != SHARES[0]:
                evidence = F(f"{shares}__{place}") + evidence
        condition &= Q(**{f"{SHARES[0]}__{place}__lte": 30, f"{SHARES[0]}__{place}": 100 - evidence})
    return condition


def own_confidence() -> list[int]:
    return [30, 30, 30, 30, 30]


def own_milestones() -> list[int]:
    return [40, 40, 15, 40, 40]


def own_pods() -> list[int]:
    return [20, 20, 10, 20, 20]


def own_capstones() -> list[int]:
    return [10, 10, 5, 10, 10]


def own_index() -> list[int]:
    return [0, 0, 40, 0, 0]


class WeightSet(TenantModel):
    """A version of the rule that makes the score, in whole percent: weights of the dimensions, a recipe for
    each, and the quarter from which they count. Changing the rule adds a version.

    Of the versions that are effective in a quarter the one with the latest such quarter counts, and of these
    the newest.
    """

    version = models.PositiveSmallIntegerField()
    effective_quarter = models.CharField(max_length=6, blank=True)  # empty: from the beginning
    strategic_insight = models.PositiveSmallIntegerField(default=20)
    financial_acumen = models.PositiveSmallIntegerField(default=20)
    team_leadership = models.PositiveSmallIntegerField(default=20)
    governance_experience = models.PositiveSmallIntegerField(default=20)
    mentorship_engagement = models.PositiveSmallIntegerField(default=20)
    confidence_shares = ArrayField(models.SmallIntegerField(), default=own_confidence)
    milestone_shares = ArrayField(models.SmallIntegerField(), default=own_milestones)
    pod_shares = ArrayField(models.SmallIntegerField(), default=own_pods)
    capstone_shares = ArrayField(models.SmallIntegerField(), default=own_capstones)
    index_shares = ArrayField(models.SmallIntegerField(), default=own_index)
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
                condition=Q(effective_quarter="") | Q(effective_quarter__regex=r"^[0-9]{4}Q[1-4]$"),
                name="readiness_weightset_quarter",
            ),
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
            models.CheckConstraint(condition=recipes_whole(), name="readiness_weightset_recipes"),
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

    @property
    def recipes(self) -> list[list[int]]:
        """For each dimension its shares, in the order of SHARES."""
        return [list(recipe) for recipe in zip(*(getattr(self, shares) for shares in SHARES), strict=True)]
