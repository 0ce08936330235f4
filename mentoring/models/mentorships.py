"""A mentor and a mentee, from the offer to the end."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from mentoring.enums import ALIVE, Initiator, MentorshipState, OverCause, Tier
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls

BEFORE_START = [MentorshipState.OFFERED, MentorshipState.ACCEPTED]
OVER = [MentorshipState.ENDED, MentorshipState.DECLINED, MentorshipState.WITHDRAWN]


class Mentorship(TenantModel):
    """One tier of one mentee with one mentor. The mentor accepts, then the mentee confirms. One that runs may
    have one asked beside it that `replaces` it: it ends when that one begins, and not before.

    A trigger (mentoring/sql/mentorship_guard.sql) lets each step happen once; another keeps count of the
    mentor's places (mentoring/sql/places.sql).
    """

    mentee = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="mentorships")
    mentor = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="mentees")
    tier = models.CharField(max_length=8, choices=Tier.choices)
    state = models.CharField(max_length=10, choices=MentorshipState.choices, default=MentorshipState.OFFERED)
    initiator = models.CharField(max_length=8, choices=Initiator.choices, default=Initiator.MATCHER)
    score = models.FloatField(null=True, blank=True)  # 0 to 1, as the run gave it
    why = models.CharField(max_length=300, blank=True)  # the pair's sentence, or the director's reason
    offered_on = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)
    started_on = models.DateField(null=True, blank=True)  # confirmed by the mentee
    planned_end = models.DateField(null=True, blank=True)
    over_on = models.DateField(null=True, blank=True)
    over_by = TenantForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    over_cause = models.CharField(max_length=12, choices=OverCause.choices, blank=True)
    over_reason = models.CharField(max_length=300, blank=True)
    extended_why = models.CharField(max_length=300, blank=True)  # of the latest planned end
    replaces = TenantForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            *walls(
                "mentee",
                "mentor",
                "over_by",
                "replaces",
                redact=("why", "over_cause", "over_reason", "extended_why"),
            ),
            models.UniqueConstraint(
                fields=["organization", "mentee", "tier"],
                name="mentoring_mentorship_one_a_tier",
                condition=Q(state=MentorshipState.ACTIVE),
            ),
            # Beside the one that runs another may be asked, to begin in its place.
            models.UniqueConstraint(
                fields=["organization", "mentee", "tier"],
                name="mentoring_mentorship_asked_once",
                condition=Q(state__in=BEFORE_START),
            ),
            models.UniqueConstraint(
                fields=["organization", "mentee", "mentor"],
                name="mentoring_mentorship_one_a_pair",
                condition=Q(state__in=sorted(ALIVE)),
            ),
            models.CheckConstraint(condition=Q(tier__in=Tier.values), name="mentoring_mentorship_tier"),
            models.CheckConstraint(
                condition=Q(initiator__in=Initiator.values), name="mentoring_mentorship_initiator"
            ),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="mentoring_mentorship_not_oneself"),
            models.CheckConstraint(
                condition=Q(state=MentorshipState.OFFERED, accepted_on=None, started_on=None, over_on=None)
                | Q(state=MentorshipState.ACCEPTED, accepted_on__isnull=False, started_on=None, over_on=None)
                | Q(
                    state=MentorshipState.ACTIVE,
                    accepted_on__isnull=False,
                    started_on__isnull=False,
                    over_on=None,
                )
                | Q(state=MentorshipState.ENDED, started_on__isnull=False, over_on__isnull=False)
                | Q(
                    state__in=[MentorshipState.DECLINED, MentorshipState.WITHDRAWN],
                    started_on=None,
                    over_on__isnull=False,
                ),
                name="mentoring_mentorship_state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OVER) | ~Q(over_reason=""), name="mentoring_mentorship_over_why"
            ),
            models.CheckConstraint(
                condition=Q(over_cause__in=["", *OverCause.values]), name="mentoring_mentorship_cause"
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=1), name="mentoring_mentorship_score"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "mentor", "state"], name="mentoring_mentorship_mentor"),
            models.Index(fields=["organization", "mentee"], name="mentoring_mentorship_mentee"),
            # A page of the director's overview, newest first.
            models.Index(fields=["organization", "-offered_on", "id"], name="mentoring_mentorship_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} for {self.mentee_id} as {self.tier}"

    @property
    def is_alive(self) -> bool:
        return self.state in ALIVE

    @property
    def is_running(self) -> bool:
        return self.state == MentorshipState.ACTIVE

    @property
    def is_before_start(self) -> bool:
        return self.state in BEFORE_START

    @property
    def waits_for(self) -> UUID | None:
        """Who has to say yes or no: the mentor to an offer, then the mentee."""
        if self.state == MentorshipState.OFFERED:
            return self.mentor_id
        return self.mentee_id if self.state == MentorshipState.ACCEPTED else None

    @property
    def waits_since(self) -> dt.date:
        """The day on which whoever has to answer was asked."""
        return self.accepted_on or self.offered_on

    @property
    def both(self) -> set[UUID]:
        """The mentor and the mentee."""
        return {self.mentor_id, self.mentee_id}

    @property
    def known_to(self) -> set[UUID]:
        """Who of the two knows of it so far: the mentee not yet of an offer they did not ask for."""
        unasked = self.state == MentorshipState.OFFERED and self.initiator != Initiator.MENTEE
        return {self.mentor_id} if unasked else self.both

    def other_side(self, person_id: UUID) -> Person:
        """The mentor for the mentee, the mentee for everybody else."""
        return self.mentor if person_id == self.mentee_id else self.mentee
