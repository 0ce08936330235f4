"""When partners met."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from partnerships.models.partnerships import Partnership
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls

LONGEST = 600  # minutes


class Meeting(TenantModel):
    """A line of the meeting log. Its words are the partners' own."""

    partnership = TenantForeignKey(Partnership, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200, blank=True)
    logged_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("partnership", "logged_by", redact=("words",)),
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=LONGEST), name="partnerships_meeting_minutes"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "partnership", "held_on"], name="partnerships_meeting_day")
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"
