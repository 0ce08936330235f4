"""The role pulse: who is asked, what was told of it, and the box that the answers go through.

The application's role reads and writes the first two tables, reads the figures, and may touch nothing of the
box: sql/role_pulse.sql has the functions it may call. While a pulse is open a nullifier, which only its key
turns into a person, says who has answered. Answers wait until ten can be added to sums, and are deleted then.
At the close the rest is added, what may be told is written down, and key, nullifiers and sums go.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from insights.enums import GroupedBy, Scale, Structure
from people.enums import Profession
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls


class RolePulse(TenantModel):
    """One round. Open until its last day is over and the nightly job has closed it."""

    opened_on = models.DateField()
    opened_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closes_on = models.DateField()  # the last day on which an answer counts
    asked = models.PositiveIntegerField()
    closed_on = models.DateField(null=True, blank=True, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("opened_by"),
            models.UniqueConstraint(
                fields=["organization"], name="insights_rolepulse_one_open", condition=Q(closed_on=None)
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("opened_on"))
                & (Q(closed_on=None) | Q(closed_on__gt=F("closes_on"))),
                name="insights_rolepulse_days",
            ),
        ]

    def __str__(self) -> str:
        return f"Role pulse of {self.opened_on}"

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    def takes_answers(self, on: dt.date) -> bool:
        return not self.is_closed and on <= self.closes_on


class RolePulseLeader(TenantModel):
    """Who is asked, and as what they are counted: frozen when the pulse opens."""

    pulse = TenantForeignKey(RolePulse, on_delete=models.CASCADE, related_name="roll")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    profession = models.CharField(max_length=16, choices=Profession.choices)
    structure = models.CharField(max_length=6, choices=Structure.choices)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("pulse", "person", audited=False),
            models.UniqueConstraint(
                fields=["organization", "pulse", "person"], name="insights_rolepulseleader_once"
            ),
        ]
        indexes = [models.Index(fields=["organization", "person"], name="insights_rolepulseleader_who")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.pulse_id}"


class RolePulseFigure(TenantModel):
    """A scale's mean among five people or more, written once by the close."""

    pulse = TenantForeignKey(RolePulse, on_delete=models.CASCADE, related_name="figures")
    grouped_by = models.CharField(max_length=10, choices=GroupedBy.choices)
    group = models.CharField(max_length=16, blank=True)  # of all: empty
    scale = models.CharField(max_length=10, choices=Scale.choices)
    n = models.PositiveIntegerField()
    mean = models.FloatField()  # from 1 to 5, two places
    deviation = models.FloatField()  # standard, of people; two places

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("pulse", audited=False),
            models.UniqueConstraint(
                fields=["organization", "pulse", "grouped_by", "group", "scale"],
                name="insights_rolepulsefigure_once",
            ),
            models.CheckConstraint(condition=Q(n__gte=5), name="insights_rolepulsefigure_five"),
        ]

    def __str__(self) -> str:
        return f"{self.scale} of {self.n}"


class RolePulseKey(TenantModel):
    pulse = TenantForeignKey(RolePulse, on_delete=models.DO_NOTHING, related_name="+")
    key = models.BinaryField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("pulse", audited=False),
            models.UniqueConstraint(fields=["organization", "pulse"], name="insights_rolepulsekey_once"),
        ]

    def __str__(self) -> str:
        return "a key"


class RolePulseParticipation(TenantModel):
    """Somebody has answered; who, tells only the key."""

    pulse = TenantForeignKey(RolePulse, on_delete=models.DO_NOTHING, related_name="+")
    nullifier = models.BinaryField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("pulse", audited=False),
            models.UniqueConstraint(
                fields=["organization", "pulse", "nullifier"], name="insights_rolepulseparticipation_once"
            ),
        ]

    def __str__(self) -> str:
        return "a participation"


class PendingRoleAnswer(TenantModel):
    """Seven answers that wait until ten can be added to the sums: no person, no time, no sequence."""

    pulse = TenantForeignKey(RolePulse, on_delete=models.DO_NOTHING, related_name="+")
    profession = models.CharField(max_length=16)
    structure = models.CharField(max_length=6)
    answers = ArrayField(models.PositiveSmallIntegerField())

    class Meta(TenantModel.Meta):
        constraints = [*walls("pulse", audited=False)]
        indexes = [models.Index(fields=["organization", "pulse"], name="insights_pendingroleanswer_of")]

    def __str__(self) -> str:
        return "an answer"


class RolePulseTally(TenantModel):
    """What leaders of one profession in one structure said so far: sums over people, scale by scale."""

    pulse = TenantForeignKey(RolePulse, on_delete=models.DO_NOTHING, related_name="+")
    profession = models.CharField(max_length=16)
    structure = models.CharField(max_length=6)
    n = models.PositiveIntegerField()
    totals = ArrayField(models.PositiveIntegerField())
    squares = ArrayField(models.PositiveIntegerField())

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("pulse", audited=False),
            models.UniqueConstraint(
                fields=["organization", "pulse", "profession", "structure"],
                name="insights_rolepulsetally_once",
            ),
        ]

    def __str__(self) -> str:
        return "sums"
