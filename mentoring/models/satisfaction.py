from __future__ import annotations

from django.db import models
from django.db.models import Q

from mentoring.enums import Side
from mentoring.models.exposure import QUARTER
from mentoring.models.mentorships import Mentorship
from tenancy.models import TenantForeignKey, TenantModel, walls

ITEMS = ("overall", "useful", "often")


def one_to_five() -> Q:
    return Q(**{f"{item}__gte": 1 for item in ITEMS}, **{f"{item}__lte": 5 for item in ITEMS})


class Satisfaction(TenantModel):
    """How satisfied one side of a mentorship was in a quarter, 1 to 5. Theirs to read, nobody else's: others
    see figures over five people at least. `overall` counts as the rating."""

    mentorship = TenantForeignKey(Mentorship, on_delete=models.PROTECT, related_name="satisfactions")
    quarter = models.CharField(max_length=6)
    side = models.CharField(max_length=6, choices=Side.choices)  # who rates
    overall = models.PositiveSmallIntegerField()
    useful = models.PositiveSmallIntegerField()
    often = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("mentorship", redact=ITEMS),
            models.UniqueConstraint(
                fields=["organization", "mentorship", "quarter", "side"], name="mentoring_satisfaction_once"
            ),
            models.CheckConstraint(
                condition=Q(quarter__regex=QUARTER), name="mentoring_satisfaction_quarter"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="mentoring_satisfaction_side"),
            models.CheckConstraint(condition=one_to_five(), name="mentoring_satisfaction_range"),
        ]
        indexes = [models.Index(fields=["organization", "quarter"], name="mentoring_satisfied_quarter")]

    def __str__(self) -> str:
        return f"{self.side} in {self.quarter}"
