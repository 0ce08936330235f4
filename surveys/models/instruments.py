from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from surveys.enums import About, InstrumentState, ItemPart
from surveys.questionnaire import Question
from tenancy.models import TenantForeignKey, TenantModel, walls


class Instrument(TenantModel):
    """A questionnaire in one version. A changed wording is a new version, so that years stay comparable.

    A trigger (surveys/sql/instruments.sql) lets a draft be changed and nothing else: of what is in use or
    retired only the state moves, between these two; its items stay. Waves take no drafts and open only with
    an instrument in use.
    """

    key = models.SlugField(max_length=64, db_index=False)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    state = models.CharField(
        max_length=8, choices=InstrumentState.choices, default=InstrumentState.DRAFT, editable=False
    )
    about = models.CharField(max_length=10, choices=About.choices, default=About.LEADER)
    built_in = models.BooleanField(default=False, editable=False)
    # Of a licensed instrument: whose wording it is, and the note its licence wants before the first question.
    holder = models.CharField(max_length=200, blank=True)
    licence = models.TextField(max_length=2000, blank=True)
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
            models.CheckConstraint(
                condition=models.Q(state__in=InstrumentState.values), name="surveys_instrument_state"
            ),
            models.CheckConstraint(
                condition=models.Q(about__in=About.values), name="surveys_instrument_about"
            ),
            models.CheckConstraint(
                condition=~models.Q(holder="") | models.Q(licence=""), name="surveys_instrument_licence"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class InstrumentItem(TenantModel):
    """One question. Its key stays the same in every version in which it asks the same."""

    instrument = TenantForeignKey(Instrument, on_delete=models.CASCADE, related_name="items")
    key = models.SlugField(max_length=64, db_index=False)
    position = models.PositiveSmallIntegerField()  # from 0; index items come first
    # Shown as a heading before the first of the items that follow each other in it.
    section = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    part = models.CharField(max_length=8, choices=ItemPart.choices, default=ItemPart.INDEX)
    # Items of one group make one scale: a behaviour, a readiness dimension, an outcome such as burnout.
    group = models.CharField(max_length=64)
    low = models.SmallIntegerField(default=1)
    high = models.SmallIntegerField(default=5)
    reversed = models.BooleanField(default=False)
    # What the answers say, lowest first; empty where the bare numbers are shown.
    labels = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    # Whether "cannot say" is offered: stored as no answer, left out of the mean, counted.
    cannot_say = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("instrument"),
            models.UniqueConstraint(fields=["organization", "instrument", "key"], name="surveys_item_key"),
            models.UniqueConstraint(
                fields=["organization", "instrument", "position"], name="surveys_item_position"
            ),
            models.CheckConstraint(condition=models.Q(low__lt=models.F("high")), name="surveys_item_range"),
            models.CheckConstraint(condition=models.Q(part__in=ItemPart.values), name="surveys_item_part"),
            models.CheckConstraint(
                condition=models.Q(labels__len=0)
                | models.Q(labels__len=models.F("high") - models.F("low") + 1),
                name="surveys_item_labels",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def question(self) -> Question:
        """The item as scoring sees it."""
        return Question(self.key, self.part, self.group, self.low, self.high, self.reversed)
