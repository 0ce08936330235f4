from __future__ import annotations

from django.db import models

from surveys.enums import ItemPart
from tenancy.models import TenantForeignKey, TenantModel, walls


class Instrument(TenantModel):
    """A questionnaire in one version. A changed wording is a new version, so that years stay comparable."""

    key = models.SlugField(max_length=64, db_index=False)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    built_in = models.BooleanField(default=False, editable=False)
    # A response with fewer index items answered has no score; it is counted as left out.
    minimum_answered = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(),
            models.UniqueConstraint(
                fields=["organization", "key", "version"], name="surveys_instrument_version"
            ),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="surveys_instrument_from_one"),
            models.CheckConstraint(
                condition=models.Q(minimum_answered__gte=1), name="surveys_instrument_minimum"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class InstrumentItem(TenantModel):
    """One question. Its key stays the same in every version in which it asks the same."""

    instrument = TenantForeignKey(Instrument, on_delete=models.CASCADE, related_name="items")
    key = models.SlugField(max_length=64, db_index=False)
    position = models.PositiveSmallIntegerField()  # from 0; index items come first
    text = models.TextField()
    part = models.CharField(max_length=8, choices=ItemPart.choices, default=ItemPart.INDEX)
    # Items of one group make one scale: a behaviour, a readiness dimension, an outcome such as burnout.
    group = models.CharField(max_length=64)
    low = models.SmallIntegerField(default=1)
    high = models.SmallIntegerField(default=5)
    reversed = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("instrument"),
            models.UniqueConstraint(fields=["organization", "instrument", "key"], name="surveys_item_key"),
            models.UniqueConstraint(
                fields=["organization", "instrument", "position"], name="surveys_item_position"
            ),
            models.CheckConstraint(condition=models.Q(low__lt=models.F("high")), name="surveys_item_range"),
            models.CheckConstraint(condition=models.Q(part__in=ItemPart.values), name="surveys_item_part"),
        ]

    def __str__(self) -> str:
        return self.text
