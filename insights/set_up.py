"""Whether a position is set up so that whoever holds it can lead: what is lacking, and a warning.

A warning to the organisation about a position, never a mark on the person: nothing of it is kept. The lines
are the organisation's own (SetUpRule); the usual ones follow what is reported of heads of specialty in the
NHS, who have two to four hours a week to lead ten to forty people (R90).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from insights.enums import Lack

LEAST_HOURS: Final = Decimal(4)  # a week; so many or fewer are little
MOST_REPORTS: Final = 15  # more are many
WARN_FROM: Final = 3  # of the five


@dataclass(frozen=True, slots=True)
class Lines:
    """An organisation's lines. `least_hours` a week or fewer are little time, more than `most_reports` people
    are many, and so many lacks as `warn_from` are a warning."""

    least_hours: Decimal = LEAST_HOURS
    most_reports: int = MOST_REPORTS
    warn_from: int = WARN_FROM


@dataclass(frozen=True, slots=True)
class Seat:
    """A position somebody holds, with what they were given. `hours`: None where no job plan says it.
    `needs_onboarding`: they came to it within three years, for good."""

    position_id: UUID
    title: str
    unit: str
    path: str
    since: dt.date
    interim: bool
    hours: Decimal | None
    reports: int
    has_partner: bool
    needs_onboarding: bool
    has_onboarding: bool
    has_sponsor: bool


def lacks_of(seat: Seat, lines: Lines) -> list[Lack]:
    """In the order of the enumeration. What nobody wrote down lacks nothing: see `unknown`."""
    found = {
        Lack.TIME: seat.hours is not None and seat.hours <= lines.least_hours,
        Lack.SPAN: seat.reports > lines.most_reports,
        Lack.PARTNER: not seat.has_partner,
        Lack.ONBOARDING: seat.needs_onboarding and not seat.has_onboarding,
        Lack.SPONSOR: not seat.has_sponsor,
    }
    return [lack for lack in Lack if found[lack]]


def is_warned_of(lacks: Iterable[Lack], lines: Lines) -> bool:
    return len(list(lacks)) >= lines.warn_from


def warning_order(lacks: Iterable[Lack], title: str) -> tuple[int, str]:
    """A key to sort by: the most lacking first, then by title."""
    return -len(list(lacks)), title


def count_lacks(each: Iterable[Iterable[Lack]]) -> dict[Lack, int]:
    """How many positions lack each, those that none lacks with 0."""
    counted = Counter(lack for lacks in each for lack in lacks)
    return {lack: counted[lack] for lack in Lack}
