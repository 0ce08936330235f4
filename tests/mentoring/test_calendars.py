"""Busy times out of calendars as programs write them, and as somebody writes who means harm."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from mentoring.availability.busy import MOST_BYTES, CalendarError, read_busy
from mentoring.availability.reader import lean

BEGIN = dt.datetime(2026, 10, 12, tzinfo=dt.UTC)  # Monday; Berlin's clocks go back on 25 October
END = BEGIN + dt.timedelta(weeks=8)
BERLIN = "Europe/Berlin"
ZONE = """BEGIN:VTIMEZONE
TZID:Our own time
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0530
TZOFFSETTO:+0530
END:STANDARD
END:VTIMEZONE"""


def calendar(*parts: str) -> bytes:
    lines = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//", *parts, "END:VCALENDAR", ""])
    return lines.replace("\n", "\r\n").encode()


def event(*lines: str) -> str:
    return "\n".join(["BEGIN:VEVENT", "UID:one@test", *lines, "END:VEVENT"])


def busy(*parts: str) -> list[str]:
    """The busy periods in UTC, for short: day, from, to."""
    found = read_busy(calendar(*parts), begin=BEGIN, end=END, zone=BERLIN)
    return [f"{first:%m-%d %H:%M} to {last:%m-%d %H:%M}" for first, last in found]


NINE = ("DTSTART:20261013T090000Z", "DTEND:20261013T100000Z")


def test_an_event_is_busy_in_whatever_zone_it_is_written() -> None:
    assert busy(event(*NINE)) == ["10-13 09:00 to 10-13 10:00"]
    windows = ("DTSTART;TZID=W. Europe Standard Time:20261013T090000", "DURATION:PT30M")
    assert busy(event(*windows)) == ["10-13 07:00 to 10-13 07:30"]
    own = ("DTSTART;TZID=Our own time:20261013T090000", "DTEND;TZID=Our own time:20261013T093000")
    assert busy(ZONE, event(*own)) == ["10-13 03:30 to 10-13 04:00"]
    floating = ("DTSTART:20261013T090000", "DTEND:20261013T093000")
    assert busy(event(*floating)) == ["10-13 07:00 to 10-13 07:30"]  # the mentor's zone
    assert busy("X-WR-TIMEZONE:America/New_York", event(*NINE)) == ["10-13 09:00 to 10-13 10:00"]


@pytest.mark.parametrize(
    "line",
    ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "transp:transparent"],
)
def test_free_and_cancelled_events_say_nothing(line: str) -> None:
    assert busy(event(*NINE)) != []
    assert busy(event(*NINE, line)) == []


def test_tentative_events_are_busy_and_moments_are_not() -> None:
    assert busy(event(*NINE, "STATUS:TENTATIVE")) == ["10-13 09:00 to 10-13 10:00"]
    assert busy(event("DTSTART:20261013T090000Z")) == []


def test_whole_days_are_the_mentors_days() -> None:
    assert busy(event("DTSTART;VALUE=DATE:20261014")) == ["10-13 22:00 to 10-14 22:00"]
    autumn = ("DTSTART;VALUE=DATE:20261025", "DTEND;VALUE=DATE:20261026")
    assert busy(event(*autumn)) == ["10-24 22:00 to 10-25 23:00"]  # 25 hours long


def test_what_repeats_keeps_its_hour_and_has_its_exceptions() -> None:
    weekly = event(
        "DTSTART;TZID=Europe/Berlin:20260105T090000",
        "DTEND;TZID=Europe/Berlin:20260105T100000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261103T000000Z",
        "EXDATE;TZID=Europe/Berlin:20261019T090000",
    )
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261026T090000",
        "DTSTART;TZID=Europe/Berlin:20261028T140000",
        "DTEND;TZID=Europe/Berlin:20261028T150000",
    )
    assert busy(weekly, moved) == [
        "10-12 07:00 to 10-12 08:00",
        "10-28 13:00 to 10-28 14:00",
        "11-02 08:00 to 11-02 09:00",  # winter time
    ]
    cancelled = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261012T090000",
        "DTSTART;TZID=Europe/Berlin:20261012T090000",
        "STATUS:CANCELLED",
    )
    assert "10-12 07:00 to 10-12 08:00" not in busy(weekly, cancelled)


def test_free_busy_components_are_read_without_what_is_free() -> None:
    part = "\n".join(
        [
            "BEGIN:VFREEBUSY",
            "UID:two@test",
            "FREEBUSY;FBTYPE=BUSY:20261013T090000Z/PT1H,20261014T090000Z/20261014T093000Z",
            "FREEBUSY;FBTYPE=FREE:20261015T090000Z/PT1H",
            "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261016T090000Z/PT1H",
            "FREEBUSY:20261017T090000Z/PT1H",
            "END:VFREEBUSY",
        ]
    )
    assert busy(part) == [
        "10-13 09:00 to 10-13 10:00",
        "10-14 09:00 to 10-14 09:30",
        "10-16 09:00 to 10-16 10:00",
        "10-17 09:00 to 10-17 10:00",
    ]


def test_periods_are_cut_to_the_time_that_counts_and_merged() -> None:
    long = event("DTSTART:20200101T000000Z", "DTEND:20261013T000000Z")
    late = event("DTSTART:20261206T000000Z", "DTEND:20300101T000000Z")
    inside = event("DTSTART:20261012T050000Z", "DTEND:20261012T060000Z").replace("one@", "two@")
    assert busy(long.replace("one@", "three@"), inside, late) == [
        "10-12 00:00 to 10-13 00:00",
        "12-06 00:00 to 12-07 00:00",
    ]


def test_subjects_guests_and_alarms_are_dropped_before_anything_is_read() -> None:
    text = calendar(
        event(
            *NINE,
            "SUMMARY:Tumour board\n about Mr Smith",
            "ATTENDEE:mailto:ada@mercy.example",
            "BEGIN:VALARM\nTRIGGER:-PT15M\nDTSTART:20261013T110000Z\nEND:VALARM",
        ),
        "BEGIN:VTODO\nDTSTART:20261013T110000Z\nEND:VTODO",
    ).decode()
    kept = "\n".join(lean(text))
    assert [word in kept for word in ("Tumour", "Smith", "ada@", "VALARM", "VTODO", "T11")] == [False] * 6
    assert "DTSTART:20261013T090000Z" in kept


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff\xe0 a photo",
        b"<!doctype html><title>Sign in</title>",
        calendar(event(*NINE))[:-20],  # broken off
        b"END:VCALENDAR\r\n" * 3,
    ],
)
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(CalendarError, match="not a calendar that we can read"):
        read_busy(content, begin=BEGIN, end=END, zone=BERLIN)


@pytest.mark.parametrize("part", ["", event("DTSTART:nonsense"), event("DTSTART:99999999T999999Z")])
def test_a_calendar_without_a_good_event_is_free(part: str) -> None:
    assert busy(part) == []


def test_one_bad_event_hides_no_good_one() -> None:
    assert busy(event(*NINE), event("DTSTART:nonsense").replace("one@", "two@")) == [
        "10-13 09:00 to 10-13 10:00"
    ]


def test_too_large_and_too_many_are_refused() -> None:
    with pytest.raises(CalendarError, match="more than 2 MB"):
        read_busy(b"x" * (MOST_BYTES + 1), begin=BEGIN, end=END, zone=BERLIN)
    many = calendar(*["BEGIN:VEVENT\nUID:x\nEND:VEVENT"] * 20_001)
    with pytest.raises(CalendarError, match="more than 20,000 events"):
        read_busy(many, begin=BEGIN, end=END, zone=BERLIN)


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",  # a day that never comes
    ],
)
def test_a_calendar_that_asks_for_endless_work_is_ended(rule: str) -> None:
    bomb = "\n".join(
        event("DTSTART:19700101T000000Z", "DURATION:PT1S", rule).replace("one@", f"{place}@")
        for place in range(300)
    )
    started = dt.datetime.now(dt.UTC)
    with pytest.raises(CalendarError, match="takes too long"):
        busy(bomb)
    assert dt.datetime.now(dt.UTC) - started < dt.timedelta(seconds=60)


def test_the_reader_knows_zones_without_an_environment() -> None:
    """Its environment is empty, so nothing of ours is in it, and the time zones come with the libraries."""
    auckland = read_busy(
        calendar(event("DTSTART;VALUE=DATE:20261014")), begin=BEGIN, end=END, zone="Pacific/Auckland"
    )
    midnight = dt.datetime(2026, 10, 14, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert auckland == [(midnight, midnight + dt.timedelta(days=1))]
