"""Results of skill pods that another learning system recorded, as it told them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from passport.enums import OutsideState
from passport.models.stamps import Stamp
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class PodActivity(TenantModel):
    """Which pod an activity of a learning system is, as somebody here said. The pod is named by its key: a
    new version is the same pod."""

    activity = models.CharField(max_length=500)
    pod_key = models.SlugField(max_length=60, db_index=False)
    set_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("set_by"),
            models.UniqueConstraint(fields=["organization", "activity"], name="passport_podactivity_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} is {self.pod_key}"


class OutsideResult(TenantModel):
    """An xAPI statement, kept as it came, and what became of it here (passport/outside/settling.py)."""

    statement_id = models.UUIDField()
    # JSON with its keys in order, so that a statement sent again can be compared. Text, because jsonb refuses
    # characters that JSON allows.
    content = models.TextField()
    received_at = models.DateTimeField()
    received_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=OutsideState.choices)
    # Out of the content, for lists.
    activity = models.CharField(max_length=500)
    actor = models.CharField(max_length=300)
    person = TenantForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="outside_results"
    )
    # The claim that it became; gone when the holder took that back.
    stamp = TenantForeignKey(
        Stamp, on_delete=models.SET_NULL, null=True, blank=True, related_name="outside_results"
    )

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("received_by", "person", "stamp", redact=("content", "actor")),
            models.UniqueConstraint(
                fields=["organization", "statement_id"], name="passport_outsideresult_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OutsideState.values), name="passport_outsideresult_state"
            ),
            models.CheckConstraint(
                condition=Q(stamp=None) | Q(state=OutsideState.CLAIMED), name="passport_outsideresult_claimed"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-received_at", "id"], name="passport_outside_newest"),
            models.Index(fields=["organization", "person"], name="passport_outside_person"),
        ]

    def __str__(self) -> str:
        return f"statement {self.statement_id} ({self.state})"
