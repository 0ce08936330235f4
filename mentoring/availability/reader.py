"""Busy times out of a calendar, in a process of its own.

A calendar comes from a stranger, and a few lines of it can ask for years of arithmetic (a meeting each second
since 1970, a 30 February each year). So this file runs as a program with limits of time and memory, without
the product's settings, secrets and database, and imports nothing of the product. It reads the calendar from
its input and prints a JSON object: `busy`, pairs of seconds since 1970, or `problem`, one word.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import resource
import sys
from collections.abc import Iterator
from typing import Any, Final
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

MOST_EVENTS: Final = 20_000
CPU_SECONDS: Final = 8
MEMORY: Final = 1 << 30

# What is needed to tell when somebody is busy. Subjects, places, notes and guests are dropped unread.
COMPONENTS: Final = {"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT", "VFREEBUSY"}
PROPERTIES: Final = frozenset(
    {
        *("BEGIN", "END", "VERSION", "PRODID", "UID", "SEQUENCE"),
        *("RECURRENCE-ID", "RRULE", "RDATE", "EXDATE"),
        *("DTSTART", "DTEND", "DURATION", "TRANSP", "STATUS", "FREEBUSY", "X-MICROSOFT-CDO-BUSYSTATUS"),
        *("TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "X-WR-TIMEZONE"),
    }
)
_NAME: Final = re.compile(r"[A-Za-z0-9-]+")


class UnreadableError(Exception):
    """`args[0]` says in one word why."""


def busy_periods(
    content: bytes, begin: dt.datetime, end: dt.datetime, zone: ZoneInfo
) -> list[tuple[dt.datetime, dt.datetime]]:
    """Every period between two moments in which the calendar says busy, in any order.

    Whole days, and times without a zone, are meant in `zone`. Free (transparent) and cancelled events say
    nothing; tentative ones are busy. Raises UnreadableError.
    """
    found = []
    for calendar in parse(content):
        for first, last in [*events(calendar, begin, end), *free_busy(calendar)]:
            start, finish = max(moment(first, zone), begin), min(moment(last, zone), end)
            if start < finish:
                found.append((start, finish))
    return found


def parse(content: bytes) -> list[icalendar.Component]:
    lines = list(lean(content.decode("utf-8-sig", errors="replace")))
    if not lines or lines[0].upper() != "BEGIN:VCALENDAR" or lines[-1].upper() != "END:VCALENDAR":
        raise UnreadableError("no_calendar")
    if sum(line.upper() in {"BEGIN:VEVENT", "BEGIN:VFREEBUSY"} for line in lines) > MOST_EVENTS:
        raise UnreadableError("too_many")
    try:
        return list(icalendar.Calendar.from_ical("\r\n".join([*lines, ""]), multiple=True))
    except (ValueError, KeyError, IndexError, AttributeError) as error:  # what broken text raises in it
        raise UnreadableError("no_calendar") from error


def lean(text: str) -> Iterator[str]:
    """The lines that count, unfolded. Other components are left out with everything inside them."""
    skipped: list[str] = []  # components that are open and left out
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        name = (match[0] if (match := _NAME.match(line)) else "").upper()
        inside = line[len(name) + 1 :].strip().upper()
        if name == "BEGIN" and (skipped or inside not in COMPONENTS):
            skipped.append(inside)
        elif skipped:
            if name == "END" and inside == skipped[-1]:
                skipped.pop()
        elif name in PROPERTIES:
            yield line.strip()


def events(calendar: icalendar.Component, begin: dt.datetime, end: dt.datetime) -> Iterator[tuple[Any, Any]]:
    """When the events that touch the time are, repetitions and moved ones included."""
    try:
        found = recurring_ical_events.of(calendar, skip_bad_series=True).between(begin, end)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:  # as above
        raise UnreadableError("no_calendar") from error
    for event in found:
        free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
        free |= str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
        if not free and str(event.get("STATUS", "")).upper() != "CANCELLED":
            yield event.start, event.end


def free_busy(calendar: icalendar.Component) -> Iterator[tuple[Any, Any]]:
    """The busy periods of VFREEBUSY components (RFC 5545, 3.6.4)."""
    for component in calendar.walk("VFREEBUSY"):
        periods = component.get("FREEBUSY", [])
        for period in periods if isinstance(periods, list) else [periods]:
            if str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                yield period.start, period.end


def moment(value: dt.date, zone: ZoneInfo) -> dt.datetime:
    """A day begins at midnight, and a time without a zone is, in the mentor's zone."""
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(dt.UTC)


def limit() -> None:
    """Let this process use so much and not more; the system ends it where it does."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(begin: str, end: str, zone: str) -> None:
    limit()
    first, last = (dt.datetime.fromtimestamp(float(each), dt.UTC) for each in (begin, end))
    try:
        busy = busy_periods(sys.stdin.buffer.read(), first, last, ZoneInfo(zone))
        answer: dict[str, Any] = {"busy": [[start.timestamp(), finish.timestamp()] for start, finish in busy]}
    except UnreadableError as error:
        answer = {"problem": error.args[0]}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
