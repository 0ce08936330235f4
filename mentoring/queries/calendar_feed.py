"""Questions about the secret addresses that calendars read sessions from."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from mentoring.enums import MentorshipState
from mentoring.models import CalendarFeed, Session
from mentoring.queries.sessions import sessions_with

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
    return f"{feed.pk.hex}-{_code(feed.pk)}"


def feed_behind(token: str) -> CalendarFeed | None:
    """The feed of a secret address; None for one that is gone or was never given out."""
    written, _dash, code = token.partition("-")
    try:
        feed_id = UUID(hex=written)
    except ValueError:
        return None
    if not constant_time_compare(code, _code(feed_id)):
        return None
    return CalendarFeed.objects.filter(pk=feed_id).select_related("person").first()


def _code(feed_id: UUID) -> str:
    return salted_hmac("mentoring.calendar_feed", feed_id.hex, algorithm="sha256").hexdigest()
