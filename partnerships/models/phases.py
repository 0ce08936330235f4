"""The year of a partnership programme: its phases, who was there, what came of it, and coaching."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partnerships.enums import ArtefactKind, PhaseKind, PhaseState
from partnerships.models.programmes import PartnershipProgramme, ProgrammeParticipant
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class ProgrammePhase(TenantModel):
    """A part of the year with its day and whoever sees to it. There may be several away days; of all else
    there is one."""

    programme = TenantForeignKey(PartnershipProgramme, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=11, choices=PhaseKind.choices)
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    owner = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=PhaseState.choices, default=PhaseState.OPEN)
    over_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)  # what came of it, or why it was dropped
    reminded_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("programme", "owner", redact=("words",)),
            models.UniqueConstraint(
                fields=["organization", "programme", "kind"],
                name="partnerships_phase_once",
                condition=~Q(kind=PhaseKind.AWAY_DAY),
            ),
            models.CheckConstraint(condition=Q(kind__in=PhaseKind.values), name="partnerships_phase_kind"),
            models.CheckConstraint(
                condition=Q(state=PhaseState.OPEN, over_on=None)
                | Q(state__in=[PhaseState.DONE, PhaseState.DROPPED], over_on__isnull=False),
                name="partnerships_phase_state",
            ),
        ]
        indexes = [
            # Today and the nightly reminders look for what is open.
            models.Index(
                fields=["organization", "due_on"],
                name="partnerships_phase_open",
                condition=Q(state=PhaseState.OPEN),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == PhaseState.OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def counts_presence(self) -> bool:
        """Whether it matters who was there."""
        return self.kind in {PhaseKind.AWAY_DAY, PhaseKind.PROFILING}


class PhaseAttendance(TenantModel):
    """Whether somebody who takes part was there."""

    phase = TenantForeignKey(ProgrammePhase, on_delete=models.CASCADE, related_name="attendances")
    participant = TenantForeignKey(ProgrammeParticipant, on_delete=models.CASCADE, related_name="attendances")
    present = models.BooleanField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("phase", "participant"),
            models.UniqueConstraint(
                fields=["organization", "phase", "participant"], name="partnerships_attendance_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} at {self.phase_id}"


class ProgrammeCoaching(TenantModel):
    """A session in which somebody was coached in their new role (R214). What was said is theirs."""

    participant = TenantForeignKey(ProgrammeParticipant, on_delete=models.CASCADE, related_name="coaching")
    held_on = models.DateField()
    logged_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("participant", "logged_by"),
            models.UniqueConstraint(
                fields=["organization", "participant", "held_on"], name="partnerships_coaching_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} on {self.held_on}"


class ProgrammeArtefact(TenantModel):
    """What an away day leaves behind: a common mission, and a map of the roles (R213)."""

    programme = TenantForeignKey(PartnershipProgramme, on_delete=models.CASCADE, related_name="artefacts")
    kind = models.CharField(max_length=8, choices=ArtefactKind.choices)
    words = models.TextField(max_length=4000)
    revision = models.PositiveIntegerField(default=1)
    written_on = models.DateField()
    written_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("programme", "written_by", redact=("words",)),
            models.UniqueConstraint(
                fields=["organization", "programme", "kind"], name="partnerships_artefact_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ArtefactKind.values), name="partnerships_artefact_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.programme_id}"
