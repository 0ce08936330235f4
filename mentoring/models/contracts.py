"""The words a contract begins with, the contract in its versions, and what is to come of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mentoring.enums import DeliverableState
from mentoring.models.mentorships import Mentorship
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls

MOST_DELIVERABLES = 8


class ContractTemplate(TenantModel):
    """The words every contract of the organisation begins with."""

    purpose = models.TextField(max_length=2000)
    rhythm = models.TextField(max_length=1000)
    confidentiality = models.TextField(max_length=2000)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(),
            models.UniqueConstraint(fields=["organization"], name="mentoring_contracttemplate_one"),
        ]

    def __str__(self) -> str:
        return "contract template"


class TemplateDeliverable(TenantModel):
    """What a contract asks for unless the two agree on something else, so many days from its first draft."""

    title = models.CharField(max_length=120)
    due_days = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        ordering = ["position"]
        constraints = [
            *walls(),
            models.UniqueConstraint(
                fields=["organization", "position"], name="mentoring_templatedeliverable_position"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Contract(TenantModel):
    """A version of what the two agreed. Signed by both it is in force and never changes
    (mentoring/sql/contract_guard.sql); a change is the next version, which both sign again."""

    mentorship = TenantForeignKey(Mentorship, on_delete=models.PROTECT, related_name="contracts")
    version = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField(default=1)  # one signs what one has read
    purpose = models.TextField(max_length=2000)
    rhythm = models.TextField(max_length=1000)
    confidentiality = models.TextField(max_length=2000)
    drafted_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    mentor_signed_at = models.DateTimeField(null=True, blank=True)
    mentee_signed_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("mentorship", "drafted_by", redact=("purpose", "rhythm", "confidentiality")),
            models.UniqueConstraint(
                fields=["organization", "mentorship", "version"], name="mentoring_contract_version"
            ),
            models.UniqueConstraint(
                fields=["organization", "mentorship"],
                name="mentoring_contract_one_draft",
                condition=Q(mentor_signed_at=None) | Q(mentee_signed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version} of {self.mentorship_id}"

    @property
    def is_signed(self) -> bool:
        return self.mentor_signed_at is not None and self.mentee_signed_at is not None


class Deliverable(TenantModel):
    """Something that is to come of a mentorship by a day. The mentee reports it, the mentor attests it."""

    contract = TenantForeignKey(Contract, on_delete=models.CASCADE, related_name="deliverables")
    follows = TenantForeignKey(  # the same in the version before
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=120)
    due_on = models.DateField()
    milestone = models.UUIDField(null=True, blank=True)  # which it serves; the Passport is a floor above
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=DeliverableState.choices, default=DeliverableState.OPEN)
    report = models.TextField(blank=True, max_length=2000)  # the mentee's words
    reported_on = models.DateField(null=True, blank=True)
    attested_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    attested_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        ordering = ["due_on", "position"]
        constraints = [
            *walls("contract", "follows", "attested_by", redact=("report",)),
            models.UniqueConstraint(
                fields=["organization", "contract", "position"], name="mentoring_deliverable_position"
            ),
            models.CheckConstraint(
                condition=Q(state=DeliverableState.OPEN, attested_on=None)
                | Q(state=DeliverableState.REPORTED, reported_on__isnull=False, attested_on=None)
                | Q(
                    state=DeliverableState.COMPLETED,
                    reported_on__isnull=False,
                    attested_on__isnull=False,  # a missing day would pass the comparison
                    attested_on__gte=F("reported_on"),
                    attested_by__isnull=False,
                ),
                name="mentoring_deliverable_state",
            ),
        ]

    def __str__(self) -> str:
        return self.title
