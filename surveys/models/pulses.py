from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from people.models import Person
from surveys.enums import Dimension
from tenancy.models import TenantForeignKey, TenantModel, walls


def between_0_and_100() -> models.Q:
    condition = models.Q()
    for dimension in Dimension.values:
        condition &= models.Q(**{f"{dimension}__gte": 0, f"{dimension}__lte": 100})
    return condition


class ConfidencePulse(TenantModel):
    """How confident a programme member felt in a quarter. Self-report: theirs to read, nobody else's."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="confidence_pulses")
    quarter = models.CharField(max_length=6)  # 2026Q3
    answers = ArrayField(models.SmallIntegerField())  # 1 to 5, by item position
    # Percent of the range of the two items of each dimension.
    strategic_insight = models.FloatField()
    financial_acumen = models.FloatField()
    team_leadership = models.FloatField()
    governance_experience = models.FloatField()
    mentorship_engagement = models.FloatField()
    answered_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", redact=("answers", *Dimension.values)),
            models.UniqueConstraint(fields=["organization", "person", "quarter"], name="surveys_pulse_once"),
            models.CheckConstraint(
                condition=models.Q(quarter__regex=r"^[0-9]{4}Q[1-4]$"), name="surveys_pulse_quarter"
            ),
            models.CheckConstraint(condition=between_0_and_100(), name="surveys_pulse_range"),
        ]
        indexes = [models.Index(fields=["organization", "quarter"], name="surveys_pulse_by_quarter")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.quarter}"
