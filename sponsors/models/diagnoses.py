"""Diagnoses: as somebody drafts them, as the leader was told them for good, and what the leader asks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Person
from sponsors.enums import DiagnosisKind, Domain
from sponsors.models.conferences import Conference
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class Diagnosis(TenantModel):
    """What the leader was told of one domain, by whom and when. Nobody changes it or takes it back: another
    one corrects it and says so."""

    conference = TenantForeignKey(Conference, on_delete=models.PROTECT, related_name="diagnoses")
    author = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=12, choices=Domain.choices)
    kind = models.CharField(max_length=12, choices=DiagnosisKind.choices)
    words = models.TextField(max_length=2000)
    prescription = models.TextField(max_length=2000)
    corrects = TenantForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    released_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        verbose_name_plural = "diagnoses"
        constraints = [
            *walls("conference", "author", "corrects", redact=("words", "prescription")),
            AppendOnly(name="sponsors_diagnosis_append_only"),
            models.CheckConstraint(condition=Q(domain__in=Domain.values), name="sponsors_diagnosis_domain"),
            models.CheckConstraint(
                condition=Q(kind__in=DiagnosisKind.values), name="sponsors_diagnosis_kind"
            ),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(prescription=""), name="sponsors_diagnosis_words"
            ),
            models.UniqueConstraint(
                fields=["organization", "corrects"], name="sponsors_diagnosis_corrected_once"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "conference"], name="sponsors_diagnosis_of"),
            models.Index(fields=["organization", "released_at"], name="sponsors_diagnosis_released"),
        ]

    def __str__(self) -> str:
        return f"{self.domain} of {self.conference_id}"


class DiagnosisDraft(TenantModel):
    """A diagnosis before its release, for its author and the sponsor to read. Released or discarded, it is
    gone."""

    conference = TenantForeignKey(Conference, on_delete=models.PROTECT, related_name="drafts")
    author = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=12, choices=Domain.choices)
    kind = models.CharField(max_length=12, choices=DiagnosisKind.choices)
    words = models.TextField(max_length=2000)
    prescription = models.TextField(max_length=2000)
    corrects = TenantForeignKey(Diagnosis, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("conference", "author", "corrects", redact=("words", "prescription")),
            models.CheckConstraint(condition=Q(domain__in=Domain.values), name="sponsors_draft_domain"),
            models.CheckConstraint(condition=Q(kind__in=DiagnosisKind.values), name="sponsors_draft_kind"),
        ]
        indexes = [models.Index(fields=["organization", "conference"], name="sponsors_draft_of")]

    def __str__(self) -> str:
        return f"draft: {self.domain} of {self.conference_id}"


class DiagnosisAcknowledgement(TenantModel):
    """The leader has read a diagnosis."""

    diagnosis = TenantForeignKey(Diagnosis, on_delete=models.PROTECT, related_name="acknowledgements")
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("diagnosis"),
            models.UniqueConstraint(
                fields=["organization", "diagnosis"], name="sponsors_diagnosis_acknowledged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.diagnosis_id} is read"


class DiagnosisQuestion(TenantModel):
    """What the leader asks about a diagnosis, and the answer: the time between the two is measured."""

    diagnosis = TenantForeignKey(Diagnosis, on_delete=models.PROTECT, related_name="questions")
    words = models.CharField(max_length=1000)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True, max_length=2000)
    answered_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("diagnosis", "answered_by", redact=("words", "answer")),
            models.CheckConstraint(condition=~Q(words=""), name="sponsors_question_words"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__gte=F("asked_at"), answered_by__isnull=False) & ~Q(answer=""),
                name="sponsors_question_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "diagnosis"], name="sponsors_question_of"),
            models.Index(fields=["organization", "asked_at"], name="sponsors_question_asked"),
        ]

    def __str__(self) -> str:
        return f"about {self.diagnosis_id}"
