"""A leader and the one person who answers for their development."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from people.models import Person
from sponsors.enums import OverCause, SponsorshipState
from tenancy.models import TenantForeignKey, TenantModel, walls

NOT_BEGUN = [SponsorshipState.DECLINED, SponsorshipState.WITHDRAWN]


class Sponsorship(TenantModel):
    """A leader asks, the sponsor accepts. It hangs on the two people alone, so that it survives every change
    of manager, unit and programme."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="sponsorships")
    sponsor = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="sponsored")
    state = models.CharField(max_length=10, choices=SponsorshipState.choices, default=SponsorshipState.ASKED)
    why = models.TextField(blank=True, max_length=1000)  # the leader's words to the sponsor
    asked_on = models.DateField()
    started_on = models.DateField(null=True, blank=True)
    over_on = models.DateField(null=True, blank=True)
    over_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    over_cause = models.CharField(max_length=12, choices=OverCause.choices, blank=True)
    over_reason = models.CharField(max_length=300, blank=True)
    follows = TenantForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    handover = models.TextField(blank=True, max_length=4000)  # for the leader and the next sponsor

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(
                "leader",
                "sponsor",
                "over_by",
                "follows",
                redact=("why", "over_cause", "over_reason", "handover"),
            ),
            models.UniqueConstraint(
                fields=["organization", "leader"],
                name="sponsors_sponsorship_one_primary",
                condition=Q(state=SponsorshipState.ACTIVE),
            ),
            models.UniqueConstraint(
                fields=["organization", "leader"],
                name="sponsors_sponsorship_one_asked",
                condition=Q(state=SponsorshipState.ASKED),
            ),
            models.CheckConstraint(
                condition=~Q(leader=F("sponsor")), name="sponsors_sponsorship_not_oneself"
            ),
            models.CheckConstraint(
                condition=Q(over_cause__in=["", *OverCause.values]), name="sponsors_sponsorship_cause"
            ),
            models.CheckConstraint(
                # A day that is missing is not later than another: without `isnull` PostgreSQL lets it pass.
                condition=Q(state=SponsorshipState.ASKED, started_on=None, over_on=None)
                | Q(started_on__isnull=False, started_on__gte=F("asked_on"))
                & (
                    Q(state=SponsorshipState.ACTIVE, over_on=None)
                    | Q(state=SponsorshipState.ENDED, over_on__isnull=False, over_on__gte=F("started_on"))
                )
                | Q(
                    state__in=NOT_BEGUN,
                    started_on=None,
                    over_on__isnull=False,
                    over_on__gte=F("asked_on"),
                ),
                name="sponsors_sponsorship_state",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "sponsor", "state"], name="sponsors_sponsorship_sponsor"),
            models.Index(fields=["organization", "leader"], name="sponsors_sponsorship_leader"),
        ]

    def __str__(self) -> str:
        return f"{self.sponsor_id} for {self.leader_id}"

    @property
    def is_asked(self) -> bool:
        return self.state == SponsorshipState.ASKED

    @property
    def is_running(self) -> bool:
        return self.state == SponsorshipState.ACTIVE

    @property
    def has_begun(self) -> bool:
        return self.started_on is not None
