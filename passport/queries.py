"""Questions about Passports, each a function that returns a queryset or plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from passport.enums import StampState
from passport.models import Milestone, PassportHolder, PassportRead, Stage, Stamp
from passport.permissions import Subject, can_see_passport
from people.enums import Role
from people.member import Member
from people.models import CohortMembership, Person, ReportingLine, RoleGrant
from people.queries import employed, in_force


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
    holder = PassportHolder.objects.filter(person=OuterRef("pk"))
    manager = ReportingLine.objects.filter(in_force(on), person=OuterRef("pk"))
    person = (
        Person.objects.filter(pk=person_id)
        .select_related("unit")
        .annotate(
            cohort_ids=ArraySubquery(cohorts_of(OuterRef("pk"), on=on).values("cohort_id")),
            holder_facts=Subquery(
                holder.values(facts=JSONObject(id="id", serial="serial", issued_on="issued_on"))[:1]
            ),
            manager_facts=Subquery(
                manager.values(
                    facts=JSONObject(
                        id="manager_id",
                        given="manager__given_name",
                        family="manager__family_name",
                        title="manager__job_title",
                    )
                )[:1]
            ),
        )
        .first()
    )
    if person is None:
        return None
    subject = Subject(person.pk, frozenset(person.cohort_ids))
    if not can_see_passport(member, subject):
        return None
    facts, manager_facts = person.holder_facts, person.manager_facts or {}
    return Holding(
        person=person,
        subject=subject,
        holder=facts
        and PassportHolder(
            id=UUID(facts["id"]),
            person=person,
            serial=facts["serial"],
            issued_on=dt.date.fromisoformat(facts["issued_on"]),
        ),
        manager_id=UUID(manager_facts["id"]) if manager_facts else None,
        manager_name=f"{manager_facts.get('given', '')} {manager_facts.get('family', '')}".strip(),
        manager_title=manager_facts.get("title", ""),
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
    return PassportRead.objects.filter(person=person_id).select_related("reader").order_by("-at", "pk")
