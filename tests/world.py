"""The access story: two organisations and the named people who ask for pages.

In each organisation: Ada, an emerging leader, reports to Mara, who leads the unit; Paula directs Ada's
programme; Henry is HR admin, Olga organisation admin, Stella survey steward, Eli executive, Aude auditor;
Colin is a colleague with no role at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from people.enums import CareerStage, Profession, Role
from people.models import (
    Appointment,
    Cohort,
    CohortMembership,
    Person,
    Position,
    Programme,
    ReportingLine,
    RoleGrant,
    Unit,
)
from tenancy.models import Organization
from tenancy.scope import tenant_transaction
from tests.factories.people import START, make_organization, make_users, new_person, new_unit

ROLES = {
    "paula": Role.PROGRAMME_DIRECTOR,
    "henry": Role.HR_ADMIN,
    "olga": Role.ORGANIZATION_ADMIN,
    "stella": Role.SURVEY_STEWARD,
    "eli": Role.EXECUTIVE,
    "aude": Role.AUDITOR,
}
TRAITS = {
    "ada": {
        "career_stage": CareerStage.RESIDENT,
        "profession": Profession.PHYSICIAN,
        "specialty": "Cardiology",
        "training_grade": "PGY-2",
    }
}
NAMES = ("ada", "mara", *ROLES, "colin")


@dataclass(frozen=True)
class World:
    organization: Organization
    root: Unit
    unit: Unit
    people: dict[str, Person]
    programme: Programme
    cohort: Cohort

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def slug(self) -> str:
        return self.organization.slug


def build_world(slug: str) -> World:
    """An organisation with the named people, each able to sign in as <name>@<slug>.example."""
    organization = make_organization(slug)
    with tenant_transaction(organization.pk):  # one, and many rows at once: almost every test begins here
        root = new_unit(organization, f"{organization.name} Hospital", kind="organisation")
        unit = new_unit(organization, "Cardiology", parent=root)
        Unit.objects.bulk_create([root, unit])
        people = {
            name: new_person(
                organization, name.title(), unit, family_name=slug.title(), **TRAITS.get(name, {})
            )
            for name in NAMES
        }
        Person.objects.bulk_create(people.values())
        make_users(people.values())
        RoleGrant.objects.bulk_create(
            RoleGrant(organization=organization, person=people[name], role=ROLES[name]) for name in ROLES
        )
        programme, cohort = lead(organization, unit, people)
    return World(organization, root, unit, people, programme, cohort)


def lead(organization: Organization, unit: Unit, people: dict[str, Person]) -> tuple[Programme, Cohort]:
    """Who leads whom and what."""
    since: dict[str, Any] = {"organization": organization, "start_date": START}
    mara = people["mara"]
    ReportingLine.objects.bulk_create(
        ReportingLine(person=people[name], manager=mara, **since) for name in ("ada", "colin")
    )
    head = Position.objects.create(
        organization=organization,
        unit=unit,
        title="Head of cardiology",
        external_id=f"J{unit.external_id}",
        leads_unit=True,
    )
    Appointment.objects.create(position=head, person=mara, **since)
    programme = Programme.objects.create(champion=people["eli"], name="Leaders of tomorrow", **since)
    cohort = Cohort.objects.create(programme=programme, name="Cohort 2024", **since)
    CohortMembership.objects.create(cohort=cohort, person=people["ada"], **since)
    return programme, cohort
