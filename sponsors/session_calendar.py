"""Coaching sessions in the calendar that shows somebody's sessions."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.session_calendar import Entry, adds_to_calendar
from sponsors.models import CoachingSession
from sponsors.queries.coaching import sessions_for_calendar


@adds_to_calendar
def coaching_in_calendar(person_id: UUID, slug: str) -> Iterator[Entry]:
    """On either side; one query."""
    for session in sessions_for_calendar(person_id):
        yield entry_of(session, slug)


def entry_of(session: CoachingSession, slug: str) -> Entry:
    return Entry(
        id=session.pk,
        title=_("Coaching session"),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        changed_at=session.changed_at,
        sequence=session.sequence,
        is_cancelled=session.is_cancelled,
        page=reverse("sponsors:coaching_session", args=[slug, session.leader_id, session.pk]),
    )
