"""Questions about the calendar of surveys."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from surveys.enums import WaveState
from surveys.models import CalendarEntry, Instrument, Wave
from surveys.queries import instruments_to_launch
from surveys.survey_calendar import opening_days
from tenancy.jobs.periods import quarter_label, quarter_of


@dataclass(frozen=True, slots=True)
class Planned:
    """One survey of a quarter: a wave that is there, or what the calendar will prepare."""

    title: str
    opens_on: dt.date
    closes_on: dt.date
    wave: Wave | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter with its surveys in the order of their first days."""

    label: str
    surveys: list[Planned]


def calendar_entries() -> QuerySet[CalendarEntry]:
    """The entries of the calendar with what a row of them shows."""
    return CalendarEntry.objects.select_related("instrument", "unit", "cohort").order_by("month", "title")


def launchable_version(instrument: Instrument) -> Instrument | None:
    """The newest version in use of a questionnaire; None once it is retired."""
    return instruments_to_launch().filter(key=instrument.key).order_by("-version").first()


def quarters_of(year: int, entries: Iterable[CalendarEntry], *, on: dt.date) -> list[Quarter]:
    """A year's surveys by quarter, seen on a day: what ran, runs, is prepared, and what the calendar will
    bring; of surveys from files those that are published. One query."""
    planned = [
        Planned(wave.title, wave.opens_on, wave.closes_on, wave)
        for wave in Wave.objects.filter(Q(imported=False) | Q(state=WaveState.PUBLISHED), opens_on__year=year)
    ]
    for entry in entries:
        reached = entry.reached(on)
        length = dt.timedelta(days=entry.days_open - 1)
        planned += [
            Planned(entry.title, day, day + length, None)
            for day in opening_days(entry.rhythm, entry.month, year)
            if day > reached
        ]
    found: defaultdict[str, list[Planned]] = defaultdict(list)
    for one in sorted(planned, key=lambda one: (one.opens_on, one.title)):
        found[quarter_of(one.opens_on)].append(one)
    names = [f"{year}Q{number}" for number in (1, 2, 3, 4)]
    return [Quarter(quarter_label(name), found[name]) for name in names]
