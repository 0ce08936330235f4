"""Case conferences: what a leader's team looked at together, and what it prescribed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Person
from sponsors.enums import Domain, EvidenceKind
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class Conference(TenantModel):
    """One question about a leader's development, on one day. It is concluded with a prescription and the day
    on which the team looks again."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="conferences")
    question = models.CharField(max_length=300)
    held_on = models.DateField()
    opened_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    prescription = models.TextField(blank=True, max_length=2000)
    review_on = models.DateField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("leader", "opened_by", redact=("question", "prescription")),
            models.CheckConstraint(condition=~Q(question=""), name="sponsors_conference_question"),
            models.CheckConstraint(
                condition=Q(concluded_at=None, review_on=None, prescription="")
                | Q(concluded_at__isnull=False, review_on__gt=F("held_on")) & ~Q(prescription=""),
                name="sponsors_conference_concluded",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "leader", "held_on"], name="sponsors_conference_leader")
        ]

    def __str__(self) -> str:
        return f"{self.leader_id} on {self.held_on}"

    @property
    def is_concluded(self) -> bool:
        return self.concluded_at is not None


class Attendee(TenantModel):
    """Somebody of the team who was asked to a conference."""

    conference = TenantForeignKey(Conference, on_delete=models.CASCADE, related_name="attendees")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("conference", "person"),
            models.UniqueConstraint(
                fields=["organization", "conference", "person"], name="sponsors_attendee_once"
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="sponsors_attendee_person")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.conference_id}"


class ConferenceEvidence(TenantModel):
    """What an attendee brings, in words that stay as they were. `domain`: empty for all at the conference."""

    conference = TenantForeignKey(Conference, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=12, choices=EvidenceKind.choices)
    words = models.CharField(max_length=600)
    domain = models.CharField(max_length=12, choices=Domain.choices, blank=True)
    path = models.CharField(max_length=300, blank=True)  # inside the organisation, after /o/<slug>/
    noted_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("conference", "noted_by", redact=("words", "path")),
            AppendOnly(name="sponsors_evidence_append_only"),
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="sponsors_evidence_kind"),
            models.CheckConstraint(
                condition=Q(domain__in=["", *Domain.values]), name="sponsors_evidence_domain"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="sponsors_evidence_words"),
        ]
        indexes = [models.Index(fields=["organization", "conference"], name="sponsors_evidence_of")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.conference_id}"
