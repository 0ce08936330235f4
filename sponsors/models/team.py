"""The specialists whom a sponsor convenes for a leader."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from people.models import Person
from people.models.persons import DateRange
from sponsors.enums import Domain
from tenancy.models import TenantForeignKey, TenantModel, walls


class TeamSeat(TenantModel):
    """A specialist for one domain of one leader, from a day and perhaps to another. It hangs on the leader,
    not on the sponsor: the team stays when the sponsor changes."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="team_seats")
    specialist = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    domain = models.CharField(max_length=12, choices=Domain.choices)
    need = models.CharField(max_length=300)  # what the leader needs them for
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)  # the first day it no longer holds
    convened_by = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("leader", "specialist", "convened_by", redact=("need",)),
            models.CheckConstraint(condition=Q(domain__in=Domain.values), name="sponsors_seat_domain"),
            models.CheckConstraint(condition=~Q(leader=F("specialist")), name="sponsors_seat_not_oneself"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gt=F("start_date")), name="sponsors_seat_dates"
            ),
            ExclusionConstraint(
                name="sponsors_seat_once_at_a_time",
                expressions=[
                    ("organization", RangeOperators.EQUAL),
                    ("leader", RangeOperators.EQUAL),
                    ("specialist", RangeOperators.EQUAL),
                    ("domain", RangeOperators.EQUAL),
                    (DateRange("start_date", "end_date", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "specialist"], name="sponsors_seat_specialist"),
        ]

    def __str__(self) -> str:
        return f"{self.specialist_id} for {self.domain} of {self.leader_id}"

    def holds_on(self, day: dt.date) -> bool:
        return self.start_date <= day and (self.end_date is None or day < self.end_date)
