"""From a vacancy to an appointment: the unit's staff set the slate, leaders of other departments choose."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Appointment, Person, Position, Unit
from succession.enums import RUNNING_STATES, SelectionCause, SelectionState, SelectionStep, StandingState
from succession.selection_rules import CRITERIA
from tenancy.models import TenantForeignKey, TenantModel, walls
from tenancy.walls import AppendOnly


def default_criteria() -> list[str]:
    return list(CRITERIA)


class Selection(TenantModel):
    """One at a time for a position. A trigger keeps its roll frozen (sql/selections.sql)."""

    position = TenantForeignKey(Position, on_delete=models.PROTECT, related_name="selections")
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # whose staff set the slate
    below = models.BooleanField(default=True)  # with everybody below the unit
    cause = models.CharField(max_length=8, choices=SelectionCause.choices)
    state = models.CharField(max_length=10, choices=SelectionState.choices, default=SelectionState.PREPARING)
    opened_on = models.DateField()
    opened_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked = models.PositiveIntegerField(null=True, editable=False)  # on the roll, once it is written
    slate_size = models.PositiveSmallIntegerField(default=5)
    coverage = models.PositiveSmallIntegerField(default=80)  # percent of the roll offered an interview
    quorum = models.PositiveSmallIntegerField(default=50)  # percent of the roll that votes
    criteria = ArrayField(models.CharField(max_length=120), default=default_criteria)
    ballot = models.PositiveSmallIntegerField(default=0)  # how many were opened
    closes_on = models.DateField(null=True, blank=True)  # the last day of the ballot
    reminded_on = models.DateField(null=True, blank=True)  # everybody who may vote, of this ballot
    voted = models.PositiveIntegerField(null=True, editable=False)  # in the ballot that gave the slate
    chosen = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=1000, blank=True)  # of the decision, or of its stop
    decided_on = models.DateField(null=True, blank=True)
    appointment = TenantForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    over_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("position", "unit", "opened_by", "chosen", "appointment", redact=("reason",)),
            models.UniqueConstraint(
                fields=["organization", "position"],
                name="succession_selection_one",
                condition=Q(state__in=RUNNING_STATES),
            ),
            models.CheckConstraint(
                condition=Q(state__in=SelectionState.values), name="succession_selection_state"
            ),
            models.CheckConstraint(
                condition=Q(cause__in=SelectionCause.values), name="succession_selection_cause"
            ),
            models.CheckConstraint(
                condition=Q(slate_size__range=(3, 7), coverage__range=(80, 100), quorum__range=(50, 100)),
                name="succession_selection_rule",
            ),
            models.CheckConstraint(
                condition=Q(criteria__len__range=(3, 8)), name="succession_selection_criteria"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SelectionState.DECIDED, SelectionState.APPOINTED])
                | Q(chosen__isnull=False, decided_on__isnull=False, voted__isnull=False) & ~Q(reason=""),
                name="succession_selection_decided",
            ),
            models.CheckConstraint(
                condition=Q(state=SelectionState.APPOINTED, appointment__isnull=False)
                | ~Q(state=SelectionState.APPOINTED) & Q(appointment=None),
                name="succession_selection_appointed",
            ),
        ]

    def __str__(self) -> str:
        return f"selection for {self.position_id}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING_STATES

    @property
    def is_preparing(self) -> bool:
        return self.state == SelectionState.PREPARING

    @property
    def is_voting(self) -> bool:
        return self.state == SelectionState.BALLOT

    @property
    def is_selecting(self) -> bool:
        return self.state == SelectionState.SELECTING

    @property
    def is_decided(self) -> bool:
        return self.state == SelectionState.DECIDED

    @property
    def has_slate(self) -> bool:
        return self.state in {SelectionState.SELECTING, SelectionState.DECIDED, SelectionState.APPOINTED}


class PanelMember(TenantModel):
    """A leader of another department, who interviews the staff and chooses from the slate. A trigger refuses
    whoever works in the department of the position."""

    selection = TenantForeignKey(Selection, on_delete=models.CASCADE, related_name="panel")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    chairs = models.BooleanField(default=False)
    declared_on = models.DateField(null=True, blank=True)  # said whether there is a conflict
    conflict = models.CharField(max_length=500, blank=True)  # in words; empty: none
    stepped_back = models.BooleanField(default=False)  # because of it
    handed_in_on = models.DateField(null=True, blank=True)  # the scores: not changed afterwards

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("selection", "person", redact=("conflict",)),
            models.UniqueConstraint(
                fields=["organization", "selection", "person"], name="succession_panelmember_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "selection"],
                name="succession_panelmember_chair",
                condition=Q(chairs=True, stepped_back=False),
            ),
            models.CheckConstraint(
                condition=Q(declared_on__isnull=False) | Q(conflict="", handed_in_on=None),
                name="succession_panelmember_declared",
            ),
            models.CheckConstraint(
                condition=Q(stepped_back=False) | Q(handed_in_on=None), name="succession_panelmember_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} chooses in {self.selection_id}"


class RollMember(TenantModel):
    """Somebody of the unit's staff: interviewed, and with a vote. Frozen when the selection opens."""

    selection = TenantForeignKey(Selection, on_delete=models.CASCADE, related_name="roll")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    interviewer = TenantForeignKey(
        PanelMember, on_delete=models.SET_NULL, null=True, blank=True, related_name="interviews"
    )
    offered_for = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(db_default=30)  # how long the talk is
    place = models.CharField(max_length=200, blank=True)
    wants_other = models.BooleanField(default=False)  # another time
    declined = models.BooleanField(default=False)  # offered, and would rather not
    held_says_staff = models.BooleanField(default=False)
    held_says_interviewer = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        # The roll of a large unit: the trail has the selection's own change.
        constraints = [
            *walls("selection", "person", "interviewer", audited=False),
            models.UniqueConstraint(
                fields=["organization", "selection", "person"], name="succession_roll_once"
            ),
            models.CheckConstraint(
                condition=Q(offered_for__isnull=False)
                | Q(declined=False, held_says_staff=False, held_says_interviewer=False),
                name="succession_roll_offered",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "person"], name="succession_roll_person"),
            models.Index(fields=["organization", "interviewer"], name="succession_roll_interviewer"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.selection_id}"

    @property
    def was_held(self) -> bool:
        return self.held_says_staff and self.held_says_interviewer


class Standing(TenantModel):
    """Somebody who could be on the slate: named by the staff or from the pool, never by themselves (C9)."""

    selection = TenantForeignKey(Selection, on_delete=models.CASCADE, related_name="standings")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # Nobody: from the pool, whose candidates are asked when the selection opens.
    named_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=9, choices=StandingState.choices, default=StandingState.ASKED)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    says = models.CharField(max_length=1000, blank=True)  # to the staff, before they vote
    # Half or more of those who voted approved. Nothing finer is kept; NULL before there is a slate.
    by_half = models.BooleanField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("selection", "person", "named_by", redact=("says", "by_half")),
            models.UniqueConstraint(
                fields=["organization", "selection", "person"], name="succession_standing_once"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("named_by")) | Q(named_by=None),
                name="succession_standing_not_oneself",
            ),
            models.CheckConstraint(
                condition=Q(state__in=StandingState.values), name="succession_standing_state"
            ),
            models.CheckConstraint(
                condition=Q(state=StandingState.ASKED) | Q(answered_on__gte=F("asked_on")),
                name="succession_standing_answered",
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="succession_standing_person")]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.selection_id}"

    @property
    def is_asked(self) -> bool:
        return self.state == StandingState.ASKED

    @property
    def stands(self) -> bool:
        return self.state == StandingState.STANDING

    @property
    def on_slate(self) -> bool:
        return self.state == StandingState.ON_SLATE


class PanelScore(TenantModel):
    """How one of the panel scores one name of the slate. A row policy shows others' when all have handed in;
    a trigger keeps what was handed in (sql/selections.sql)."""

    panel_member = TenantForeignKey(PanelMember, on_delete=models.CASCADE, related_name="scores")
    standing = TenantForeignKey(Standing, on_delete=models.CASCADE, related_name="scores")
    scores = ArrayField(models.PositiveSmallIntegerField())  # 1 to 5, by criterion
    note = models.CharField(max_length=1000, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("panel_member", "standing", redact=("scores", "note")),
            models.UniqueConstraint(
                fields=["organization", "panel_member", "standing"], name="succession_panelscore_once"
            ),
            models.CheckConstraint(
                condition=Q(scores__contained_by=[1, 2, 3, 4, 5]) & Q(scores__len__range=(3, 8)),
                name="succession_panelscore_range",
            ),
        ]

    def __str__(self) -> str:
        return "a score"


class SelectionEvent(TenantModel):
    """One line of the public log."""

    selection = TenantForeignKey(Selection, on_delete=models.CASCADE, related_name="events")
    step = models.CharField(max_length=10, choices=SelectionStep.choices)
    facts: models.JSONField[Any, Any] = models.JSONField(default=dict)  # numbers by name
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("selection"),
            AppendOnly(name="succession_event_append_only"),
            models.CheckConstraint(
                condition=Q(step__in=SelectionStep.values), name="succession_selectionevent_step"
            ),
        ]
        indexes = [models.Index(fields=["organization", "selection", "at"], name="succession_event_of")]

    def __str__(self) -> str:
        return f"{self.step} on {self.on}"
