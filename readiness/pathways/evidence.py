"""What the advice may know of somebody: stamps that others verified, and positions held. Nothing about who
they are, and no answer to a survey."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from uuid import UUID

from passport.enums import StampState
from passport.queries import walk_of
from people.models import Appointment
from readiness.pathways.advice import Evidence, Step, Term


def evidence_of(person_id: UUID, *, on: dt.date) -> Evidence:
    """Two queries."""
    walk = walk_of(person_id, on=on)
    verified = [stamp for stamp in walk.stamps if stamp.state == StampState.VERIFIED]
    stamped = {stamp.milestone_id for stamp in verified}
    waiting = {stamp.milestone_id for stamp in walk.stamps if stamp.state == StampState.SUBMITTED}
    points: Counter[str] = Counter()
    for stamp in verified:
        points[stamp.milestone.dimension] += stamp.milestone.points
    steps = tuple(
        Step(
            milestone_id=each.pk,
            title=each.title,
            stage=each.stage.key,
            dimension=each.dimension,
            points=each.points,
            required=each.required,
            stamped=each.pk in stamped,
            waiting=each.pk in waiting,
        )
        for each in walk.milestones
    )
    return Evidence(steps, terms_of(person_id, on=on), len(verified), points)


def terms_of(person_id: UUID, *, on: dt.date) -> tuple[Term, ...]:
    """The positions somebody has held until today, oldest first."""
    held = (
        Appointment.objects.filter(person=person_id, start_date__lte=on)
        .order_by("start_date", "pk")
        .values_list("position__type", "position__leads_unit", "start_date", "end_date")
    )
    return tuple(
        Term(office, leads, start, min(end or on, on), end is None or end > on)
        for office, leads, start, end in held
    )
