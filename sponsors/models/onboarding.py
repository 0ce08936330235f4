"""The three years before a permanent appointment: what is shown at each gate, recommended and decided."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Person
from sponsors.enums import (
    PRIVATE_ITEMS,
    GateDecision,
    GateItemKind,
    ObstacleKind,
    OnboardingState,
    Part,
    ProofState,
)
from sponsors.plan.onboarding import GATES, HINDERED, OPENS
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


class OnboardingContents(TenantModel):
    """What is shown at the gates, in the organisation's words. Each change is a new version; an onboarding
    keeps the one it began with."""

    version = models.PositiveIntegerField()
    set_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("set_by"),
            AppendOnly(name="sponsors_contents_append_only"),
            models.UniqueConstraint(fields=["organization", "version"], name="sponsors_contents_version"),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"


class GateItem(TenantModel):
    """One thing to show at a gate."""

    contents = TenantForeignKey(OnboardingContents, on_delete=models.PROTECT, related_name="items")
    gate = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=GateItemKind.choices)
    title = models.CharField(max_length=120)
    rule = models.CharField(max_length=300)  # what whoever confirms it has to see
    position = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("contents"),
            AppendOnly(name="sponsors_gateitem_append_only"),
            models.UniqueConstraint(
                fields=["organization", "contents", "gate", "title"], name="sponsors_gateitem_once"
            ),
            models.CheckConstraint(condition=Q(gate__range=(1, GATES)), name="sponsors_gateitem_gate"),
            models.CheckConstraint(condition=Q(kind__in=GateItemKind.values), name="sponsors_gateitem_kind"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(rule=""), name="sponsors_gateitem_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_private(self) -> bool:
        return self.kind in PRIVATE_ITEMS


class Onboarding(TenantModel):
    """A new leader's three years. It hangs on the person, so that it survives every change of manager, unit
    and sponsor."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="onboardings")
    role = models.CharField(max_length=200)  # the position's title when it began
    appointment = models.UUIDField(null=True, blank=True)  # a bare id: an import that made it may be undone
    contents = TenantForeignKey(OnboardingContents, on_delete=models.PROTECT, related_name="+")
    # Named by hand where the tree of units gives nobody, or not the right one.
    chair = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=OnboardingState.choices, default=OnboardingState.RUNNING)
    started_on = models.DateField()
    started_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    over_on = models.DateField(null=True, blank=True)
    over_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    over_reason = models.CharField(max_length=300, blank=True)  # why it was stopped

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("leader", "contents", "chair", "started_by", "over_by", redact=("over_reason",)),
            models.UniqueConstraint(
                fields=["organization", "leader"],
                name="sponsors_onboarding_one_running",
                condition=Q(state=OnboardingState.RUNNING),
            ),
            models.UniqueConstraint(
                fields=["organization", "appointment"], name="sponsors_onboarding_appointment"
            ),
            models.CheckConstraint(condition=~Q(role=""), name="sponsors_onboarding_role"),
            models.CheckConstraint(
                condition=~Q(started_by=F("leader"))
                & (Q(chair=None) | ~Q(chair=F("leader")))
                & (Q(over_by=None) | ~Q(over_by=F("leader"))),
                name="sponsors_onboarding_never_oneself",
            ),
            models.CheckConstraint(
                condition=Q(state=OnboardingState.RUNNING, over_on=None, over_by=None, over_reason="")
                | Q(
                    state__in=[OnboardingState.PERMANENT, OnboardingState.LEFT],
                    over_on__isnull=False,
                    over_by__isnull=False,
                    over_reason="",
                )
                | Q(state=OnboardingState.STOPPED, over_on__isnull=False) & ~Q(over_reason=""),
                name="sponsors_onboarding_state",
            ),
            models.CheckConstraint(
                condition=Q(over_on=None) | Q(over_on__gte=F("started_on")), name="sponsors_onboarding_days"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "leader"], name="sponsors_onboarding_leader"),
        ]

    def __str__(self) -> str:
        return f"{self.leader_id} from {self.started_on}"

    @property
    def is_running(self) -> bool:
        return self.state == OnboardingState.RUNNING


class Gate(TenantModel):
    """One gate, open until it is decided; an extension opens it once more. Decided it never changes, and it
    is decided on two recommendations, by a third person (sponsors/sql/gate_guard.sql)."""

    onboarding = TenantForeignKey(Onboarding, on_delete=models.PROTECT, related_name="gates")
    number = models.PositiveSmallIntegerField()
    attempt = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField()
    decision = models.CharField(max_length=10, choices=GateDecision.choices, blank=True)
    reason = models.TextField(blank=True, max_length=2000)
    obstacles = ArrayField(
        models.CharField(max_length=10, choices=ObstacleKind.choices), default=list, blank=True
    )
    until = models.DateField(null=True, blank=True)  # of an extension
    # On whose recommendations it was decided.
    sponsor = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    manager = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    pressed_on = models.DateField(null=True, blank=True)  # when those who are late were told so

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(
                "onboarding",
                "sponsor",
                "manager",
                "decided_by",
                redact=("decision", "reason", "obstacles"),
            ),
            models.UniqueConstraint(
                fields=["organization", "onboarding", "number", "attempt"], name="sponsors_gate_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "onboarding"], name="sponsors_gate_one_open", condition=Q(decision="")
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, GATES), attempt__gte=1), name="sponsors_gate_number"
            ),
            models.CheckConstraint(
                condition=Q(obstacles__contained_by=ObstacleKind.values), name="sponsors_gate_obstacles"
            ),
            models.CheckConstraint(
                condition=Q(
                    decision="", reason="", sponsor=None, manager=None, decided_by=None, decided_on=None
                )
                | Q(
                    sponsor__isnull=False,
                    manager__isnull=False,
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                )
                & ~Q(decision="")
                & ~Q(reason=""),
                name="sponsors_gate_decided",
            ),
            models.CheckConstraint(
                condition=Q(decision="")
                | ~Q(sponsor=F("manager")) & ~Q(decided_by=F("sponsor")) & ~Q(decided_by=F("manager")),
                name="sponsors_gate_three_people",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", *sorted(HINDERED)])
                | Q(decision=GateDecision.PERMANENT, number=GATES)
                | Q(decision=GateDecision.GO_ON, number__lt=GATES),
                name="sponsors_gate_decision",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=sorted(HINDERED)) & ~Q(obstacles=[])
                | ~Q(decision__in=sorted(HINDERED)) & Q(obstacles=[]),
                name="sponsors_gate_hindered",
            ),
            models.CheckConstraint(
                condition=Q(decision=GateDecision.EXTEND, until__isnull=False)
                & Q(until__gt=F("decided_on"))
                & Q(until__gt=F("due_on"))
                | ~Q(decision=GateDecision.EXTEND) & Q(until=None),
                name="sponsors_gate_until",
            ),
        ]
        indexes = [
            # Today pages, the nightly job and the overview ask for open ones by their day.
            models.Index(
                fields=["organization", "due_on"], name="sponsors_gate_open_due", condition=Q(decision="")
            ),
        ]

    def __str__(self) -> str:
        return f"gate {self.number} of {self.onboarding_id}"

    @property
    def is_decided(self) -> bool:
        return self.decision != ""

    @property
    def opens_on(self) -> dt.date:
        """From when on it takes recommendations and a decision."""
        return self.due_on - OPENS

    def is_open_on(self, day: dt.date) -> bool:
        return not self.is_decided and self.opens_on <= day


class Recommendation(TenantModel):
    """What sponsor or immediate leader recommends, in words that stay. Of several the newest counts."""

    gate = TenantForeignKey(Gate, on_delete=models.PROTECT, related_name="recommendations")
    part = models.CharField(max_length=8, choices=Part.choices)
    recommends = models.CharField(max_length=10, choices=GateDecision.choices)
    words = models.TextField(max_length=2000)
    by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("gate", "by", redact=("recommends", "words")),
            AppendOnly(name="sponsors_recommendation_append_only"),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="sponsors_recommendation_part"),
            models.CheckConstraint(
                condition=Q(recommends__in=GateDecision.values), name="sponsors_recommendation_what"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="sponsors_recommendation_words"),
        ]
        indexes = [models.Index(fields=["organization", "gate"], name="sponsors_recommendation_gate")]

    def __str__(self) -> str:
        return f"{self.part} of {self.gate_id}"


def proof_path(proof: GateProof, filename: str) -> str:
    """Where a file is kept: under its organisation, by a name nobody can guess and that says nothing."""
    return f"{proof.organization_id}/onboarding/{uuid4().hex}{PurePath(filename).suffix.lower()}"


class GateProof(TenantModel):
    """What the leader shows for an item, and what the sponsor or the immediate leader said to it. Decided
    once; withdrawn only before (sponsors/sql/gate_guard.sql)."""

    onboarding = TenantForeignKey(Onboarding, on_delete=models.PROTECT, related_name="proofs")
    item = TenantForeignKey(GateItem, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField()
    words = models.TextField(blank=True, max_length=2000)
    file = models.FileField(blank=True, max_length=200, upload_to=proof_path)
    file_name = models.CharField(max_length=120, blank=True)
    shown_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    shown_on = models.DateField()
    state = models.CharField(max_length=10, choices=ProofState.choices, default=ProofState.SHOWN)
    decided_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=600, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(
                "onboarding", "item", "shown_by", "decided_by", redact=("words", "file", "file_name", "note")
            ),
            models.UniqueConstraint(
                fields=["organization", "onboarding", "item"],
                name="sponsors_proof_one_alive",
                condition=Q(state__in=[ProofState.SHOWN, ProofState.CONFIRMED]),
            ),
            models.CheckConstraint(condition=~Q(words="") | ~Q(file=""), name="sponsors_proof_something"),
            models.CheckConstraint(condition=Q(done_on__lte=F("shown_on")), name="sponsors_proof_not_ahead"),
            models.CheckConstraint(
                condition=Q(state=ProofState.SHOWN, decided_by=None, decided_on=None)
                | Q(
                    state__in=[ProofState.CONFIRMED, ProofState.RETURNED],
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                ),
                name="sponsors_proof_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(decided_on__gte=F("shown_on")), name="sponsors_proof_days"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("shown_by")),
                name="sponsors_proof_never_oneself",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProofState.RETURNED) | ~Q(note=""), name="sponsors_proof_returned_why"
            ),
        ]
        indexes = [models.Index(fields=["organization", "onboarding"], name="sponsors_proof_onboarding")]

    def __str__(self) -> str:
        return f"{self.item_id} of {self.onboarding_id} ({self.state})"
