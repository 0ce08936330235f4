"""The conversation that follows a report: who talked with the leader, about what, and what was agreed."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from people.models import Person, Unit
from surveys.enums import ActionState, Behaviour, DebriefState
from surveys.models.waves import Wave
from tenancy.models import TenantForeignKey, TenantModel, walls

MOST_BEHAVIOURS = 2
MOST_ACTIONS = 4


class Debrief(TenantModel):
    """A leader's conversation about one published report. It holds no figure."""

    wave = TenantForeignKey(Wave, on_delete=models.PROTECT, related_name="debriefs")
    unit = TenantForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="debriefs")
    # The day on which the leader's immediate leader may read the report, too; until then the debrief is the
    # leader's alone.
    manager_from = models.DateField()
    due_on = models.DateField()
    coach = TenantForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="debriefs_coached"
    )
    state = models.CharField(max_length=8, choices=DebriefState.choices, default=DebriefState.OPEN)
    conducted_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    held_on = models.DateField(null=True, blank=True)
    # Who wrote it down, and may correct that.
    recorded_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # When those who have still to talk were reminded last.
    reminded_on = models.DateField(null=True, blank=True)
    focus = ArrayField(models.CharField(max_length=16, choices=Behaviour.choices), default=list, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("wave", "unit", "leader", "coach", "conducted_by", "recorded_by"),
            models.UniqueConstraint(fields=["organization", "wave", "unit"], name="surveys_debrief_once"),
            models.CheckConstraint(
                condition=Q(
                    state=DebriefState.DONE,
                    conducted_by__isnull=False,
                    held_on__isnull=False,
                    focus__len__gte=1,
                )
                | Q(state=DebriefState.OPEN, conducted_by=None, held_on=None, focus__len=0),
                name="surveys_debrief_state",
            ),
            models.CheckConstraint(
                condition=Q(focus__len__lte=MOST_BEHAVIOURS) & Q(focus__contained_by=Behaviour.values),
                name="surveys_debrief_focus",
            ),
            models.CheckConstraint(
                condition=Q(coach=None) | ~Q(coach=models.F("leader")), name="surveys_debrief_not_oneself"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("manager_from")), name="surveys_debrief_dates"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "leader"], name="surveys_debrief_leader"),
            models.Index(fields=["organization", "coach"], name="surveys_debrief_coach"),
            models.Index(fields=["organization", "unit", "held_on"], name="surveys_debrief_unit"),
        ]

    def __str__(self) -> str:
        return f"debrief of {self.unit_id} on {self.wave_id}"

    @property
    def is_done(self) -> bool:
        return self.state == DebriefState.DONE

    def is_overdue(self, on: dt.date) -> bool:
        return not self.is_done and self.due_on < on

    @property
    def focus_labels(self) -> list[str]:
        """The behaviours chosen, in the order used everywhere."""
        return [str(label) for value, label in Behaviour.choices if value in self.focus]


class DebriefAction(TenantModel):
    """One thing agreed in a debrief. The people of the unit read it."""

    debrief = TenantForeignKey(Debrief, on_delete=models.CASCADE, related_name="actions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=ActionState.choices, default=ActionState.AGREED)
    said_on = models.DateField(null=True, blank=True)  # when the state was said last

    class Meta(TenantModel.Meta):
        ordering = ["position"]
        constraints = [
            *walls("debrief"),
            models.UniqueConstraint(
                fields=["organization", "debrief", "position"], name="surveys_debriefaction_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="surveys_debriefaction_says_something"),
            models.CheckConstraint(condition=Q(position__lt=MOST_ACTIONS), name="surveys_debriefaction_few"),
            models.CheckConstraint(
                condition=Q(state=ActionState.AGREED, said_on=None)
                | Q(
                    state__in=[ActionState.GOING, ActionState.DONE, ActionState.DROPPED],
                    said_on__isnull=False,
                ),
                name="surveys_debriefaction_state",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_over(self) -> bool:
        """Done or dropped: nobody waits for it."""
        return self.state in {ActionState.DONE, ActionState.DROPPED}
