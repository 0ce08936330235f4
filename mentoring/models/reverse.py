"""Mentoring the other way round."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class ReverseMentoring(TenantModel):
    """A junior mentors a senior about a topic. No tier, no place, no log: a relationship of its own."""

    junior = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="reverse_mentorings")
    senior = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="reverse_mentored")
    topic = models.CharField(max_length=160)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    arranged_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("junior", "senior", "arranged_by"),
            models.UniqueConstraint(
                fields=["organization", "junior", "senior"],
                name="mentoring_reverse_one_a_pair",
                condition=Q(ended_on=None),
            ),
            models.CheckConstraint(condition=~Q(junior=F("senior")), name="mentoring_reverse_not_oneself"),
            models.CheckConstraint(condition=~Q(topic=""), name="mentoring_reverse_topic"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="mentoring_reverse_dates"
            ),
        ]
        indexes = [models.Index(fields=["organization", "senior"], name="mentoring_reverse_senior")]

    def __str__(self) -> str:
        return f"{self.junior_id} mentors {self.senior_id}"
