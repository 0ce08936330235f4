from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.models import Person
from readiness.enums import CloseReason, CoachingState
from readiness.models.snapshots import Snapshot
from sponsors.models import CoachingSession
from tenancy.models import TenantForeignKey, TenantModel, walls


class CoachingTask(TenantModel):
    """A score below the line: somebody talks with the person. Scores open it, people close it."""

    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="coaching_tasks")
    quarter = models.CharField(max_length=6)
    snapshot = TenantForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=CoachingState.choices, default=CoachingState.OPEN)
    owner = TenantForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="coaching_owned"
    )
    opened_on = models.DateField()
    due_on = models.DateField()
    close_reason = models.CharField(max_length=16, choices=CloseReason.choices, blank=True)
    close_note = models.TextField(blank=True)
    session = TenantForeignKey(  # the evidence, where a session that was planned for it closed it
        CoachingSession, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", "snapshot", "owner", "session", "closed_by", redact=("close_note",)),
            models.UniqueConstraint(
                fields=["organization", "person", "quarter"], name="readiness_coachingtask_once"
            ),
            models.CheckConstraint(
                condition=Q(state=CoachingState.OPEN, owner=None)
                | Q(state=CoachingState.ASSIGNED, owner__isnull=False)
                | Q(state=CoachingState.CLOSED),
                name="readiness_coachingtask_owner",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=CoachingState.CLOSED, closed_on__isnull=False, close_reason__in=CloseReason.values
                )
                | (~Q(state=CoachingState.CLOSED) & Q(closed_on=None, close_reason="", closed_by=None)),
                name="readiness_coachingtask_closed_why",
            ),
            models.CheckConstraint(
                condition=Q(session=None) | Q(close_reason=CloseReason.SESSION_HELD),
                name="readiness_coachingtask_evidence",
            ),
            models.CheckConstraint(
                condition=Q(owner=None) | ~Q(owner=models.F("person")),
                name="readiness_coachingtask_not_oneself",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("opened_on")), name="readiness_coachingtask_dates"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "due_on", "id"],
                name="readiness_coachingtask_queue",  # the queue is short, its history is long
                condition=~Q(state="closed"),
            ),
            models.Index(fields=["organization", "owner"], name="readiness_coachingtask_owner"),
        ]

    def __str__(self) -> str:
        return f"coaching of {self.person_id} for {self.quarter}"

    @property
    def is_overdue(self) -> bool:
        return self.state != CoachingState.CLOSED and self.due_on < timezone.localdate()
