"""How many leaders a coach looks after, the sessions of the two, and what each keeps for themselves."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentoring.enums import MeetingFormat
from mentoring.models.sessions import LONGEST, SHORTEST
from people.models import Person
from sponsors.enums import SessionState
from sponsors.models.profiles import MOST_PLACES
from sponsors.models.regimen import Action
from tenancy.models import TenantForeignKey, TenantModel, walls

USUAL_PLACES: Final = 4


class CoachProfile(TenantModel):
    """How many leaders somebody coaches at a time, and what they can expect. Who coaches whom is a seat in
    the team (`TeamSeat`). Without a row the usual number holds."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="coach_profiles")
    places = models.PositiveSmallIntegerField(default=USUAL_PLACES)
    approach = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person", redact=("approach",)),
            models.UniqueConstraint(fields=["organization", "person"], name="sponsors_coach_once"),
            models.CheckConstraint(condition=Q(places__lte=MOST_PLACES), name="sponsors_coach_most"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} coaches {self.places}"


class CoachingSession(TenantModel):
    """Coach and leader meet. It hangs on the two alone: it stays when the coach leaves the team. Cancelled,
    never deleted: calendars learn it from the row."""

    leader = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="coaching_sessions")
    coach = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="coached_sessions")
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    format = models.CharField(max_length=12, choices=MeetingFormat.choices, default=MeetingFormat.IN_PERSON)
    agenda = models.TextField(blank=True, max_length=2000)  # both write it; nobody else reads it
    action = TenantForeignKey(  # of the regimen, towards whose dose it counts
        Action, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    flag = models.UUIDField(null=True, blank=True)  # a bare id: whose it is keeps it (sponsors/flags.py)
    sequence = models.PositiveSmallIntegerField(default=0)  # RFC 5545: how often it was moved
    changed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("leader", "coach", "action", redact=("agenda",)),
            models.CheckConstraint(condition=~Q(leader=F("coach")), name="sponsors_coaching_not_oneself"),
            models.CheckConstraint(
                condition=Q(state__in=SessionState.values), name="sponsors_coaching_state"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(SHORTEST, LONGEST)), name="sponsors_coaching_minutes"
            ),
            models.CheckConstraint(
                condition=Q(format__in=MeetingFormat.values), name="sponsors_coaching_format"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "leader", "starts_at"], name="sponsors_coaching_leader"),
            models.Index(fields=["organization", "coach", "starts_at"], name="sponsors_coaching_coach"),
            models.Index(
                fields=["organization", "flag"],
                name="sponsors_coaching_flag",  # few sessions have one
                condition=Q(flag__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coach_id} and {self.leader_id} at {self.starts_at}"

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    @property
    def is_ahead(self) -> bool:
        return self.starts_at > timezone.now()

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED


class CoachingNote(TenantModel):
    """What one of the two keeps of a session for themselves: encrypted, and PostgreSQL shows it to nobody
    else (sponsors/sql/own_notes.sql)."""

    session = TenantForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="notes")
    author = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()  # as the server's key encrypts it
    written_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("session", "author", redact=("text",)),
            models.UniqueConstraint(
                fields=["organization", "session", "author"], name="sponsors_coachingnote_once"
            ),
        ]

    def __str__(self) -> str:
        return f"note of {self.author_id}"
