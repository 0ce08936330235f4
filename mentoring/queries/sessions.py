"""Questions about sessions and their notes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from mentoring.enums import MentorshipState, NoteFor
from mentoring.models import Mentorship, Session, SessionNote
from mentoring.session_notes import opened


def sessions_of(mentorship_id: UUID) -> QuerySet[Session]:
    """All meetings of a mentorship, the latest first."""
    return Session.objects.filter(mentorship=mentorship_id).order_by("-starts_at", "pk")


def next_session(mentorship_id: UUID) -> Session | None:
    """The first that has not begun."""
    ahead = sessions_of(mentorship_id).filter(starts_at__gte=timezone.now(), cancelled_at=None)
    return ahead.order_by("starts_at", "pk").first()


def sessions_with(person_id: UUID) -> QuerySet[Session]:
    """Meetings of somebody's mentorships, on either side."""
    return (
        Session.objects.filter(Q(mentorship__mentor=person_id) | Q(mentorship__mentee=person_id))
        .select_related("mentorship__mentor", "mentorship__mentee")
        .order_by("starts_at", "pk")
    )


def sessions_ahead(person_id: UUID, *, within: dt.timedelta) -> QuerySet[Session]:
    """Those that take place from now on and soon. PostgreSQL says when now is: the statement is kept."""
    running = Q(mentorship__state=MentorshipState.ACTIVE, cancelled_at=None)
    return sessions_with(person_id).filter(running, starts_at__range=(Now(), Now() + within))


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note for whoever may read it."""

    author_id: UUID
    author: str
    readers: NoteFor
    text: str
    written_at: dt.datetime


def notes_shown_to(person_id: UUID, session: Session, mentorship: Mentorship) -> list[ShownNote]:
    """One's own; what is for both, to both; what the director may read, to everybody who sees the session."""
    readable = Q(author=person_id) | Q(readers=NoteFor.DIRECTOR)
    if person_id in mentorship.both:
        readable |= Q(readers=NoteFor.BOTH)
    notes = SessionNote.objects.filter(readable, session=session.pk).select_related("author")
    return [
        ShownNote(each.author_id, each.author.name, NoteFor(each.readers), opened(each.text), each.written_at)
        for each in notes.order_by("written_at", "pk")
    ]
