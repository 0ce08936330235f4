"""The access story: two organisations and the named people who ask for pages.

In each organisation: Ada, an emerging leader, reports to Mara, who leads the unit; Paula directs Ada's
programme; Henry is HR admin, Olga organisation admin, Stella survey steward, Eli executive, Aude auditor;
Colin is a colleague with no role at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from people.enums import CareerStage, Profession, Role
from people.models import Cohort, Person, Programme, RoleGrant, Unit
from tenancy.models import Organization
from tenancy.scope import tenant_transaction
from tests.factories.people import (
    make_appointment,
    make_cohort,
    make_cohort_membership,
    make_line,
    make_organization,
    make_position,
    make_programme,
    make_unit,
    make_users,
    new_person,
)

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
    root = make_unit(organization, f"{organization.name} Hospital", kind="organisation")
    unit = make_unit(organization, "Cardiology", parent=root)
    people = {
        name: new_person(organization, name.title(), unit, family_name=slug.title(), **TRAITS.get(name, {}))
        for name in NAMES
    }
    grants = [RoleGrant(organization=organization, person=people[name], role=ROLES[name]) for name in ROLES]
    with tenant_transaction(organization.pk):
        # All at once: almost every test begins with these people.
        Person.objects.bulk_create(people.values())
        RoleGrant.objects.bulk_create(grants)
    make_users(people.values())
    ada, mara = people["ada"], people["mara"]
    make_line(ada, mara)
    make_line(people["colin"], mara)
    make_appointment(make_position(unit, "Head of cardiology", leads_unit=True), mara)
    programme = make_programme(people["eli"])
    cohort = make_cohort(programme)
    make_cohort_membership(cohort, ada)
    return World(organization, root, unit, people, programme, cohort)
