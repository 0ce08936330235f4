"""The year's surveys and how many of them anybody is asked."""

from __future__ import annotations

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from people.models import Cohort, Person, Unit
from surveys.disclosure import THRESHOLD_FLOOR
from surveys.enums import Audience, Rhythm
from surveys.models.instruments import Instrument
from tenancy.models import TenantForeignKey, TenantModel, walls

LONGEST_DAYS_OPEN = 60


class SurveyRule(TenantModel):
    """What an organisation demands of its surveys. Without a row the defaults hold."""

    surveys_per_quarter = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    # Percent of the last survey's debriefs to be closed before leaders are asked about again.
    debrief_share = models.PositiveSmallIntegerField(default=80, validators=[MaxValueValidator(100)])
    changed_by = TenantForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    # Whether succession may ask for a leader's index; see surveys/offers.py for when.
    selection_use = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("changed_by"),
            models.UniqueConstraint(fields=["organization"], name="surveys_rule_once"),
            models.CheckConstraint(
                condition=models.Q(surveys_per_quarter__range=(1, 12), debrief_share__lte=100),
                name="surveys_rule_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.surveys_per_quarter} a quarter"


class CalendarEntry(TenantModel):
    """A survey that comes back each year or quarter; a nightly job prepares its waves in time."""

    title = models.CharField(max_length=150)
    instrument = TenantForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYBODY)
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cohort = TenantForeignKey(Cohort, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    threshold = models.PositiveSmallIntegerField(default=THRESHOLD_FLOOR)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.YEARLY)
    month = models.PositiveSmallIntegerField()  # of the year, or of the quarter: 1 to 3
    days_open = models.PositiveSmallIntegerField(default=21)
    opens_by_itself = models.BooleanField(default=False)
    # The first day of the last wave that was prepared: a draft somebody deleted does not come back.
    made_until = models.DateField(null=True, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("instrument", "unit", "cohort"),
            models.UniqueConstraint(fields=["organization", "title"], name="surveys_calendar_title"),
            models.CheckConstraint(
                condition=models.Q(threshold__gte=THRESHOLD_FLOOR), name="surveys_calendar_threshold"
            ),
            models.CheckConstraint(
                condition=models.Q(rhythm=Rhythm.YEARLY, month__range=(1, 12))
                | models.Q(rhythm=Rhythm.QUARTERLY, month__range=(1, 3)),
                name="surveys_calendar_month",
            ),
            models.CheckConstraint(
                condition=models.Q(days_open__range=(1, LONGEST_DAYS_OPEN)), name="surveys_calendar_days"
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="surveys_calendar_audience"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def reached(self, on: dt.date) -> dt.date:
        """The day, seen on a day, after which its next wave opens: none is made for a day that is past, nor
        twice for the same one."""
        return max(on - dt.timedelta(days=1), self.made_until or dt.date.min)
