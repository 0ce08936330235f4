"""The usual year of a partnership programme: which phases, and when. Pure arithmetic on days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.enums import PhaseKind
from people.terms import months_later


@dataclass(frozen=True, slots=True)
class Planned:
    """A phase as a new programme has it; `months` after its first day."""

    kind: PhaseKind
    title: str | Promise
    months: int


YEAR: Final = (
    Planned(PhaseKind.AUDIT_START, _("Cultural audit at the start"), 1),
    Planned(PhaseKind.PROFILING, _("Profiling, one by one"), 2),
    Planned(PhaseKind.AWAY_DAY, _("Away day: a common mission"), 3),
    Planned(PhaseKind.AWAY_DAY, _("Away day: who does what"), 6),
    Planned(PhaseKind.COACHING, _("Coaching for everybody"), 10),
    Planned(PhaseKind.AUDIT_END, _("Cultural audit at the end"), 12),
    Planned(PhaseKind.FOLLOW_UP, _("Follow-up after two years"), 24),
)


def due_days(start: dt.date) -> list[tuple[Planned, dt.date]]:
    """Each phase of the usual year with its day."""
    return [(planned, months_later(start, planned.months)) for planned in YEAR]
