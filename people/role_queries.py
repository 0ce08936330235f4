"""Questions about granted roles."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from people.enums import Role
from people.models import Person, RoleGrant
from people.queries import employed
from tenancy.models import Membership
from tenancy.scope import current_organization_id


def _access(reference: str) -> Exists:
    return Exists(
        Membership.objects.filter(
            organization_id=current_organization_id(), person_id=OuterRef(reference), user__is_active=True
        )
    )


def grants(role: str = "") -> QuerySet[RoleGrant]:
    """Who holds which granted role, with `has_access`: whether they can sign in to use it."""
    found = RoleGrant.objects.select_related("person", "cohort", "granted_by").annotate(
        has_access=_access("person_id")
    )
    return found.filter(role=role) if role else found


def holders_of(role: Role) -> QuerySet[RoleGrant, UUID]:
    """The ids of everybody who holds a role of the whole organisation."""
    return RoleGrant.objects.filter(role=role, cohort=None).values_list("person_id", flat=True)


def people_to_grant(*, on: dt.date) -> QuerySet[Person]:
    """Everybody who works here can be given a role."""
    return Person.objects.filter(employed(on)).select_related("unit")


def last_days_of_admins() -> dict[UUID, dt.date | None]:
    """Who holds the admin role and can sign in, with their last day at work: None where none is known."""
    admins = RoleGrant.objects.filter(_access("person_id"), role=Role.ORGANIZATION_ADMIN)
    return dict(admins.values_list("person_id", "person__end_date"))
