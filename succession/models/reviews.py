"""Talent reviews: pools looked at together on one day, as they were on it, and what was decided."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from people.models import Person, Unit
from succession.enums import Flag, ReviewState
from succession.models.candidacies import EXPIRES
from succession.models.pools import Pool
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class TalentReview(TenantModel):
    """A meeting about all pools, or those of a unit and the units below it. Closed it never changes
    (succession/sql/talent_review_guard.sql)."""

    title = models.CharField(max_length=120)
    held_on = models.DateField()
    facilitator = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    planned_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ReviewState.choices, default=ReviewState.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("facilitator", "unit", "planned_by"),
            models.CheckConstraint(condition=~Q(title=""), name="succession_talentreview_title"),
            models.CheckConstraint(
                condition=Q(state=ReviewState.PLANNED, opened_at=None, closed_at=None)
                | Q(state=ReviewState.OPEN, opened_at__isnull=False, closed_at=None)
                | Q(state=ReviewState.CLOSED, opened_at__isnull=False, closed_at__gte=F("opened_at")),
                name="succession_talentreview_state",
            ),
        ]
        indexes = [models.Index(fields=["organization", "-held_on"], name="succession_talentreview_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_planned(self) -> bool:
        return self.state == ReviewState.PLANNED

    @property
    def is_open(self) -> bool:
        return self.state == ReviewState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == ReviewState.CLOSED


class PoolSnapshot(TenantModel):
    """One pool's scorecard at the opening of a review, with the rule of that day: its targets, and after how
    many months a rating was stale. `place`: on the agenda, the most exposed first."""

    review = TenantForeignKey(TalentReview, on_delete=models.PROTECT, related_name="snapshots")
    pool = TenantForeignKey(Pool, on_delete=models.PROTECT, related_name="snapshots")
    place = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    unit_name = models.CharField(max_length=200)
    # Whose pool it was: the incumbent's, or its keeper's.
    owner = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    term_ends = models.DateField(null=True, blank=True)
    ready_target = models.PositiveSmallIntegerField()
    soon_target = models.PositiveSmallIntegerField()
    valid_months = models.PositiveSmallIntegerField(default=EXPIRES)
    members = models.PositiveIntegerField()
    ready_now = models.PositiveIntegerField()
    one_two = models.PositiveIntegerField()
    three_five = models.PositiveIntegerField()
    later = models.PositiveIntegerField()
    stale = models.PositiveIntegerField()
    unassessed = models.PositiveIntegerField()
    interim_cover = models.PositiveIntegerField()
    flags = ArrayField(models.CharField(max_length=10, choices=Flag.choices), default=list)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("review", "pool", "owner"),
            AppendOnly(name="succession_poolsnapshot_append_only"),
            models.UniqueConstraint(
                fields=["organization", "review", "pool"], name="succession_snapshot_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "review", "place"], name="succession_snapshot_place"
            ),
            models.CheckConstraint(
                condition=Q(
                    members=F("ready_now")
                    + F("one_two")
                    + F("three_five")
                    + F("later")
                    + F("stale")
                    + F("unassessed")
                ),
                name="succession_snapshot_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(flags__contained_by=Flag.values), name="succession_snapshot_flags"
            ),
        ]
        indexes = [models.Index(fields=["organization", "pool"], name="succession_snapshot_pool")]

    def __str__(self) -> str:
        return f"{self.title} in {self.review_id}"

    @property
    def taken_at(self) -> dt.datetime:
        """With its review loaded."""
        assert self.review.opened_at is not None  # noqa: S101 - the database takes none before
        return self.review.opened_at

    @property
    def soon(self) -> int:
        """Ready now or within two years."""
        return self.ready_now + self.one_two


class PoolDecision(TenantModel):
    """What a review decided about a pool, and why; rewritten until it closes."""

    snapshot = TenantForeignKey(PoolSnapshot, on_delete=models.PROTECT, related_name="decisions")
    words = models.CharField(max_length=500)
    reason = models.CharField(max_length=1000)
    decided_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("snapshot", "decided_by", redact=("words", "reason")),
            models.UniqueConstraint(fields=["organization", "snapshot"], name="succession_decision_once"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(reason=""), name="succession_decision_words"),
        ]

    def __str__(self) -> str:
        return f"decision on {self.snapshot_id}"


class PoolAction(TenantModel):
    """What somebody does about a pool until a day; they mark it done, also after the review has closed."""

    snapshot = TenantForeignKey(PoolSnapshot, on_delete=models.PROTECT, related_name="actions")
    words = models.CharField(max_length=300)
    owner = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    given_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("snapshot", "owner", "given_by", redact=("words",)),
            models.CheckConstraint(condition=~Q(words=""), name="succession_poolaction_words"),
        ]
        indexes = [
            models.Index(fields=["organization", "snapshot"], name="succession_poolaction_snapshot"),
            models.Index(
                fields=["organization", "owner", "due_on"],
                name="succession_poolaction_due",
                condition=Q(done_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"due on {self.due_on}"
