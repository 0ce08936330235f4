"""The partnership programme: twelve months in which partnerships learn to lead together."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from partnerships.enums import AuditPoint, ParticipantKind
from partnerships.models.partnerships import Partnership
from people.models import Person, Unit
from people.terms import years_later
from surveys.models import Wave
from tenancy.models import TenantForeignKey, TenantModel, walls

YEARS = 1  # of the programme itself (R210)
LOOKED_BACK_AFTER = 2  # years from the start until outcomes are in (C19)


class PartnershipProgramme(TenantModel):
    """Partnerships of a unit and of what lies below it go through a year together, with executives who take
    part themselves."""

    title = models.CharField(max_length=200)
    purpose = models.TextField(max_length=2000)
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    lead = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")  # who runs it
    start_date = models.DateField()
    closed_on = models.DateField(null=True, blank=True)  # nothing more is asked of anybody

    participants_by_name: list[ProgrammeParticipant]  # prefetched by queries.programmes.programmes()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("unit", "lead", redact=("purpose",)),
            models.UniqueConstraint(fields=["organization", "title"], name="partnerships_programme_title"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("start_date")),
                name="partnerships_programme_dates",
            ),
        ]
        indexes = [models.Index(fields=["organization", "lead"], name="partnerships_programme_lead")]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_on(self) -> dt.date:
        return years_later(self.start_date, YEARS)

    @property
    def looks_back_on(self) -> dt.date:
        return years_later(self.start_date, LOOKED_BACK_AFTER)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class ProgrammeParticipant(TenantModel):
    """Somebody who goes through it: a partner with their partnership, or an executive sponsor. Sponsors take
    part themselves, and have as a rule done the like before (R207)."""

    programme = TenantForeignKey(PartnershipProgramme, on_delete=models.CASCADE, related_name="participants")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=ParticipantKind.choices)
    partnership = TenantForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="participants"
    )
    done_before = models.CharField(max_length=200, blank=True)  # a sponsor's own programme of the kind
    coach = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    left_on = models.DateField(null=True, blank=True)  # the first day without them

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("programme", "person", "partnership", "coach"),
            models.UniqueConstraint(
                fields=["organization", "programme", "person"], name="partnerships_participant_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=ParticipantKind.PARTNER, partnership__isnull=False, done_before="")
                | Q(kind=ParticipantKind.SPONSOR, partnership=None),
                name="partnerships_participant_kind",
            ),
            models.CheckConstraint(
                condition=Q(coach=None) | ~Q(coach=F("person")), name="partnerships_participant_own_coach"
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="partnerships_participant_who")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.programme_id}"

    @property
    def is_sponsor(self) -> bool:
        return self.kind == ParticipantKind.SPONSOR


class ProgrammeAudit(TenantModel):
    """The survey that was a programme's cultural audit, at its start or at its end."""

    programme = TenantForeignKey(PartnershipProgramme, on_delete=models.CASCADE, related_name="audits")
    which = models.CharField(max_length=5, choices=AuditPoint.choices)
    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, related_name="programme_audits")
    attached_on = models.DateField()
    attached_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("programme", "wave", "attached_by"),
            models.UniqueConstraint(
                fields=["organization", "programme", "which"], name="partnerships_audit_point_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "programme", "wave"], name="partnerships_audit_wave_once"
            ),
            models.CheckConstraint(condition=Q(which__in=AuditPoint.values), name="partnerships_audit_point"),
        ]

    def __str__(self) -> str:
        return f"{self.which} of {self.programme_id}"
