"""The first row of everything: an organisation and the person who sets it up."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from people.enums import Role, UnitKind
from people.models import Invitation, Person, RoleGrant, Unit
from people.queries import member_for
from people.services.invitations import invite_person
from tenancy.models import Organization
from tenancy.scope import tenant_scope


@dataclass(frozen=True, slots=True)
class Founder:
    """Who sets an organisation up. `employee_number` is the one a later import of people will name."""

    employee_number: str
    given_name: str
    family_name: str
    email: str


@transaction.atomic
def found_organization(slug: str, name: str, time_zone: str, founder: Founder) -> Invitation:
    """Make an organisation with its uppermost unit, and invite the founder as organisation and HR admin."""
    organization = Organization.objects.create(slug=slug, name=name, time_zone=time_zone)
    with tenant_scope(organization.pk, reason="found organisation"):
        unit = Unit(name=name, kind=UnitKind.ORGANISATION, external_id=slug, depth=0)
        unit.path = f"/{unit.pk.hex}/"
        unit.save()
        person = Person.objects.create(
            external_id=founder.employee_number,
            given_name=founder.given_name,
            family_name=founder.family_name,
            email=founder.email,
            unit=unit,
            start_date=timezone.localdate(),
        )
        RoleGrant.objects.bulk_create(
            [RoleGrant(person=person, role=role) for role in (Role.ORGANIZATION_ADMIN, Role.HR_ADMIN)]
        )
        member = member_for(person.pk, on=timezone.localdate())
        assert member is not None  # noqa: S101 - it was made three lines above
        return invite_person(person.pk, by=member)
