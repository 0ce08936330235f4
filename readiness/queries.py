"""Questions about scores, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from passport.permissions import Subject
from passport.queries import cohorts_of, overseen_by
from people.enums import Role
from people.member import Member
from readiness.disclosure import SMALLEST_GROUP
from readiness.enums import CloseReason, CoachingState
from readiness.models import CoachingTask, RoleGraph, Snapshot, WeightSet
from readiness.pathways.graph import Role as PathwayRole
from readiness.pathways.presets import ROLES
from readiness.pathways.stored import from_stored
from readiness.permissions import can_assign_coaching
from sponsors.enums import SessionState
from sponsors.models import CoachingSession
from sponsors.queries.coaching import sessions_for_flag
from surveys.enums import Dimension
from surveys.models import PublishedIndex
from tenancy.rows import loaded
from tenancy.scope import current_organization_id

_SQL = Path(__file__).resolve().parent / "sql"
MEDIANS = (_SQL / "medians.sql").read_text()
LIKELY_COACHES = (_SQL / "likely_coaches.sql").read_text()
SCORES = (_SQL / "scores.sql").read_text()

# The columns of this statement in their order.
SCORE = ("id", "quarter", "weights_id", *Dimension.values, "known", "known_count", "total", "state")
LINE = ("id", "flag_below", "minimum_known")


@dataclass(frozen=True, slots=True)
class Coach:
    """Somebody who may be asked to coach."""

    pk: UUID
    email: str
    name: str


def latest_snapshots() -> QuerySet[Snapshot]:
    """The revision that counts of every score."""
    newer = Snapshot.objects.filter(
        person=OuterRef("person"),
        quarter=OuterRef("quarter"),
        revision__gt=OuterRef("revision"),
        revision__gte=2,  # follows from the line above, and lets PostgreSQL look at the corrections alone
    )
    return Snapshot.objects.filter(~Exists(newer))


def snapshots_of(person_id: UUID) -> list[Snapshot]:
    """A person's scores by quarter, oldest first, with the rules that made them."""
    by_quarter = {
        snapshot.quarter: snapshot
        for snapshot in Snapshot.objects.filter(person=person_id)
        .select_related("weights", "stage")
        .order_by("quarter", "revision")
    }
    return list(by_quarter.values())


def scores_of(person_id: UUID) -> list[Snapshot]:
    """The same for charts: without the evidence, and of the rules the line alone."""
    asked: dict[str, Any] = {"organization": current_organization_id(), "person": person_id}
    with connection.cursor() as cursor:
        cursor.execute(SCORES, asked)
        rows = cursor.fetchall()
    scores = []
    for row in rows:
        score = loaded(Snapshot, SCORE, row[: len(SCORE)])
        score.weights = loaded(WeightSet, LINE, row[len(SCORE) :])
        scores.append(score)
    return scores


def revisions_of(person_id: UUID, quarter: str) -> QuerySet[Snapshot]:
    """Every revision of one score, newest first."""
    return (
        Snapshot.objects.filter(person=person_id, quarter=quarter)
        .select_related("weights__changed_by", "stage", "person")
        .order_by("-revision")
    )


def cohort_medians(cohort_ids: frozenset[UUID], quarter: str, *, on: dt.date) -> dict[str, float | None]:
    """Median points of each dimension over the people of these cohorts; None for fewer than five."""
    asked: dict[str, Any] = {
        "organization": current_organization_id(),
        "cohorts": list(cohort_ids),
        "quarter": quarter,
        "on": on,
    }
    with connection.cursor() as cursor:
        cursor.execute(MEDIANS, asked)
        row = cursor.fetchone()
    medians, counts = row[::2], row[1::2]
    return {
        name: median if n >= SMALLEST_GROUP else None
        for name, median, n in zip(Dimension.values, medians, counts, strict=True)
    }


def weights_in_force(quarter: str) -> WeightSet | None:
    """The rule by which a quarter that is not scored yet will be."""
    return _effective_in(quarter).select_related("changed_by").first()


def rule_in_short(quarter: str) -> WeightSet | None:
    """The same with the line alone, and with whose name it is signed."""
    return (
        _effective_in(quarter)
        .select_related("changed_by")
        .only(*LINE, "version", "changed_at", "changed_by__given_name", "changed_by__family_name")
        .first()
    )


def rules_to_come(quarter: str) -> QuerySet[WeightSet]:
    """The versions that count from later quarters, the next one first; of one quarter the newest."""
    later = WeightSet.objects.select_related("changed_by").filter(effective_quarter__gt=quarter)
    return later.order_by("effective_quarter", "-version").distinct("effective_quarter")


def _effective_in(quarter: str) -> QuerySet[WeightSet]:
    """Versions effective in a quarter, the one that counts first; sql/score_quarter.sql says the same."""
    versions = WeightSet.objects.filter(effective_quarter__lte=quarter)
    return versions.order_by("-effective_quarter", "-version")


def weights_history() -> QuerySet[WeightSet]:
    """Every version of the rule, the newest first, with who changed it."""
    return WeightSet.objects.select_related("changed_by").order_by("-version")


def roles_in_force() -> tuple[PathwayRole, ...]:
    """The organisation's own roles for the pathway advisor, or the product's."""
    stored = RoleGraph.objects.order_by("-version").values_list("roles", flat=True).first()
    return from_stored(stored) if stored is not None else ROLES


def roles_history() -> QuerySet[RoleGraph]:
    """Every version, the newest first, with who changed it."""
    return RoleGraph.objects.select_related("changed_by").defer("roles").order_by("-version")


def tasks_overseen_by(member: Member, *, on: dt.date) -> QuerySet[CoachingTask]:
    """Coaching tasks that a director or HR admin may assign and close; none for managers as such."""
    tasks = CoachingTask.objects.select_related("person", "owner", "snapshot")
    if not member.has(Role.HR_ADMIN, Role.PROGRAMME_DIRECTOR):
        return tasks.none()
    if member.has(Role.HR_ADMIN) or member.directs_everyone:
        return tasks
    return tasks.filter(overseen_by(member, on=on))


def closed_for(tasks: QuerySet[CoachingTask], quarter: str) -> int:
    """How many of these tasks of a quarter are closed though the score stayed below the line."""
    closed = tasks.filter(quarter=quarter, state=CoachingState.CLOSED)
    return closed.exclude(close_reason=CloseReason.SCORE_CORRECTED).count()


def open_tasks_owned_by(member: Member) -> QuerySet[CoachingTask]:
    """What a coach has in hand; `is_held`: a session was held for it."""
    held = CoachingSession.objects.filter(flag=OuterRef("pk"), state=SessionState.HELD)
    return (
        CoachingTask.objects.filter(owner=member.person_id, state=CoachingState.ASSIGNED)
        .select_related("person")
        .annotate(is_held=Exists(held))
        .order_by("due_on", "pk")
    )


def open_tasks_about(member: Member, person_id: UUID) -> list[CoachingTask]:
    """What is open about a person, of which the member is the coach or which they may assign."""
    cohorts = cohorts_of(OuterRef("person"), on=timezone.localdate()).values("cohort_id")
    tasks = CoachingTask.objects.filter(person=person_id).exclude(state=CoachingState.CLOSED)
    return [
        task
        for task in tasks.select_related("owner").annotate(cohort_ids=ArraySubquery(cohorts))
        if task.owner_id == member.person_id
        or can_assign_coaching(member, Subject(person_id, frozenset(task.cohort_ids)))
    ]


def held_sessions_for(task: CoachingTask) -> QuerySet[CoachingSession]:
    """What may be named as evidence that a task is done."""
    return sessions_for_flag(task.pk).filter(state=SessionState.HELD)


def likely_coaches(subject: Subject, *, on: dt.date) -> list[Coach]:
    """Ten at most who may be asked first: the immediate leader, then directors and champions of the person's
    cohorts."""
    asked: dict[str, Any] = {
        "organization": current_organization_id(),
        "person": subject.person_id,
        "cohorts": list(subject.cohort_ids),
        "director": Role.PROGRAMME_DIRECTOR.value,
        "on": on,
    }
    with connection.cursor() as cursor:
        cursor.execute(LIKELY_COACHES, asked)
        return [Coach(*row) for row in cursor.fetchall()]


def newest_scored_quarter() -> str | None:
    """The newest quarter for which anybody has a score."""
    return Snapshot.objects.order_by("-quarter").values_list("quarter", flat=True).first()


def evidence_of_quarter(quarter: str) -> list[Snapshot]:
    """Everybody's latest score of a quarter with the evidence in it, and nothing else."""
    columns = ("id", "confidence", "earned", "due", "pods", "capstones", "leader_index", "total", "state")
    rows = latest_snapshots().filter(quarter=quarter).values_list(*columns)
    return [loaded(Snapshot, columns, row) for row in rows]


def quarters_of(person_id: UUID) -> list[str]:
    """The quarters for which a person has a score, newest first."""
    return list(
        Snapshot.objects.filter(person=person_id)
        .order_by("-quarter")
        .values_list("quarter", flat=True)
        .distinct()
    )


def index_behind(snapshot: Snapshot) -> PublishedIndex | None:
    """The published leader index that went into a score."""
    if snapshot.index_id is None:
        return None
    return PublishedIndex.objects.select_related("wave", "unit").get(pk=snapshot.index_id)


def indexes_behind(snapshots: Iterable[Snapshot]) -> dict[UUID | None, PublishedIndex]:
    """The published leader indexes that went into scores, by id, in one query."""
    ids = {snapshot.index_id for snapshot in snapshots if snapshot.index_id}
    return {index.pk: index for index in PublishedIndex.objects.filter(pk__in=ids)}


def task_visible_to(member: Member, task_id: UUID, *, on: dt.date) -> tuple[CoachingTask, Subject] | None:
    """A coaching task with its person as subject, for those who oversee it and for the coach."""
    task = (
        CoachingTask.objects.filter(pk=task_id)
        # Coach and closer are looked up by the page that shows them: planning two more joins takes longer.
        .select_related("person__unit", "snapshot__weights")
        .annotate(cohort_ids=ArraySubquery(cohorts_of(OuterRef("person"), on=on).values("cohort_id")))
        .first()
    )
    if task is None:
        return None
    subject = Subject(task.person_id, frozenset(task.cohort_ids))
    if task.owner_id == member.person_id or can_assign_coaching(member, subject):
        return task, subject
    return None
