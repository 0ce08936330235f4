"""Debriefs: of last year's survey most were held, of this year's the first ones."""

from __future__ import annotations

import datetime as dt
import random
from uuid import UUID

from django.db.models import QuerySet

from surveys.debrief_queries import manager_of
from surveys.enums import ActionState, Behaviour, DebriefState
from surveys.models import Debrief, DebriefAction

HELD_OF_THE_PAST = 0.85
HELD_SO_FAR = 0.3
AGREED = {
    Behaviour.INCLUDE: "Ask the quietest person first in the Monday huddle",
    Behaviour.INFORM: "Ten minutes each week on what changes and why, with questions",
    Behaviour.INQUIRE: "Ask those who will do the work before the rota is decided",
    Behaviour.DEVELOP: "A career conversation with everybody before the spring",
    Behaviour.RECOGNISE: "Name one piece of good work in each handover",
}


def hold_debriefs(debriefs: QuerySet[Debrief], today: dt.date, dice: random.Random, *, leader: UUID) -> None:
    """Hold most of some debriefs; the tour's unit leader has those of this autumn still before them."""
    agreed = []
    for debrief in debriefs.order_by("due_on", "unit__external_id"):
        past = debrief.due_on < today
        manager = manager_of(debrief.leader_id, on=today)
        held = dice.random() < (HELD_OF_THE_PAST if past else HELD_SO_FAR)
        if manager is None or not held or (debrief.leader_id == leader and not past):
            continue
        day = min(debrief.manager_from + dt.timedelta(days=dice.randrange(25)), today)
        focus = dice.sample(list(Behaviour), dice.choice([1, 2]))
        debrief.state, debrief.conducted_by, debrief.held_on = DebriefState.DONE, manager, day
        debrief.recorded_by_id = debrief.leader_id
        debrief.focus = [behaviour.value for behaviour in focus]
        debrief.save()
        due_on = day + dt.timedelta(days=60)
        agreed += [
            DebriefAction(
                debrief=debrief,
                position=place,
                text=AGREED[behaviour],
                due_on=due_on,
                **({"state": ActionState.DONE, "said_on": due_on} if due_on < today else {}),
            )
            for place, behaviour in enumerate(focus)
        ]
    DebriefAction.objects.bulk_create(agreed)
