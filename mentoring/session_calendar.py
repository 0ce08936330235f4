"""Sessions as iCalendar (RFC 5545). Calendars are shared with assistants and shown on screens, so nothing in
it says who meets whom, or about what.

One secret address shows everything that somebody meets for or has to do by a day: rooms above this one
register here, from their AppConfig, what else is in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import icalendar
from django.utils.translation import gettext as _

from mentoring.models import Session
from web.addresses import full_address

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """A meeting; a whole day where it starts and ends on dates. `page`: where on this site it is seen after
    signing in."""

    id: UUID
    title: str
    starts_at: dt.datetime | dt.date
    ends_at: dt.datetime | dt.date  # the first moment or day after it
    changed_at: dt.datetime
    sequence: int  # how often it was moved
    is_cancelled: bool
    page: str


Source = Callable[[UUID, str], Iterable[Entry]]

_sources: list[Source] = []


def adds_to_calendar(source: Source) -> Source:
    """Register a source: (id of the person, slug) -> what their calendar shows."""
    if source not in _sources:
        _sources.append(source)
    return source


def entries_from_above(person_id: UUID, slug: str) -> list[Entry]:
    return [entry for source in _sources for entry in source(person_id, slug)]


def entry_of(session: Session, page: str) -> Entry:
    return Entry(
        id=session.pk,
        title=_("Mentoring session"),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        changed_at=session.changed_at,
        sequence=session.sequence,
        is_cancelled=session.cancelled_at is not None,
        page=page,
    )


def calendar_of(entries: Iterable[Entry]) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//ClinicLeader//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("My sessions"))
    calendar.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(event_of(entry))
    return bytes(calendar.to_ical())


def event_of(entry: Entry) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{entry.id}@clinicleader")
    event.add("dtstamp", entry.changed_at.astimezone(dt.UTC))
    event.add("dtstart", _in_utc(entry.starts_at))
    event.add("dtend", _in_utc(entry.ends_at))
    if not isinstance(entry.starts_at, dt.datetime):
        event.add("transp", "TRANSPARENT")  # nobody is busy for it
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", full_address(entry.page))
    return event


def _in_utc(at: dt.datetime | dt.date) -> dt.datetime | dt.date:
    return at.astimezone(dt.UTC) if isinstance(at, dt.datetime) else at
