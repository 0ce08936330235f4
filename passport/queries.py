"""Questions about Passports, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from passport.enums import StampState
from passport.models import HeldFile, Milestone, PassportHolder, PassportRead, Stage, Stamp
from passport.permissions import Subject, can_see_passport
from people.enums import Role
from people.member import Member
from people.models import CohortMembership, Person, ReportingLine, RoleGrant, Unit
from people.queries import employed, in_force
from tenancy.rows import loaded
from tenancy.scope import current_organization_id

_SQL = Path(__file__).resolve().parent / "sql"
HOLDING = (_SQL / "holding.sql").read_text()
WALK = (_SQL / "walk.sql").read_text()

# The columns of these statements in their order, each row's id first.
PERSON = (
    "id",
    "organization_id",
    "given_name",
    "family_name",
    "job_title",
    "profession",
    "specialty",
    "training_grade",
    "career_stage",
    "unit_id",
)
STAGE = ("id", "key", "name", "focus", "position")
MILESTONE = (
    "id",
    "stage_id",
    "title",
    "description",
    "dimension",
    "points",
    "required",
    "position",
    "icon",
    "tone",
    "retired_on",
)
STAMP = (
    "id",
    "person_id",
    "milestone_id",
    "state",
    "earned_on",
    "prior_learning",
    "submitted_on",
    "rule",
    "verified_by_id",
    "decided_at",
    "decision_note",
)
VERIFIER = ("id", "given_name", "family_name")


@dataclass(frozen=True, slots=True)
class Holding:
    """A person as the holder of a Passport, with what every page about them shows."""

    person: Person
    subject: Subject
    holder: PassportHolder | None
    manager_id: UUID | None
    manager_name: str
    manager_title: str


def holding_visible_to(member: Member, person_id: UUID, *, on: dt.date) -> Holding | None:
    """Somebody's Passport, in one query; None if there is no such person or it is not the member's to see."""
    organization_id = current_organization_id()
    asked: dict[str, Any] = {"organization": organization_id, "person": person_id, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(HOLDING, asked)
        row = cursor.fetchone()
    if row is None:
        return None
    *facts, unit_id, unit_name, holder_id, serial, issued_on = row[:12]
    manager_id, manager_given, manager_family, manager_title, cohort_ids = row[12:]
    subject = Subject(person_id, frozenset(cohort_ids))
    if not can_see_passport(member, subject):
        return None
    # Whatever the statement does not name is loaded when somebody asks for it.
    person = loaded(Person, PERSON, [person_id, organization_id, *facts, unit_id])
    person.unit = loaded(Unit, ("id", "organization_id", "name"), [unit_id, organization_id, unit_name])
    holder = holder_id and PassportHolder(id=holder_id, person=person, serial=serial, issued_on=issued_on)
    return Holding(
        person=person,
        subject=subject,
        holder=holder,
        manager_id=manager_id,
        manager_name=Person(given_name=manager_given, family_name=manager_family).name if manager_id else "",
        manager_title=manager_title or "",
    )


def cohorts_of(person: OuterRef | UUID, *, on: dt.date) -> QuerySet[CohortMembership]:
    """A person's memberships of cohorts on a day."""
    return CohortMembership.objects.filter(in_force(on), person=person)


def overseen_by(member: Member, *, on: dt.date, person: str = "person") -> Q:
    """`people.permissions.oversees` as a condition on rows whose field `person` names somebody."""
    if member.has(Role.HR_ADMIN) or member.directs_everyone:
        return Q()
    overseen = Q(**{f"{person}__in": member.reports})
    if member.has(Role.PROGRAMME_DIRECTOR):
        overseen |= Q(
            Exists(
                CohortMembership.objects.filter(
                    in_force(on), person=OuterRef(person), cohort__in=member.directed_cohorts
                )
            )
        )
    return overseen


@dataclass(frozen=True, slots=True)
class Walk:
    """The map as somebody has walked it."""

    stages: list[Stage]
    milestones: list[Milestone]  # those in force for the person's profession
    stamps: list[Stamp]  # newest first, without the evidence


def walk_of(person_id: UUID, *, on: dt.date) -> Walk:
    """Stages, milestones and what became of a person's claims, in one query."""
    organization_id = current_organization_id()
    asked: dict[str, Any] = {"organization": organization_id, "person": person_id, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(WALK, asked)
        rows = cursor.fetchall()
    stages: dict[UUID, Stage] = {}
    milestones: dict[UUID, Milestone] = {}
    verifiers: dict[UUID, Person] = {}
    stamps, on_map = [], set()
    for *row, is_on_map in rows:
        own, rest = row[: len(STAGE)], row[len(STAGE) :]
        stage = stages.get(own[0]) or stages.setdefault(own[0], loaded(Stage, STAGE, own))
        own, rest = rest[: len(MILESTONE)], rest[len(MILESTONE) :]
        if own[0] is None:
            continue
        if own[0] not in milestones:
            milestones[own[0]] = loaded(Milestone, MILESTONE, own)
            milestones[own[0]].stage = stage
            if is_on_map:
                on_map.add(own[0])
        own, rest = rest[: len(STAMP)], rest[len(STAMP) :]
        if own[0] is None:
            continue
        stamp = loaded(Stamp, STAMP, own)
        stamp.milestone = milestones[stamp.milestone_id]
        if rest[0] is not None:
            stamp.verified_by = verifiers.setdefault(rest[0], loaded(Person, VERIFIER, rest))
        stamps.append(stamp)
    stamps.sort(key=lambda stamp: stamp.pk)
    stamps.sort(key=lambda stamp: (stamp.earned_on, stamp.submitted_on), reverse=True)
    kept = [each for each in milestones.values() if each.pk in on_map]
    return Walk(list(stages.values()), kept, stamps)


def stage_map() -> QuerySet[Stage]:
    """The stages in the order in which they are walked."""
    return Stage.objects.order_by("position")


def milestones_in_force(*, on: dt.date) -> QuerySet[Milestone]:
    """Milestones that are not retired, in the order of the map."""
    return (
        Milestone.objects.filter(Q(retired_on=None) | Q(retired_on__gt=on))
        .select_related("stage")
        .order_by("stage__position", "position", "title")
    )


def stamps_of(person_id: UUID) -> QuerySet[Stamp]:
    """All that became of a person's claims, newest first."""
    return (
        Stamp.objects.filter(person=person_id)
        .select_related("milestone__stage", "verified_by", "revoked_by")
        .order_by("-earned_on", "-submitted_on", "pk")
    )


def stamp_visible_to(member: Member, stamp_id: UUID, *, on: dt.date) -> Stamp | None:
    """A stamp of a Passport that the member may see, with its person's cohorts on it as `subject`."""
    stamp = (
        Stamp.objects.filter(pk=stamp_id)
        .select_related("milestone__stage", "person", "verified_by", "revoked_by")
        .annotate(cohort_ids=ArraySubquery(cohorts_of(OuterRef("person"), on=on).values("cohort_id")))
        .first()
    )
    if stamp is None or not can_see_passport(member, subject_of(stamp)):
        return None
    return stamp


def subject_of(stamp: Stamp) -> Subject:
    """The subject of a stamp that came from `stamp_visible_to`."""
    return Subject(stamp.person_id, frozenset(stamp.cohort_ids))  # type: ignore[attr-defined]  # annotated


def stamps_to_verify(member: Member, *, on: dt.date) -> QuerySet[Stamp]:
    """Evidence that waits for a verifier and that this member may judge, oldest first."""
    return (
        Stamp.objects.filter(overseen_by(member, on=on), state=StampState.SUBMITTED)
        .exclude(person=member.person_id)
        .select_related("person__unit", "milestone__stage")
        .order_by("submitted_on", "pk")
    )


def with_file_state(stamps: QuerySet[Stamp]) -> QuerySet[Stamp]:
    """Stamps with `file_state`: where the check of each one's file is, None without a file."""
    held = HeldFile.objects.filter(path=OuterRef("file")).values("state")
    return stamps.annotate(file_state=Subquery(held))


def declined_claims_of(person_id: UUID) -> QuerySet[Stamp]:
    """The last declined claim of each milestone that somebody has not claimed again."""
    own = Stamp.objects.filter(person=person_id)
    alive = own.exclude(state__in=[StampState.REVOKED, StampState.DECLINED]).values("milestone")
    declined = own.filter(state=StampState.DECLINED).exclude(milestone__in=alive)
    return (
        declined.select_related("milestone")
        .order_by("milestone__title", "milestone", "-submitted_on")
        .distinct("milestone__title", "milestone")
    )


def verifiers_of(subject: Subject, *, on: dt.date) -> set[UUID]:
    """Who is asked to judge somebody's evidence: the immediate leader; without one, HR admins and the
    programme directors of everyone or of one of the person's cohorts."""
    leaders = Person.objects.filter(
        employed(on),
        pk__in=ReportingLine.objects.filter(in_force(on), person=subject.person_id).values("manager"),
    ).values_list("pk", flat=True)
    directs = Q(cohort=None) | Q(cohort__in=subject.cohort_ids)
    guides = RoleGrant.objects.filter(Q(role=Role.HR_ADMIN) | Q(role=Role.PROGRAMME_DIRECTOR) & directs)
    return set(leaders) or set(guides.values_list("person_id", flat=True)) - {subject.person_id}


def reads_of(person_id: UUID) -> QuerySet[PassportRead]:
    """Who looked at somebody's Passport, newest first."""
    return (
        PassportRead.objects.filter(person=person_id)
        .select_related("reader")
        .only("person", "what", "at", "reader__given_name", "reader__family_name")
        .order_by("-at", "pk")
    )
