"""How quickly the clinic answers and acts, over the leaders that somebody answers for. No names, no words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, Subquery

from people.member import Member
from sponsors.models import Diagnosis, DiagnosisQuestion, RegimenVersion
from sponsors.queries.sponsorships import leaders_to_sponsor
from sponsors.waiting import Waiting, waiting_of

LOOKS_BACK: Final = dt.timedelta(days=365)
DAY: Final = dt.timedelta(days=1)


def time_to_answer(member: Member, *, cohort: UUID | None, on: dt.date) -> Waiting:
    """From a leader's question about a diagnosis to its answer, of those asked in a year."""
    leaders = leaders_to_sponsor(member, cohort=cohort, on=on).values("pk")
    asked = DiagnosisQuestion.objects.filter(
        diagnosis__conference__leader__in=leaders, asked_at__date__gt=on - LOOKS_BACK
    )
    return _waiting(asked.values_list("asked_at", "answered_at"))


def time_to_adjustment(member: Member, *, cohort: UUID | None, on: dt.date) -> Waiting:
    """From a released diagnosis, the signal, to the first version of the regimen after it, of those released
    in a year."""
    leaders = leaders_to_sponsor(member, cohort=cohort, on=on).values("pk")
    following = RegimenVersion.objects.filter(
        leader=OuterRef("conference__leader"), published_at__gt=OuterRef("released_at")
    )
    adjusted = Subquery(following.order_by("published_at").values("published_at")[:1])
    released = Diagnosis.objects.filter(
        conference__leader__in=leaders, released_at__date__gt=on - LOOKS_BACK
    ).annotate(adjusted_at=adjusted)
    return _waiting(released.values_list("released_at", "adjusted_at"))


def _waiting(pairs: Iterable[tuple[dt.datetime, dt.datetime | None]]) -> Waiting:
    """Of beginnings and ends; an end that is missing still waits."""
    known = list(pairs)
    over = [(end - begun) / DAY for begun, end in known if end is not None]
    return waiting_of(over, still=len(known) - len(over))
