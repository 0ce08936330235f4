"""What a programme is measured by after two years, and whoever missed a part of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from partnerships.models.phases import ProgrammePhase
from partnerships.models.programmes import PartnershipProgramme, ProgrammeParticipant
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class ProgrammeOutcome(TenantModel):
    """Something declared to be looked at after two years (R220), with how it stood, and then how it stands:
    turnover, partners still in their role, what became of the goals."""

    programme = TenantForeignKey(PartnershipProgramme, on_delete=models.CASCADE, related_name="outcomes")
    title = models.CharField(max_length=200)
    declared_on = models.DateField()
    before = models.CharField(max_length=100)
    after = models.CharField(max_length=100, blank=True)
    measured_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("programme"),
            models.UniqueConstraint(
                fields=["organization", "programme", "title"], name="partnerships_outcome_once"
            ),
            models.CheckConstraint(
                condition=Q(after="", measured_on=None, source="")
                # A missing day would pass the comparison alone.
                | ~Q(after="")
                & Q(measured_on__isnull=False, measured_on__gte=F("declared_on"))
                & ~Q(source=""),
                name="partnerships_outcome_measured",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_measured(self) -> bool:
        return self.measured_on is not None


class ProgrammeException(TenantModel):
    """Somebody missed a part of the programme, and somebody sees to it (R218). Open until it is said how it
    ended."""

    participant = TenantForeignKey(ProgrammeParticipant, on_delete=models.CASCADE, related_name="exceptions")
    phase = TenantForeignKey(ProgrammePhase, on_delete=models.CASCADE, related_name="exceptions")
    owner = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)  # what is to be done
    opened_on = models.DateField()
    ending = models.CharField(max_length=300, blank=True)
    settled_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("participant", "phase", "owner", redact=("words", "ending")),
            models.UniqueConstraint(
                fields=["organization", "participant", "phase"], name="partnerships_exception_once"
            ),
            models.CheckConstraint(
                condition=Q(ending="", settled_on=None) | ~Q(ending="") & Q(settled_on__gte=F("opened_on")),
                name="partnerships_exception_settled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "owner"],
                name="partnerships_exception_open",
                condition=Q(settled_on=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} missed {self.phase_id}"

    @property
    def is_open(self) -> bool:
        return self.settled_on is None
