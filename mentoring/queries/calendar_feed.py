"""Questions about the secret addresses that calendars read sessions from."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from mentoring.enums import MentorshipState
from mentoring.models import CalendarFeed, Session
from mentoring.queries.sessions import sessions_with
from web.secret_ids import id_behind, secret_of

PURPOSE = "mentoring.calendar_feed"
REACHES_BACK = dt.timedelta(days=90)


def sessions_for_calendar(person_id: UUID) -> QuerySet[Session]:
    """The last three months and everything ahead; cancelled ones too, so that calendars strike them out. Of a
    mentorship that is over, what was ahead no longer takes place."""
    recent = sessions_with(person_id).filter(starts_at__gte=timezone.now() - REACHES_BACK)
    return recent.exclude(~Q(mentorship__state=MentorshipState.ACTIVE), starts_at__gte=timezone.now())


def feed_of(person_id: UUID) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person_id).first()


def feed_token(feed: CalendarFeed) -> str:
    """The secret of the address: the feed's id and a code that only the server can make of it."""
    return secret_of(feed.pk, PURPOSE)


def feed_behind(token: str) -> CalendarFeed | None:
    """The feed of a secret address; None for one that is gone or was never given out."""
    feed_id = id_behind(token, PURPOSE)
    if feed_id is None:
        return None
    return CalendarFeed.objects.filter(pk=feed_id).select_related("person").first()
