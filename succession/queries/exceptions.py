"""Questions about leave to hold a position beyond its limit."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When

from people.models import TermException
from succession.enums import ExceptionState


def exceptions(*, on: dt.date, state: str = "") -> QuerySet[TermException]:
    """All of them, or those of one state, with their `state` on a day: what waits first, then what runs, the
    latest first."""
    states = Case(
        When(refused_on__isnull=False, then=Value(ExceptionState.REFUSED.value)),
        When(expires_on__lt=on, then=Value(ExceptionState.EXPIRED.value)),
        When(approved_on=None, then=Value(ExceptionState.WAITING.value)),
        default=Value(ExceptionState.RUNNING.value),
    )
    place = Case(*(When(state=each.value, then=Value(number)) for number, each in enumerate(ExceptionState)))
    found = TermException.objects.select_related(
        "position", "person", "asked_by", "approved_by", "refused_by"
    )
    with_state = found.annotate(state=states).order_by(place, "-asked_on", "pk")
    return with_state.filter(state=state) if state else with_state


def exceptions_to_approve(person_id: UUID, *, on: dt.date) -> QuerySet[TermException]:
    """What an executive decides: neither their own case nor what they asked for."""
    waiting = exceptions(on=on, state=ExceptionState.WAITING)
    return waiting.exclude(asked_by=person_id).exclude(person=person_id)
