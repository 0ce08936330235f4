"""Who may follow in a position, with their consent, and how far they are."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Person
from people.terms import months_later
from succession.enums import OPEN_STATES, Band, CandidacyState
from succession.models.pools import Pool
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly

EXPIRES: Final = 12  # months after which a rating is stale and no longer counted (C27)


class Candidacy(TenantModel):
    """Proposed by somebody else (C9); in the pool once they said yes (R75)."""

    pool = TenantForeignKey(Pool, on_delete=models.CASCADE, related_name="candidacies")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="candidacies")
    state = models.CharField(max_length=8, choices=CandidacyState.choices, default=CandidacyState.ASKED)
    proposed_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    why = models.CharField(max_length=500)  # whoever is asked reads it
    answered_on = models.DateField(null=True, blank=True)
    over_on = models.DateField(null=True, blank=True)
    over_reason = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("pool", "person", "proposed_by", redact=("why", "over_reason")),
            models.UniqueConstraint(
                fields=["organization", "pool", "person"],
                name="succession_candidacy_once",
                condition=Q(state__in=OPEN_STATES),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("proposed_by")), name="succession_candidacy_not_oneself"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="succession_candidacy_why"),
            models.CheckConstraint(
                condition=Q(state=CandidacyState.ASKED, answered_on=None, over_on=None)
                | Q(state=CandidacyState.MEMBER, answered_on__gte=F("proposed_on"), over_on=None)
                | Q(state=CandidacyState.DECLINED, answered_on__gte=F("proposed_on"), over_on__isnull=False)
                | Q(state=CandidacyState.LEFT, over_on__gte=F("proposed_on")),
                name="succession_candidacy_state",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "person"], name="succession_candidacy_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.pool_id}"

    @property
    def is_asked(self) -> bool:
        return self.state == CandidacyState.ASKED

    @property
    def is_member(self) -> bool:
        return self.state == CandidacyState.MEMBER

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class ReadinessAssessment(TenantModel):
    """When somebody could take over, on what evidence, by whose judgement. Another look is another row."""

    candidacy = TenantForeignKey(Candidacy, on_delete=models.CASCADE, related_name="assessments")
    band = models.CharField(max_length=10, choices=Band.choices)
    interim_cover = models.BooleanField(default=False)  # could hold it for some months, from tomorrow on
    evidence = models.CharField(max_length=1000)
    next_step = models.CharField(max_length=500, blank=True)  # what would bring them nearer
    assessed_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assessed_on = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("candidacy", "assessed_by", redact=("evidence", "next_step")),
            AppendOnly(name="succession_assessment_append_only"),
            models.CheckConstraint(condition=Q(band__in=Band.values), name="succession_assessment_band"),
            models.CheckConstraint(condition=~Q(evidence=""), name="succession_assessment_evidence"),
        ]
        indexes = [
            # With what the register of positions counts by, so that it leaves the wide rows alone.
            models.Index(
                fields=["organization", "candidacy", "-at"],
                include=["band", "interim_cover", "assessed_on"],
                name="succession_assessment_told",
            )
        ]

    def __str__(self) -> str:
        return f"{self.band} on {self.assessed_on}"

    @property
    def expires_on(self) -> dt.date:
        """The first day on which it is stale."""
        return months_later(self.assessed_on, EXPIRES)

    @property
    def is_stale(self) -> bool:
        return timezone.localdate() >= self.expires_on
