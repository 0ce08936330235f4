"""One factory a model of tenancy and people: no surprises, organisation always explicit."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from people.enums import Role
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
    WebhookEndpoint,
)
from people.webhooks.delivering import PURPOSE
from people.webhooks.signing import new_secret
from tenancy.models import Membership, Organization, User
from tenancy.scope import tenant_transaction
from web.ciphers import sealed

PASSWORD = "correct horse battery"
START = dt.date(2024, 1, 1)
_numbers = itertools.count(1)


def make_organization(slug: str, name: str = "") -> Organization:
    return Organization.objects.create(slug=slug, name=name or slug.title(), time_zone=settings.TIME_ZONE)


def make_unit(
    organization: Organization, name: str = "Medicine", parent: Unit | None = None, **fields: Any
) -> Unit:
    with tenant_transaction(organization.pk):
        unit = new_unit(organization, name, parent, **fields)
        unit.save(force_insert=True)
    return unit


def new_unit(organization: Organization, name: str, parent: Unit | None = None, **fields: Any) -> Unit:
    """Not yet saved."""
    unit = Unit(
        organization=organization,
        name=name,
        parent=parent,
        **{"external_id": f"U{next(_numbers)}", **fields},
    )
    unit.path = f"{parent.path if parent else '/'}{unit.pk.hex}/"
    unit.depth = parent.depth + 1 if parent else 0
    return unit


def make_person(organization: Organization, given_name: str, unit: Unit, **fields: Any) -> Person:
    with tenant_transaction(organization.pk):
        person = new_person(organization, given_name, unit, **fields)
        person.save(force_insert=True)
        return person


def new_person(organization: Organization, given_name: str, unit: Unit, **fields: Any) -> Person:
    """Not yet saved."""
    values = {
        "family_name": "Smith",
        "external_id": f"P{next(_numbers)}",
        "start_date": START,
        "email": f"{given_name.lower()}@{organization.slug}.example",
        **fields,
    }
    return Person(organization=organization, given_name=given_name, unit=unit, **values)


def make_users(people: Iterable[Person]) -> None:
    """Let people sign in with their address and PASSWORD, at once: almost every test needs a few."""
    password = make_password(PASSWORD)
    users = {person: User(email=person.email, password=password) for person in people}
    User.objects.bulk_create(users.values())
    Membership.objects.bulk_create(
        Membership(user=user, organization_id=person.organization_id, person_id=person.pk)
        for person, user in users.items()
    )


def make_user(person: Person, email: str = "") -> User:
    user = User.objects.create_user(email or person.email, PASSWORD)
    Membership.objects.create(user=user, organization_id=person.organization_id, person_id=person.pk)
    return user


def make_line(person: Person, manager: Person, **fields: Any) -> ReportingLine:
    with tenant_transaction(person.organization_id):
        return ReportingLine.objects.create(
            organization_id=person.organization_id,
            person=person,
            manager=manager,
            **{"start_date": START, **fields},
        )


def make_grant(person: Person, role: Role, cohort: Cohort | None = None) -> RoleGrant:
    with tenant_transaction(person.organization_id):
        return RoleGrant.objects.create(
            organization_id=person.organization_id, person=person, role=role, cohort=cohort
        )


def make_position(unit: Unit, title: str = "Chair", **fields: Any) -> Position:
    with tenant_transaction(unit.organization_id):
        return Position.objects.create(
            organization_id=unit.organization_id,
            unit=unit,
            title=title,
            **{"external_id": f"J{next(_numbers)}", **fields},
        )


def make_appointment(position: Position, person: Person, **fields: Any) -> Appointment:
    with tenant_transaction(position.organization_id):
        return Appointment.objects.create(
            organization_id=position.organization_id,
            position=position,
            person=person,
            **{"start_date": START, **fields},
        )


def make_programme(champion: Person, name: str = "Leaders of tomorrow", **fields: Any) -> Programme:
    with tenant_transaction(champion.organization_id):
        return Programme.objects.create(
            organization_id=champion.organization_id,
            champion=champion,
            name=name,
            **{"start_date": START, **fields},
        )


def make_cohort(programme: Programme, name: str = "Cohort 2024", **fields: Any) -> Cohort:
    with tenant_transaction(programme.organization_id):
        return Cohort.objects.create(
            organization_id=programme.organization_id,
            programme=programme,
            name=name,
            **{"start_date": START, **fields},
        )


def make_cohort_membership(cohort: Cohort, person: Person, **fields: Any) -> CohortMembership:
    with tenant_transaction(cohort.organization_id):
        return CohortMembership.objects.create(
            organization_id=cohort.organization_id,
            cohort=cohort,
            person=person,
            **{"start_date": START, **fields},
        )


def make_webhook(admin: Person, url: str = "https://hr.example/events") -> WebhookEndpoint:
    """An address of the organisation's, with a secret that nobody knows."""
    with tenant_transaction(admin.organization_id):
        return WebhookEndpoint.objects.create(
            organization_id=admin.organization_id,
            url=url,
            secret=sealed(new_secret(), purpose=PURPOSE),
            added_by=admin,
        )
