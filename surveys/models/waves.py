from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from people.models import Cohort, Unit
from surveys.disclosure import THRESHOLD_FLOOR
from surveys.enums import Audience, WaveState
from surveys.models.instruments import Instrument
from tenancy.models import TenantForeignKey, TenantModel, walls


class Wave(TenantModel):
    """One occasion on which an instrument was answered. A trigger keeps it moving forward only, freezes its
    terms as soon as there are answers, and lets nothing change once it is published."""

    instrument = TenantForeignKey(Instrument, on_delete=models.PROTECT, related_name="waves")
    title = models.CharField(max_length=200)
    opens_on = models.DateField()
    closes_on = models.DateField()
    threshold = models.PositiveSmallIntegerField(default=THRESHOLD_FLOOR)
    # Lowest and highest possible score, in points: 12 and 60 for the leader index.
    scale_low = models.FloatField()
    scale_high = models.FloatField()
    state = models.CharField(max_length=10, choices=WaveState.choices, default=WaveState.DRAFT)
    # From a file of answers given elsewhere: nobody was asked here, and there is no roll.
    imported = models.BooleanField(default=False, editable=False)
    # Who is asked: everybody or some below a unit, in a cohort, or of the whole organisation.
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYBODY)
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cohort = TenantForeignKey(Cohort, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # A draft that opens by itself on its first day.
    planned = models.BooleanField(default=False, editable=False)

    # The transaction of the close, written by the trigger: within it nothing is told of the answers.
    closed_in = models.BigIntegerField(null=True, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("instrument", "unit", "cohort"),
            models.UniqueConstraint(fields=["organization", "title"], name="surveys_wave_title"),
            models.CheckConstraint(
                condition=models.Q(threshold__gte=THRESHOLD_FLOOR), name="surveys_wave_threshold"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="surveys_wave_dates"
            ),
            models.CheckConstraint(
                condition=models.Q(scale_low__lt=models.F("scale_high")), name="surveys_wave_scale"
            ),
            models.CheckConstraint(condition=models.Q(state__in=WaveState.values), name="surveys_wave_state"),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="surveys_wave_audience"
            ),
        ]
        indexes = [models.Index(fields=["organization", "closes_on"], name="surveys_wave_recent")]

    def __str__(self) -> str:
        return self.title


class DraftCount(TenantModel):
    """Whom a draft would have asked at one moment (surveys.rolls): pages show it with the moment, as counting
    73,000 people takes longer than a page may. A launch counts for itself."""

    wave = TenantForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    counted_at = models.DateTimeField(default=timezone.now, editable=False)
    asked = models.PositiveIntegerField()
    leaders = models.PositiveIntegerField()  # of those who are asked
    leaderless = models.PositiveIntegerField()  # left out: nobody on record as their immediate leader
    asked_enough = models.PositiveIntegerField()  # left out: asked in as many surveys as the rule allows
    large_units = models.PositiveIntegerField()  # with as many people, here and below, as the threshold says
    units = models.PositiveIntegerField()
    # The newest wave that has just asked some of them the same questions (surveys.overlaps).
    asked_before = TenantForeignKey(Wave, on_delete=models.SET_NULL, null=True, related_name="+")
    # Some of the leaderless, for the page to name; whoever is not there any more is not named.
    without_leader = ArrayField(models.UUIDField(), default=list)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", "asked_before", audited=False),
            models.UniqueConstraint(fields=["organization", "wave"], name="surveys_draftcount_once"),
        ]

    def __str__(self) -> str:
        return f"{self.asked} in {self.wave_id}"

    @property
    def left_out(self) -> int:
        return self.leaderless + self.asked_enough
