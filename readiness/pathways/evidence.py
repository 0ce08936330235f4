"""What the advice may know of somebody: stamps that others verified, pods that others marked, committees that
others confirmed, publications with a DOI, and positions held. Nothing about who they are, and no answer to a
survey: not even how sure somebody was before and after a pod."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from uuid import UUID

from django.db import connection

from passport.enums import StampState
from passport.queries import walk_of
from people.models import Appointment
from readiness.pathways.advice import Evidence, PodStep, Step, Term

FURTHER = (Path(__file__).resolve().parents[1] / "sql" / "pathway_evidence.sql").read_text()


def evidence_of(person_id: UUID, *, on: dt.date) -> Evidence:
    """Three queries."""
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
    publications, committees, pods = further_evidence_of(person_id)
    return Evidence(
        steps,
        terms_of(person_id, on=on),
        len(verified),
        points,
        pods=pods,
        publications=publications,
        committees=committees,
    )


def further_evidence_of(person_id: UUID) -> tuple[int, int, tuple[PodStep, ...]]:
    """Publications with a DOI, committees that somebody confirmed, and the pods by title."""
    with connection.cursor() as cursor:
        cursor.execute(FURTHER, {"person": person_id})
        rows = cursor.fetchall()
    pods = tuple(
        PodStep(pk, title, done=done, waiting=waiting, open=is_open)
        for _publications, _committees, pk, title, done, waiting, is_open in rows
        if pk is not None
    )
    return rows[0][0], rows[0][1], pods


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
