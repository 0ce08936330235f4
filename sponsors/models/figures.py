"""Figures about the whole organisation, as they were told one night."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from sponsors.enums import NightFiguresOf
from tenancy.models import TenantModel, walls


class NightFigures(TenantModel):
    """Of one subject the newest, in place of those of the night before. Nothing that may not be told: what
    is about few people was taken together or left out before it was written."""

    subject = models.CharField(max_length=9, choices=NightFiguresOf.choices)
    as_of = models.DateTimeField(default=timezone.now)
    told = models.JSONField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(audited=False),
            models.UniqueConstraint(fields=["organization", "subject"], name="sponsors_nightfigures_once"),
            models.CheckConstraint(
                condition=Q(subject__in=NightFiguresOf.values), name="sponsors_nightfigures_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.as_of:%Y-%m-%d}"
