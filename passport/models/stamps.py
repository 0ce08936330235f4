from __future__ import annotations

from pathlib import PurePath
from uuid import uuid4

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q

from passport.enums import ALIVE, StampState
from passport.models.stages import Milestone
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


def evidence_path(stamp: Stamp, filename: str) -> str:
    """Where a file is kept: under its organisation, by a name nobody can guess and that says nothing."""
    return f"{stamp.organization_id}/evidence/{uuid4().hex}{PurePath(filename).suffix.lower()}"


class Stamp(TenantModel):
    """A milestone that a person says to have reached, and what somebody else decided about it.

    A trigger (passport/sql/stamp.sql) lets a stamp be decided once and a verified one be revoked, and
    refuses every other change.
    """

    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="stamps")
    milestone = TenantForeignKey(Milestone, on_delete=models.PROTECT, related_name="stamps")
    state = models.CharField(max_length=10, choices=StampState.choices, default=StampState.SUBMITTED)
    earned_on = models.DateField()
    statement = models.TextField(blank=True)
    link = models.URLField(blank=True, max_length=500, validators=[URLValidator(schemes=["https", "http"])])
    file = models.FileField(blank=True, max_length=200, upload_to=evidence_path)
    file_name = models.CharField(max_length=120, blank=True)
    prior_learning = models.BooleanField(default=False)  # reached before or outside this programme
    submitted_on = models.DateField()
    # The rule as it read when the evidence was judged by it.
    rule = models.CharField(max_length=300, blank=True)
    verified_by = TenantForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="verified_stamps"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)
    revoked_by = TenantForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="revoked_stamps"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoke_reason = models.TextField(blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(
                "person",
                "milestone",
                "verified_by",
                "revoked_by",
                redact=("statement", "link", "file_name", "decision_note", "revoke_reason"),
            ),
            models.UniqueConstraint(
                fields=["organization", "person", "milestone"],
                name="passport_stamp_one_alive",
                condition=Q(state__in=[*ALIVE]),
            ),
            models.CheckConstraint(condition=Q(state__in=StampState.values), name="passport_stamp_state"),
            models.CheckConstraint(
                condition=~Q(statement="") | ~Q(link="") | ~Q(file=""), name="passport_stamp_evidence"
            ),
            models.CheckConstraint(
                condition=Q(state=StampState.SUBMITTED, verified_by=None, decided_at=None)
                | (~Q(state=StampState.SUBMITTED) & Q(verified_by__isnull=False, decided_at__isnull=False)),
                name="passport_stamp_decided",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("person")),
                name="passport_stamp_never_oneself",
            ),
            models.CheckConstraint(
                condition=~Q(state=StampState.DECLINED) | ~Q(decision_note=""),
                name="passport_stamp_declined_why",
            ),
            models.CheckConstraint(
                condition=Q(state=StampState.REVOKED, revoked_by__isnull=False, revoked_at__isnull=False)
                & ~Q(revoke_reason="")
                | ~Q(state=StampState.REVOKED) & Q(revoked_by=None, revoked_at=None, revoke_reason=""),
                name="passport_stamp_revoked_why",
            ),
            models.CheckConstraint(
                condition=Q(earned_on__lte=F("submitted_on")), name="passport_stamp_not_ahead"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "person", "milestone"], name="passport_stamp_person"),
            models.Index(
                fields=["organization", "submitted_on"],
                name="passport_stamp_waiting",  # the verifiers' inbox is short, the history is long
                condition=Q(state=StampState.SUBMITTED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id} of {self.person_id} ({self.state})"
