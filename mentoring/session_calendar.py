"""Sessions as iCalendar (RFC 5545). Calendars are shared with assistants and shown on screens, so nothing in
it says who meets whom, or about what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import icalendar
from django.utils.translation import gettext as _

from mentoring.models import Session
from web.addresses import full_address

CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_of(sessions: Iterable[Session], page: str) -> bytes:
    """A calendar; `page` is the address, on this site, where sessions are seen after signing in."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//ClinicLeader//Mentoring//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Mentoring"))
    calendar.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for session in sessions:
        calendar.add_component(event_of(session, page))
    return bytes(calendar.to_ical())


def event_of(session: Session, page: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{session.pk}@clinicleader")
    event.add("dtstamp", session.changed_at.astimezone(dt.UTC))
    event.add("dtstart", session.starts_at.astimezone(dt.UTC))
    event.add("dtend", session.ends_at.astimezone(dt.UTC))
    event.add("sequence", session.sequence)
    event.add("summary", _("Mentoring session"))
    event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", full_address(page))
    return event
