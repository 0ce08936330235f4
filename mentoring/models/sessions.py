"""Meetings of mentor and mentee, what is noted of them, and the feeds that calendars read."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from mentoring.enums import MeetingFormat, NoteFor
from mentoring.models.mentorships import Mentorship
from people.models import Person
from tenancy.models import TenantForeignKey, TenantModel, walls

SHORTEST, LONGEST = 10, 480  # minutes


class Session(TenantModel):
    """A meeting, planned or held. Cancelled, never deleted: calendars learn it from the row."""

    mentorship = TenantForeignKey(Mentorship, on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    format = models.CharField(max_length=12, choices=MeetingFormat.choices, default=MeetingFormat.IN_PERSON)
    agenda = models.TextField(blank=True, max_length=2000)  # both write it; nobody else reads it
    sequence = models.PositiveSmallIntegerField(default=0)  # RFC 5545: how often it was moved
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("mentorship", redact=("agenda",)),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST), name="mentoring_session_minutes"
            ),
            models.CheckConstraint(
                condition=Q(format__in=MeetingFormat.values), name="mentoring_session_format"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "mentorship", "starts_at"], name="mentoring_session_when")
        ]

    def __str__(self) -> str:
        return f"{self.mentorship_id} at {self.starts_at}"

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)


class SessionNote(TenantModel):
    """One person's words about a session for one circle of readers. Encrypted: a backup alone does not tell
    them."""

    session = TenantForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    author = TenantForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    readers = models.CharField(max_length=8, choices=NoteFor.choices)
    text = models.TextField()  # as the server's key encrypts it
    written_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("session", "author", redact=("text",)),
            models.UniqueConstraint(
                fields=["organization", "session", "author", "readers"], name="mentoring_sessionnote_once"
            ),
            models.CheckConstraint(condition=Q(readers__in=NoteFor.values), name="mentoring_sessionnote_for"),
        ]

    def __str__(self) -> str:
        return f"note of {self.author_id}"


class CalendarFeed(TenantModel):
    """A person's secret address under which a calendar reads their sessions. Gone, it answers no more."""

    person = TenantForeignKey(Person, on_delete=models.CASCADE, related_name="calendar_feeds")
    made_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *walls("person"),
            models.UniqueConstraint(fields=["organization", "person"], name="mentoring_calendarfeed_once"),
        ]

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
