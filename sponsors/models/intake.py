"""An intake: whom a sponsor asks about a leader, and what they say.

Who answered is known, and what was said is known; which goes with which is not. A remark names its author
only where they agreed to it, has no time, and is no part of an answer: several remarks of one person are not
tied together. Until the round closes PostgreSQL shows remarks to nobody (sql/intake_seal.sql).
"""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q

from people.models import Person
from sponsors.enums import Aspect, Relation, RequestState, Source
from sponsors.models.competencies import Competency
from tenancy.models import TenantForeignKey, TenantModel, walls

NAMED: Final = [Source.SELF, Source.MANAGER]


class IntakeRound(TenantModel):
    """The sponsor asks from a day to another. It is closed once; what may be shown is settled then."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="intakes")
    opened_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    last_day = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    groups = models.JSONField(default=dict, blank=True)  # what is shown: how many answers of each group

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("leader", "opened_by"),
            models.UniqueConstraint(
                fields=["organization", "leader"],
                name="sponsors_intake_one_open",
                condition=Q(closed_on=None),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("opened_on"))
                & (Q(closed_on=None) | Q(closed_on__gte=F("opened_on"))),
                name="sponsors_intake_dates",
            ),
        ]
        indexes = [models.Index(fields=["organization", "leader"], name="sponsors_intake_leader")]

    def __str__(self) -> str:
        return f"intake of {self.leader_id}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class IntakeRequest(TenantModel):
    """Somebody is asked. It has no time of the answer on purpose."""

    round = TenantForeignKey(IntakeRound, on_delete=models.CASCADE, related_name="requests")
    person = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="intake_requests")
    relation = models.CharField(max_length=8, choices=Relation.choices)
    state = models.CharField(max_length=8, choices=RequestState.choices, default=RequestState.ASKED)
    reason = models.CharField(max_length=300, blank=True)  # why it was declined, for the sponsor
    reminded_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("round", "person", redact=("reason",)),
            models.UniqueConstraint(
                fields=["organization", "round", "person"], name="sponsors_intakerequest_once"
            ),
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values), name="sponsors_intakerequest_relation"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.DECLINED) & ~Q(reason="")
                | Q(state__in=[RequestState.ASKED, RequestState.ANSWERED], reason=""),
                name="sponsors_intakerequest_state",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "person", "state"], name="sponsors_intakerequest_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.round_id}"

    @property
    def is_waiting(self) -> bool:
        return self.state == RequestState.ASKED

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered. The round must be loaded with the row."""
        return self.is_waiting and self.round.is_open


class IntakeRemark(TenantModel):
    """A sentence or two about one competency."""

    round = TenantForeignKey(IntakeRound, on_delete=models.CASCADE, related_name="remarks")
    source = models.CharField(max_length=10, choices=Source.choices)
    author = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    aspect = models.CharField(max_length=12, choices=Aspect.choices)
    competency = TenantForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=400)

    class Meta(TenantModel.Meta):
        constraints = [
            # An audit row would say when somebody wrote it, and who.
            *walls("round", "author", "competency", audited=False),
            models.CheckConstraint(
                condition=Q(source__in=NAMED, author__isnull=False)
                | Q(source__in=[each for each in Source.values if each not in NAMED], author=None),
                name="sponsors_remark_named",
            ),
            models.CheckConstraint(condition=Q(aspect__in=Aspect.values), name="sponsors_remark_aspect"),
            models.CheckConstraint(condition=~Q(words=""), name="sponsors_remark_said"),
        ]
        indexes = [models.Index(fields=["organization", "round"], name="sponsors_remark_round")]

    def __str__(self) -> str:
        return f"{self.aspect}: {self.competency_id}"
