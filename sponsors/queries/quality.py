"""How quickly the clinic answers and acts, over the leaders that somebody answers for. No names, no words."""

from __future__ import annotations

import datetime as dt
from dataclasses import astuple, dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Extract

from people.member import Member
from sponsors.enums import NightFiguresOf
from sponsors.models import Diagnosis, DiagnosisQuestion, RegimenVersion
from sponsors.queries.night_figures import night_figures
from sponsors.queries.sponsorships import leaders_to_sponsor
from sponsors.waiting import Waiting, waiting_of

LOOKS_BACK: Final = dt.timedelta(days=365)
SECONDS: Final = 86_400  # of a day


@dataclass(frozen=True, slots=True)
class Waits:
    """For an answer, and for a plan to move. `as_of`: when they were counted; None: just now."""

    to_answer: Waiting
    to_adjustment: Waiting
    as_of: dt.datetime | None = None


def waits_of(member: Member, *, cohort: UUID | None, on: dt.date) -> Waits:
    """Of the leaders a member answers for. Of everybody as they were counted in the night, where they were.
    Two queries at most."""
    stored = None if cohort or member.directed_cohorts else night_figures(NightFiguresOf.WAITING)
    if stored is None:
        return Waits(
            time_to_answer(member, cohort=cohort, on=on), time_to_adjustment(member, cohort=cohort, on=on)
        )
    to_answer, to_adjustment = stored.told
    return Waits(Waiting(*to_answer), Waiting(*to_adjustment), stored.as_of)


def waits_of_everybody(*, on: dt.date) -> Waits:
    """Two queries."""
    return Waits(time_to_answer(None, cohort=None, on=on), time_to_adjustment(None, cohort=None, on=on))


def waits_as_json(waits: Waits) -> list[Any]:
    """What can be read again."""
    return [astuple(waits.to_answer), astuple(waits.to_adjustment)]


def time_to_answer(member: Member | None, *, cohort: UUID | None, on: dt.date) -> Waiting:
    """From a leader's question about a diagnosis to its answer, of those asked in a year."""
    leaders = leaders_to_sponsor(member, cohort=cohort, on=on)
    asked = DiagnosisQuestion.objects.filter(
        diagnosis__conference__leader__in=leaders, asked_at__date__gt=on - LOOKS_BACK
    )
    return _waiting(asked, "asked_at", F("answered_at"))


def time_to_adjustment(member: Member | None, *, cohort: UUID | None, on: dt.date) -> Waiting:
    """From a released diagnosis, the signal, to the first version of the regimen after it, of those released
    in a year."""
    leaders = leaders_to_sponsor(member, cohort=cohort, on=on)
    following = RegimenVersion.objects.filter(
        leader=OuterRef("conference__leader"), published_at__gt=OuterRef("released_at")
    )
    adjusted = Subquery(following.order_by("published_at").values("published_at")[:1])
    released = Diagnosis.objects.filter(conference__leader__in=leaders, released_at__date__gt=on - LOOKS_BACK)
    return _waiting(released, "released_at", adjusted)


def _waiting(rows: QuerySet[Any], begun: str, ended: Combinable) -> Waiting:
    """From one moment to another in days, as PostgreSQL counts them; without an end it still waits."""
    took = ExpressionWrapper(ended - F(begun), DurationField())
    seconds = rows.annotate(took=Extract(took, "epoch")).values_list("took", flat=True)
    known = list(seconds)
    over = [float(each) / SECONDS for each in known if each is not None]
    return waiting_of(over, still=len(known) - len(over))
