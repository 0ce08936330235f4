"""When a mentor is busy, by a calendar that somebody else wrote."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring.availability.half_hours import Period, merged

MOST_BYTES: Final = 2 * 1024 * 1024
SECONDS: Final = 20  # for a process that waits for the processor; it may use it for less (reader.py)

READER: Final = Path(__file__).resolve().parent / "reader.py"
NO_CALENDAR: Final = _("This is not a calendar that we can read (iCalendar, .ics).")
TOO_LARGE: Final = _(
    "The calendar has more than 2 MB. Share one with fewer events, or only when you are busy."
)
TOO_MUCH: Final = _("The calendar takes too long to read: too many events, or one that repeats without end.")
PROBLEMS: Final = {
    "no_calendar": NO_CALENDAR,
    "too_many": _("The calendar has more than 20,000 events. Share one with fewer."),
}


class CalendarError(Exception):
    """Why a calendar tells nothing, in words for its mentor: nothing of the calendar or its address."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(words)
        self.words = words


def read_busy(content: bytes, *, begin: dt.datetime, end: dt.datetime, zone: str) -> list[Period]:
    """The busy periods of a calendar between two moments, merged and in order. Raises CalendarError.

    Read by a process of its own, with limits of time and memory and an empty environment.
    """
    if len(content) > MOST_BYTES:
        raise CalendarError(TOO_LARGE)
    program = [sys.executable, "-I", str(READER), str(begin.timestamp()), str(end.timestamp()), zone]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the calendar goes in as input
            program, input=content, capture_output=True, timeout=SECONDS, env={}, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise CalendarError(TOO_MUCH) from error
    if done.returncode < 0 or b"MemoryError" in done.stderr:  # ended by the system, at a limit
        raise CalendarError(TOO_MUCH)
    if done.returncode:
        raise CalendarError(NO_CALENDAR)
    answer = json.loads(done.stdout)
    if "problem" in answer:
        raise CalendarError(PROBLEMS[answer["problem"]])
    return merged(
        (dt.datetime.fromtimestamp(first, dt.UTC), dt.datetime.fromtimestamp(last, dt.UTC))
        for first, last in answer["busy"]
    )
