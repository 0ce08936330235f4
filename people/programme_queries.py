"""Questions about programmes, their cohorts and who is in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from people.enums import PositionType, Role
from people.member import Member
from people.models import Appointment, Cohort, CohortMembership, Person, Programme, RoleGrant
from people.queries import employed, in_force

SENIOR = (
    PositionType.CHIEF_EXECUTIVE,
    PositionType.DEAN,
    PositionType.MEDICAL_DIRECTOR,
    PositionType.DEPARTMENT_CHAIR,
)


def cohorts_visible_to(member: Member) -> QuerySet[Cohort]:
    """All cohorts for HR admins and directors of everything; for other directors their own."""
    if member.has(Role.HR_ADMIN) or member.directs_everyone:
        return Cohort.objects.all()
    return Cohort.objects.filter(pk__in=member.directed_cohorts)


def programmes_visible_to(member: Member) -> QuerySet[Programme]:
    """Programmes with a cohort that a member may see; HR admins and directors of everything see all."""
    programmes = Programme.objects.select_related("champion")
    if member.has(Role.HR_ADMIN) or member.directs_everyone:
        return programmes
    return programmes.filter(Exists(cohorts_visible_to(member).filter(programme=OuterRef("pk"))))


def with_counts(programmes: QuerySet[Programme], *, on: dt.date) -> QuerySet[Programme]:
    """Programmes with `cohort_count` and `member_count`, the people who are in them on a day."""
    current = in_force_through("cohorts__memberships", on)
    return programmes.annotate(
        cohort_count=Count("cohorts", distinct=True),
        member_count=Count("cohorts__memberships__person", filter=current, distinct=True),
    )


def in_force_through(relation: str, on: dt.date) -> Q:
    """in_force() for rows that hang on the rows asked for."""
    begun = Q(**{f"{relation}__start_date__lte": on})
    return begun & (Q(**{f"{relation}__end_date": None}) | Q(**{f"{relation}__end_date__gt": on}))


def cohorts_of_programme(programme: Programme, *, to: Member, on: dt.date) -> QuerySet[Cohort]:
    """A programme's cohorts with `member_count`, latest first."""
    return (
        cohorts_visible_to(to)
        .filter(programme=programme)
        .annotate(member_count=Count("memberships", filter=in_force_through("memberships", on)))
        .order_by("-start_date", "name")
    )


def directors_of(cohort_ids: Iterable[UUID]) -> QuerySet[RoleGrant]:
    """Who directs some cohorts by name; directors of everything are not listed."""
    return RoleGrant.objects.filter(role=Role.PROGRAMME_DIRECTOR, cohort__in=list(cohort_ids)).select_related(
        "person"
    )


def memberships_in(cohort: Cohort) -> QuerySet[CohortMembership]:
    """Everybody who is or was in a cohort."""
    return CohortMembership.objects.filter(cohort=cohort).select_related("person__unit")


def cohorts_by_name() -> QuerySet[Cohort]:
    """All cohorts to choose from, for those who see all."""
    return Cohort.objects.order_by("name")


def people_ever_in(cohort: Cohort) -> QuerySet[Person]:
    """Everybody who is or was in a cohort."""
    return Person.objects.filter(cohort_memberships__cohort=cohort)


def possible_champions(*, on: dt.date, besides: UUID | None = None) -> QuerySet[Person]:
    """Executives and incumbents of senior positions, and whoever is the champion already."""
    executives = RoleGrant.objects.filter(role=Role.EXECUTIVE).values("person")
    seniors = Appointment.objects.filter(in_force(on), position__type__in=SENIOR).values("person")
    itself = Person.objects.filter(pk__in=[besides] if besides else []).values("pk")
    # One set of few ids; with "or" between them PostgreSQL would ask for each of all people.
    few = executives.union(seniors, itself)
    found = Person.objects.filter(employed(on), pk__in=few).order_by("search_key", "pk")
    return found.only("given_name", "family_name")  # for a select


def people_to_add(cohort: Cohort, *, on: dt.date) -> QuerySet[Person]:
    """Everybody who works here, with `was_in`: whether they are or were in the cohort."""
    mine = CohortMembership.objects.filter(cohort=cohort, person=OuterRef("pk"))
    return Person.objects.filter(employed(on)).select_related("unit").annotate(was_in=Exists(mine))


def people_who_may_join(cohort: Cohort, *, on: dt.date) -> QuerySet[Person]:
    """Everybody who works here and neither is nor was in the cohort."""
    return people_to_add(cohort, on=on).exclude(Q(was_in=True))


def people_by_staff_number(numbers: Iterable[str], *, on: dt.date) -> dict[str, Person]:
    """Those who work here among some staff numbers, by number."""
    found = Person.objects.filter(employed(on), external_id__in=set(numbers))
    return {person.external_id: person for person in found}


def in_cohort(cohort: Cohort, person_ids: Iterable[UUID]) -> set[UUID]:
    """Which of some people are or were in a cohort."""
    rows = CohortMembership.objects.filter(cohort=cohort, person__in=list(person_ids))
    return set(rows.values_list("person_id", flat=True))


def memberships_visible_to(member: Member) -> QuerySet[CohortMembership]:
    """Who is or was in the cohorts that a member may see."""
    return CohortMembership.objects.filter(cohort__in=cohorts_visible_to(member)).select_related(
        "person", "cohort__programme"
    )
