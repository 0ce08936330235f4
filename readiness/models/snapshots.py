from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from passport.models import Stage
from people.models import Person
from readiness.enums import ScoreState
from readiness.models.weights import WeightSet
from surveys.enums import Dimension
from surveys.models import PublishedIndex
from tenancy.models import Organization, TenantForeignKey, TenantModel, walls
from tenancy.scope import current_organization_id
from tenancy.walls import AppendOnly


def points_between_0_and_100() -> Q:
    condition = Q()
    for column in (*Dimension.values, "total"):
        condition &= Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gte": 0, f"{column}__lte": 100})
    return condition


class Snapshot(TenantModel):
    """A person's score in a quarter, with everything it was made of. Written by sql/score_quarter.sql.

    A correction is a new row with the next revision; the latest one counts.
    """

    # That the organisation exists follows from the person's key, which includes it: one look less a row.
    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="+",
        default=current_organization_id,
        editable=False,
        db_index=False,
        db_constraint=False,
    )
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="snapshots")
    quarter = models.CharField(max_length=6)  # 2026Q3
    revision = models.PositiveSmallIntegerField(default=1)
    weights = TenantForeignKey(WeightSet, on_delete=models.PROTECT, related_name="+")
    stage = TenantForeignKey(Stage, on_delete=models.PROTECT, null=True, related_name="+")
    # Points of each dimension, 0 to 100; NULL where nothing is known.
    strategic_insight = models.FloatField(null=True)
    financial_acumen = models.FloatField(null=True)
    team_leadership = models.FloatField(null=True)
    governance_experience = models.FloatField(null=True)
    mentorship_engagement = models.FloatField(null=True)
    # Bit 0 is the first dimension: set where there is attested evidence.
    known = models.PositiveSmallIntegerField()
    known_count = models.PositiveSmallIntegerField()
    total = models.FloatField(null=True)
    state = models.CharField(max_length=24, choices=ScoreState.choices)
    # The evidence that went in, five values each in the order of the dimensions: points of self-confidence,
    # points of milestones earned and due, points of pods, capstones verified; NULL where there is none.
    confidence = ArrayField(models.FloatField(), null=True)
    earned = ArrayField(models.PositiveIntegerField(null=True))
    due = ArrayField(models.PositiveIntegerField(), null=True)
    pods = ArrayField(models.FloatField(null=True), null=True)
    capstones = ArrayField(models.PositiveIntegerField(null=True), null=True)
    # Of the leader's teams: percent of range, and the published cell it was read from.
    leader_index = models.FloatField(null=True)
    index = TenantForeignKey(PublishedIndex, on_delete=models.PROTECT, null=True, related_name="+")
    computed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", settled=("weights", "stage", "index"), audited=False),
            AppendOnly(name="readiness_snapshot_append_only"),
            # By quarter first, for dashboards. For one person PostgreSQL 18 skips through the few quarters of
            # the same index, so that writing 50,000 scores keeps one index less. With the numbers in it, sums
            # over a quarter leave the wide rows alone.
            models.UniqueConstraint(
                fields=["organization", "quarter", "person", "revision"],
                include=[*Dimension.values, "known", "total", "state"],
                name="readiness_snapshot_once",
            ),
            models.CheckConstraint(
                condition=Q(quarter__regex=r"^[0-9]{4}Q[1-4]$"), name="readiness_snapshot_quarter"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="readiness_snapshot_revision"),
            models.CheckConstraint(condition=Q(state__in=ScoreState.values), name="readiness_snapshot_state"),
            models.CheckConstraint(
                condition=Q(state=ScoreState.INSUFFICIENT_EVIDENCE, total__isnull=True)
                | (~Q(state=ScoreState.INSUFFICIENT_EVIDENCE) & Q(total__isnull=False)),
                name="readiness_snapshot_total",
            ),
            models.CheckConstraint(condition=points_between_0_and_100(), name="readiness_snapshot_points"),
        ]
        indexes = [
            models.Index(
                fields=["organization", "quarter", "person", "revision"],
                name="readiness_snapshot_correction",  # few: the others are known to be the latest at once
                condition=Q(revision__gte=2),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.quarter}"

    def knows(self, place: int) -> bool:
        """Whether the dimension at this place has attested evidence."""
        return bool(self.known >> place & 1)

    @property
    def points(self) -> list[float | None]:
        """In the order of the dimensions."""
        return [getattr(self, dimension) for dimension in Dimension.values]
