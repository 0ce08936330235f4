"""Programmes, their cohorts, and the roles people were given."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from clinicleader.demo.shapes import Job, OrganizationShape
from clinicleader.demo.staff import Person, Staff
from passport.permissions import Subject
from people.enums import Role
from people.member import Member
from people.models import Cohort, CohortMembership, Programme, RoleGrant
from people.models import Person as PersonRow
from people.queries import member_for

GRANTS = {
    "director": Role.PROGRAMME_DIRECTOR,
    "hr_admin": Role.HR_ADMIN,
    "organization_admin": Role.ORGANIZATION_ADMIN,
    "survey_steward": Role.SURVEY_STEWARD,
    "executive": Role.EXECUTIVE,
    "adviser": Role.EXECUTIVE,
    "auditor": Role.AUDITOR,
}


@dataclass(slots=True)
class CohortPlan:
    cohort: Cohort
    members: list[Person]


@dataclass(slots=True)
class Programmes:
    cohorts: list[CohortPlan] = field(default_factory=list)

    def members(self) -> dict[Person, dt.date]:
        """Who is or was a member, and since when."""
        return {
            person: max(person.start, plan.cohort.start_date)
            for plan in self.cohorts
            for person in plan.members
        }

    def subject(self, person: Person) -> Subject:
        cohorts = (plan.cohort.pk for plan in self.cohorts if person in plan.members)
        return Subject(person.id, frozenset(cohorts))


def member_of(person: Person | PersonRow, today: dt.date) -> Member:
    """Somebody as the services know who is acting."""
    member = member_for(person.id, on=today)
    if member is None:
        raise LookupError(f"{person.external_id} does not work here on {today}.")
    return member


def start_programmes(
    staff: Staff, shape: OrganizationShape, today: dt.date, rng: random.Random
) -> Programmes:
    """A running programme with four cohorts, and a pilot for nurse leaders with one."""
    begun = dt.date(today.year - 2, 7, 1)
    champion = staff.part("executive")
    chief_nurse = next(person for person in staff.people if person.title.startswith("Chief Nurs"))
    main = Programme.objects.create(name=shape.programme, champion_id=champion.id, start_date=begun)
    pilot = Programme.objects.create(
        name=shape.nurse_programme,
        champion_id=chief_nurse.id,
        pilot=True,
        start_date=dt.date(today.year - 1, 9, 1),
        end_date=dt.date(today.year + 1, 8, 31),
    )
    first, second = begun.year, begun.year + 1
    residents, later, fellows, early = (name.format(first, second) for name in shape.cohorts)
    programmes = Programmes()
    drawn = _Drawing(staff, today, rng)
    for name, programme, start, job, size in (
        (residents, main, begun, Job.RESIDENT, 14),
        (later, main, dt.date(second, 7, 1), Job.RESIDENT, 14),
        (fellows, main, begun, Job.FELLOW, 13),
        (early, main, begun, Job.EARLY_ATTENDING, 16),
        (f"{shape.nurse_programme} {pilot.start_date.year}", pilot, pilot.start_date, Job.NURSE, 12),
    ):
        cohort = Cohort.objects.create(programme=programme, name=name, start_date=start)
        plan = CohortPlan(cohort, drawn.members(job, start, size))
        CohortMembership.objects.bulk_create(
            CohortMembership(
                cohort=cohort,
                person_id=person.id,
                start_date=max(start, person.start),
                end_date=person.end,
            )
            for person in plan.members
        )
        programmes.cohorts.append(plan)
    return programmes


class _Drawing:
    """Members are drawn once: personas and unit leaders first, then by lot among those who were there."""

    def __init__(self, staff: Staff, today: dt.date, rng: random.Random) -> None:
        self.staff, self.today, self.rng = staff, today, rng
        self.used: set[int] = set()
        self.leaders = {id(unit.leader) for unit in staff.units if unit.leader}

    def members(self, job: Job, start: dt.date, size: int) -> list[Person]:
        there = [
            person
            for person in self.staff.people
            if person.job == job and id(person) not in self.used and self._fits(person, job, start)
        ]
        there.sort(key=lambda person: (not person.part, id(person) not in self.leaders, self.rng.random()))
        chosen = there[:size]
        self.used |= {id(person) for person in chosen}
        return chosen

    def _fits(self, person: Person, job: Job, start: dt.date) -> bool:
        if job == Job.NURSE and id(person) not in self.leaders:
            return False
        began = max(person.start, start)
        return began < self.today - dt.timedelta(days=30) and (person.end is None or person.end > began)


def grant_roles(staff: Staff, programmes: Programmes) -> None:
    """The personas' roles; a second programme director is limited to one cohort."""
    by = staff.part("organization_admin")
    grants = [
        RoleGrant(person_id=staff.part(part).id, role=role, granted_by_id=by.id)
        for part, role in GRANTS.items()
    ]
    nurse_leader = next(person for person in staff.people if person.title.startswith("Chief Nurs"))
    pilot = programmes.cohorts[-1].cohort
    grants += [
        RoleGrant(person_id=nurse_leader.id, role=Role.PROGRAMME_DIRECTOR, cohort=pilot, granted_by_id=by.id),
        RoleGrant(person_id=nurse_leader.id, role=Role.EXECUTIVE, granted_by_id=by.id),
    ]
    RoleGrant.objects.bulk_create(grants)
