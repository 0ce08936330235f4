"""What is told of an audit's comments: written once, read by all who take part; and who has read it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from partnerships.models.coding import AuditAnalysis, Theme
from people.models import Person
from surveys.disclosure import THRESHOLD_FLOOR
from surveys.models import PublishedComment
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class ToldTheme(TenantModel):
    """A theme of enough people, as it read at the release. Without a theme: the smaller ones together, which
    are not named (partnerships.theme_release)."""

    analysis = TenantForeignKey(AuditAnalysis, on_delete=models.PROTECT, related_name="told")
    theme = TenantForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100, blank=True)
    definition = models.TextField(max_length=600, blank=True)
    codes = ArrayField(models.UUIDField(), default=list, blank=True)  # of which it was made then
    comments = models.PositiveIntegerField()  # each of another person

    told_quotes: list[ToldQuote]  # prefetched by queries.findings.told_of()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("analysis", "theme"),
            AppendOnly(name="partnerships_toldtheme_append_only"),
            models.UniqueConstraint(
                fields=["organization", "analysis", "position"], name="partnerships_toldtheme_position"
            ),
            models.UniqueConstraint(
                fields=["organization", "analysis", "theme"],
                nulls_distinct=False,
                name="partnerships_toldtheme_once",
            ),
            models.CheckConstraint(
                condition=Q(comments__gte=THRESHOLD_FLOOR), name="partnerships_toldtheme_large_enough"
            ),
            models.CheckConstraint(
                condition=Q(theme__isnull=False) | Q(name="", definition="", codes=[]),
                name="partnerships_toldtheme_unnamed",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "others"


class ToldQuote(TenantModel):
    """A comment under its theme, in an order that follows nothing."""

    told = TenantForeignKey(ToldTheme, on_delete=models.PROTECT, related_name="quotes")
    quote = TenantForeignKey(PublishedComment, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("told", "quote"),
            AppendOnly(name="partnerships_toldquote_append_only"),
            models.UniqueConstraint(
                fields=["organization", "told", "position"], name="partnerships_toldquote_position"
            ),
            models.UniqueConstraint(
                fields=["organization", "told", "quote"], name="partnerships_toldquote_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote_id} under {self.told_id}"


class Feedback(TenantModel):
    """That somebody who takes part was told of the findings, and has had them: opened by themselves, or told
    in person (R211)."""

    analysis = TenantForeignKey(AuditAnalysis, on_delete=models.PROTECT, related_name="feedback")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField()
    opened_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    spoken_on = models.DateField(null=True, blank=True)
    spoken_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("analysis", "person", "spoken_by"),
            models.UniqueConstraint(
                fields=["organization", "analysis", "person"], name="partnerships_feedback_once"
            ),
            models.CheckConstraint(
                condition=Q(spoken_on=None, spoken_by=None)
                | Q(spoken_on__isnull=False, spoken_by__isnull=False),
                name="partnerships_feedback_spoken",
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="partnerships_feedback_person")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.analysis_id}"

    @property
    def has_had(self) -> bool:
        return self.opened_on is not None or self.spoken_on is not None
