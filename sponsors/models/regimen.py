"""A leader's regimen: goals and actions as they are being planned, the versions that were published, and who
changed what and why."""

from __future__ import annotations

from hashlib import sha256

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from passport.models import Milestone
from people.models import Person
from sponsors.enums import ActionKind, ActionState, Compartment, Domain, Outcome
from sponsors.models.diagnoses import Diagnosis
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class Goal(TenantModel):
    """What a leader wants to reach, as the next version will have it."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="goals")
    title = models.CharField(max_length=200)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    made_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)  # grows with every change: two at once are noticed
    removed = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("leader", redact=("title",)),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="sponsors_goal_outcome"),
        ]
        indexes = [models.Index(fields=["organization", "leader"], name="sponsors_goal_leader")]

    def __str__(self) -> str:
        return self.title


class Action(TenantModel):
    """One step of a regimen: the plan's part as the next version will have it, and how far it is."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="actions")
    goal = TenantForeignKey(Goal, on_delete=models.PROTECT, related_name="actions")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=ActionKind.choices)
    need = models.CharField(max_length=300)  # the leader's need that it serves (R1)
    diagnosis = TenantForeignKey(  # why this action: the diagnosis that it answers
        Diagnosis, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    domain = models.CharField(max_length=12, choices=Domain.choices, blank=True)
    owner = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hours = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    start_on = models.DateField()
    due_on = models.DateField()
    evidence = models.CharField(max_length=300, blank=True)  # by what one will see that it is done
    private = models.BooleanField(default=False)  # between leader and sponsor (C3)
    made_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)
    removed = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=ActionState.choices, default=ActionState.OPEN)
    over_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True, max_length=1000)  # what came of it, in the words of who closed it
    link = models.URLField(blank=True, max_length=500)
    milestone = TenantForeignKey(  # of the Passport, which the outcome serves
        Milestone, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    attested_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    attested_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(
                *("leader", "goal", "owner", "diagnosis", "milestone", "attested_by"),
                redact=("title", "need", "evidence", "outcome", "link"),
            ),
            models.CheckConstraint(condition=Q(kind__in=ActionKind.values), name="sponsors_action_kind"),
            models.CheckConstraint(
                condition=Q(domain__in=["", *Domain.values]), name="sponsors_action_domain"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("start_on")), name="sponsors_action_dates"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="sponsors_action_hours"),
            models.CheckConstraint(condition=~Q(need=""), name="sponsors_action_need"),
            models.CheckConstraint(
                condition=Q(state__in=[ActionState.OPEN, ActionState.STARTED], over_on=None)
                | Q(state__in=[ActionState.DONE, ActionState.DROPPED], over_on__isnull=False),
                name="sponsors_action_state",
            ),
            models.CheckConstraint(
                condition=Q(attested_by=None, attested_at=None)
                | Q(attested_by__isnull=False, attested_at__isnull=False, state=ActionState.DONE),
                name="sponsors_action_attested",
            ),
            models.CheckConstraint(
                condition=Q(attested_by=None) | ~Q(attested_by=F("leader")),
                name="sponsors_action_never_oneself",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "leader"], name="sponsors_action_leader"),
            models.Index(fields=["organization", "owner", "state"], name="sponsors_action_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state in {ActionState.DONE, ActionState.DROPPED}

    @property
    def is_attested(self) -> bool:
        return self.attested_at is not None

    @property
    def outcome_mark(self) -> str:
        """Two outcomes have the same mark if they say the same."""
        told = (self.state, str(self.over_on), self.outcome, self.link, str(self.milestone_id))
        return sha256("\0".join(told).encode()).hexdigest()


class RegimenVersion(TenantModel):
    """A regimen as it was published: `content` as sponsors/plan/items.py writes it, and its cautions."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="regimens")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    cautions = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    reason = models.CharField(max_length=300)
    published_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("leader", "published_by", redact=("content", "reason")),
            AppendOnly(name="sponsors_version_append_only"),
            models.UniqueConstraint(
                fields=["organization", "leader", "number"], name="sponsors_version_number"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class Acknowledgement(TenantModel):
    """The leader has read a version."""

    version = TenantForeignKey(RegimenVersion, on_delete=models.CASCADE, related_name="acknowledgements")
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("version"),
            models.UniqueConstraint(fields=["organization", "version"], name="sponsors_acknowledged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} is read"


class RegimenChange(TenantModel):
    """Somebody's change to a goal or an action between two versions, and why (R10); and the leader's own act
    when an action is let go `into` another compartment."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="regimen_changes")
    item_id = models.UUIDField()  # of a goal or an action
    by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300)
    private = models.BooleanField(default=False)  # of what was between leader and sponsor then (C3)
    into = models.CharField(max_length=8, choices=Compartment.choices, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("leader", "by", redact=("reason",)),
            AppendOnly(name="sponsors_change_append_only"),
            models.CheckConstraint(condition=~Q(reason=""), name="sponsors_change_reason"),
            models.CheckConstraint(
                condition=Q(into__in=["", *Compartment.values]), name="sponsors_change_into"
            ),
        ]
        indexes = [models.Index(fields=["organization", "leader", "at"], name="sponsors_change_leader")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.at}"


class Proposal(TenantModel):
    """What the leader would like in the plan; sponsor or manager take it up or answer why not."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="proposals")
    words = models.CharField(max_length=600)
    proposed_at = models.DateTimeField(default=timezone.now)
    taken_up = models.BooleanField(null=True)
    answer = models.CharField(max_length=600, blank=True)
    answered_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("leader", "answered_by", redact=("words", "answer")),
            models.CheckConstraint(
                condition=Q(taken_up=None, answered_at=None)
                | Q(taken_up__isnull=False, answered_at__isnull=False),
                name="sponsors_proposal_answered",
            ),
        ]
        indexes = [models.Index(fields=["organization", "leader"], name="sponsors_proposal_leader")]

    def __str__(self) -> str:
        return self.words
