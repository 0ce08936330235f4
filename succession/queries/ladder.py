"""Questions about what is due before terms end."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from people.models import Appointment
from people.queries import in_force
from succession.enums import Rung
from succession.models import LadderTask, Pool
from succession.queries.pools import owned_by


def tasks_in_force(*, on: dt.date) -> QuerySet[LadderTask]:
    """Of appointments that hold on a day, done or not, the first to be due on top."""
    holds = Appointment.objects.filter(in_force(on), pk=OuterRef("appointment"))
    tasks = LadderTask.objects.select_related("appointment__position", "appointment__person", "done_by")
    return tasks.filter(Exists(holds)).order_by("due_on", "pk")


def ladder_of(position_id: UUID, *, on: dt.date) -> QuerySet[LadderTask]:
    return tasks_in_force(on=on).filter(appointment__position=position_id)


def pools_to_refresh(person_id: UUID, *, on: dt.date) -> QuerySet[LadderTask]:
    """What waits for the owner of pools."""
    owned = Pool.objects.filter(owned_by(person_id, on=on)).values("position")
    waiting = tasks_in_force(on=on).filter(done_on=None, rung=Rung.REFRESH)
    return waiting.filter(appointment__position__in=owned)


def slates_to_see_to(*, on: dt.date) -> QuerySet[LadderTask]:
    """What waits for HR: slates to open, and to select from."""
    return tasks_in_force(on=on).filter(done_on=None, rung__in=[Rung.OPEN, Rung.SELECT])
