from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from people.models import Unit
from surveys.disclosure import THRESHOLD_FLOOR
from surveys.enums import WaveState
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
    state = models.CharField(max_length=10, choices=WaveState.choices, default=WaveState.OPEN)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("instrument"),
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
        ]
        indexes = [models.Index(fields=["organization", "closes_on"], name="surveys_wave_recent")]

    def __str__(self) -> str:
        return self.title


class Response(TenantModel):
    """What somebody answered: no person, no time, no sequence.

    The application's role may insert and nothing else (see sql/ballots.sql): not read, change or delete.
    """

    # Django would look for rows here before deleting a unit, and may not: the composite keys refuse instead.
    wave = TenantForeignKey(Wave, on_delete=models.DO_NOTHING, related_name="+")
    unit = TenantForeignKey(Unit, on_delete=models.DO_NOTHING, related_name="+")
    # By item position; NULL for unanswered. Nobody scans these for the index: the score is stored beside.
    answers = ArrayField(models.SmallIntegerField(null=True))
    score = models.FloatField(null=True)  # NULL: too few answers to count
    scale_scores = ArrayField(models.FloatField(null=True))  # by order of the instrument's groups

    class Meta(TenantModel.Meta):
        # An audit row would carry the answers together with a time and an order.
        constraints = [*walls("wave", "unit", audited=False)]
        indexes = [
            # The leader index of a wave is one scan of this index alone.
            models.Index(
                fields=["organization", "wave", "unit"], include=["score"], name="surveys_response_index"
            )
        ]

    def __str__(self) -> str:
        return "a response"
