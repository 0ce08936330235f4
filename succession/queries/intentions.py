"""Questions about what holders of positions declared."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from people.models import Appointment
from people.queries import in_force
from succession.enums import Intent, Rung
from succession.intentions import Declared
from succession.models import Intention, LadderTask
from succession.queries.ladder import tasks_in_force


def intentions_of(appointment_id: UUID) -> QuerySet[Intention]:
    """The newest first, which stands."""
    return Intention.objects.filter(appointment=appointment_id).order_by("-at", "pk")


def standing_intentions(*, on: dt.date, positions: list[UUID] | None = None) -> list[Intention]:
    """The newest word of each who holds a position, but not as interim cover. One query."""
    held = Appointment.objects.filter(in_force(on), interim=False)
    if positions is not None:
        held = held.filter(position__in=positions)
    newest = Intention.objects.filter(appointment__in=held).order_by("appointment", "-at", "pk")
    return list(newest.distinct("appointment").select_related("appointment"))


def declarations(*, on: dt.date) -> dict[tuple[UUID, UUID], Declared]:
    """By position and holder, of all who said something."""
    return {
        (each.appointment.position_id, each.appointment.person_id): Declared(
            Intent(each.intent), each.leaves_on
        )
        for each in standing_intentions(on=on)
        if each.is_said
    }


def terms_to_declare(person_id: UUID, *, on: dt.date) -> QuerySet[LadderTask]:
    """Terms of somebody that end within 24 months, of which they never said what they intend."""
    said = Intention.objects.filter(appointment=OuterRef("appointment"))
    ending = tasks_in_force(on=on).filter(rung=Rung.REFRESH, appointment__person=person_id)
    return ending.filter(~Exists(said), appointment__interim=False)
