"""Questions that the directory and a person's page ask."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from people.access_queries import has_access
from people.member import Member
from people.models import Appointment, CohortMembership, Person, ReportingLine, RoleGrant, Unit
from people.permissions import can_see_cohort, can_see_cohorts_of, can_see_former_people, can_see_line_history
from people.queries import employed, in_force, search_text
from people.terms import ends_soon, last_day, term_end
from people.unit_queries import people_within, units_above

REPORTS = 60  # direct reports shown on a page; nobody leads more people well


def people_visible_to(member: Member) -> QuerySet[Person]:
    """Everybody who works here; people of former times for those who keep the records."""
    people = Person.objects.select_related("unit")
    return people if can_see_former_people(member) else people.filter(employed(timezone.localdate()))


def found_by(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Of some people those whose family name, given name or address begins with a text.

    Three ranges, one of an index each, whose union PostgreSQL makes before it looks at any row.
    """
    start = search_text(text)
    end = f"{start}\U0010ffff"
    keys = ("search_key", "given_key", "email_key")
    ranges = [Q(**{f"{key}__gte": start, f"{key}__lt": end}) for key in keys]
    return people.filter(ranges[0] | ranges[1] | ranges[2])


def people_matching(
    member: Member,
    *,
    text: str = "",
    unit: Unit | None = None,
    profession: str = "",
    career_stage: str = "",
    former: bool = False,
) -> QuerySet[Person]:
    """The directory: everybody a member may see, narrowed by what was asked for."""
    people = people_visible_to(member)
    if not former:
        people = people.filter(employed(timezone.localdate()))
    if text:
        people = found_by(people, text)
    if unit is not None:
        people = people_within(people, unit)
    traits: dict[str, Any] = {"profession": profession, "career_stage": career_stage}
    return people.filter(**{name: value for name, value in traits.items() if value})


@dataclass(frozen=True, slots=True)
class Tenure:
    """An appointment as pages show it: `until` is its last day, `planned` when only the policy says so."""

    appointment: Appointment
    until: dt.date
    planned: bool
    is_current: bool
    ends_soon: bool

    @property
    def term(self) -> str:
        """Which of the terms that the policy allows."""
        return f"{self.appointment.term_number} of {self.appointment.position.max_terms}"


def tenure_of(appointment: Appointment, *, on: dt.date) -> Tenure:
    """Needs the appointment's position loaded."""
    end = term_end(appointment.start_date, appointment.end_date, appointment.position.term_years)
    current = appointment.start_date <= on and (appointment.end_date is None or on < appointment.end_date)
    return Tenure(
        appointment,
        until=last_day(end),
        planned=appointment.end_date is None,
        is_current=current,
        ends_soon=current and ends_soon(end, on=on),
    )


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything on a person's page that the asking member may see."""

    person: Person
    has_access: bool
    way: list[Unit]
    manager: ReportingLine | None
    reports: list[Person]
    more_reports: bool
    tenures: list[Tenure]
    memberships: list[CohortMembership]
    grants: list[RoleGrant]
    derived: list[str]
    earlier_lines: list[ReportingLine] | None  # None: not for this member

    def cohort_ids(self, *, on: dt.date) -> list[UUID]:
        """The cohorts among those shown that the person is in on a day."""
        return [one.cohort_id for one in self.memberships if _holds(one, on)]


def profile_of(person: Person, *, to: Member, on: dt.date) -> Profile:
    """A person's page in eight queries."""
    lines = lines_of(person, to=to, on=on)
    reports = list(reports_of(person, on=on)[: REPORTS + 1])
    appointments = (
        Appointment.objects.filter(person=person)
        .select_related("position__unit")
        .order_by("-start_date", "pk")
    )
    tenures = [tenure_of(appointment, on=on) for appointment in appointments]
    return Profile(
        person=person,
        has_access=has_access(person.pk),
        way=units_above(person.unit),
        manager=next((line for line in lines if _holds(line, on)), None),
        reports=reports[:REPORTS],
        more_reports=len(reports) > REPORTS,
        tenures=tenures,
        memberships=memberships_of(person, to=to),
        grants=list(RoleGrant.objects.filter(person=person).select_related("cohort").order_by("role", "pk")),
        derived=derived_roles(is_manager=bool(reports), tenures=tenures),
        earlier_lines=[line for line in lines if not _holds(line, on)]
        if can_see_line_history(to, person.pk)
        else None,
    )


def _holds(row: ReportingLine | CohortMembership, on: dt.date) -> bool:
    return row.start_date <= on and (row.end_date is None or on < row.end_date)


def lines_of(person: Person, *, to: Member, on: dt.date) -> list[ReportingLine]:
    """Whom a person reports to, latest first: today for everybody, with its history for some."""
    lines = ReportingLine.objects.filter(person=person).select_related("manager").order_by("-start_date")
    return list(lines if can_see_line_history(to, person.pk) else lines.filter(in_force(on)))


def reports_of(person: Person, *, on: dt.date) -> QuerySet[Person]:
    """Whose immediate leader a person is."""
    lines = ReportingLine.objects.filter(in_force(on), manager=person, person=OuterRef("pk"))
    return Person.objects.filter(Exists(lines)).order_by("search_key", "pk")


def memberships_of(person: Person, *, to: Member) -> list[CohortMembership]:
    """The cohorts of a person that a member may know of, latest first."""
    found = (
        CohortMembership.objects.filter(person=person)
        .select_related("cohort__programme")
        .order_by("-start_date", "pk")
    )
    everything = can_see_cohorts_of(to, person.pk)
    return [one for one in found if everything or can_see_cohort(to, one.cohort_id)]


def derived_roles(*, is_manager: bool, tenures: list[Tenure]) -> list[str]:
    """Roles that follow from facts: manager, leader of a unit, incumbent of a position."""
    current = [tenure.appointment.position for tenure in tenures if tenure.is_current]
    leads = [f"Leader of {position.unit.name}" for position in current if position.leads_unit]
    holds = [f"Incumbent: {position.title}" for position in current]
    return [*(["Immediate leader"] if is_manager else []), *leads, *holds]
