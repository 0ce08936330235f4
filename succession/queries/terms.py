"""Questions about terms: who held what from when to when, and when it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from people.models import Appointment
from people.queries import in_force
from people.terms import term_end


def appointments_since(position_ids: Iterable[UUID], day: dt.date) -> QuerySet[Appointment]:
    """Of some positions, those that held on a day or later, in order."""
    held = Appointment.objects.filter(position__in=list(position_ids)).exclude(end_date__lte=day)
    return held.select_related("person", "position").order_by("start_date", "pk")


def terms_in_force(on: dt.date, *, person_id: UUID | None = None) -> list[tuple[Appointment, dt.date]]:
    """Appointments of a day, of everybody or of one person, each with the first day after its term. Without
    interim cover, which has no term. One query."""
    asked = Q() if person_id is None else Q(person=person_id)
    held = Appointment.objects.filter(asked, in_force(on), interim=False).select_related("position")
    return [
        (each, term_end(each.start_date, each.end_date, each.position.term_years))
        for each in held.order_by("position__title", "pk")
    ]
