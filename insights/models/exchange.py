"""What was told to other organisations, and what they told."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class ExchangeRule(TenantModel):
    """Whether the organisation tells others anything, and for what. None: it does not."""

    is_on = models.BooleanField(default=False)
    purpose = models.CharField(max_length=500, blank=True)
    changed_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("changed_by"),
            models.UniqueConstraint(fields=["organization"], name="insights_exchangerule_one"),
            models.CheckConstraint(
                condition=Q(is_on=False) | ~Q(purpose=""), name="insights_exchangerule_purpose"
            ),
        ]

    def __str__(self) -> str:
        return "on" if self.is_on else "off"


class SentLetter(TenantModel):
    """A file that was made for others, with everything that it says."""

    issued_on = models.DateField()
    figures: models.JSONField[Any, Any] = models.JSONField()
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    made_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [*walls("made_by"), AppendOnly(name="insights_sentletter_append_only")]
        indexes = [models.Index(fields=["organization", "-made_at"], name="insights_sentletter_newest")]

    def __str__(self) -> str:
        return f"sent on {self.issued_on}"


class ExchangePartner(TenantModel):
    """An organisation whose files are believed: those that its keys signed."""

    name = models.CharField(max_length=200)
    keys: models.JSONField[Any, Any] = models.JSONField()  # public ones (RFC 7517)
    added_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("added_by"),
            models.UniqueConstraint(fields=["organization", "name"], name="insights_exchangepartner_once"),
            models.CheckConstraint(condition=~Q(name=""), name="insights_exchangepartner_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ReceivedLetter(TenantModel):
    """A file of a partner, as it was read."""

    partner = TenantForeignKey(ExchangePartner, on_delete=models.CASCADE, related_name="letters")
    issued_on = models.DateField()
    figures: models.JSONField[Any, Any] = models.JSONField()
    digest = models.CharField(max_length=64)
    received_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("partner", "received_by"),
            models.UniqueConstraint(
                fields=["organization", "partner", "digest"], name="insights_receivedletter_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "partner", "-issued_on"], name="insights_receivedletter_newest"
            )
        ]

    def __str__(self) -> str:
        return f"of {self.issued_on}"
