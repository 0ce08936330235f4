"""Giving and taking roles."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from people.access import demand
from people.enums import Role
from people.member import Member
from people.models import Cohort, Person, RoleGrant
from people.permissions import ROLES_ARE_FOR, can_grant_roles
from people.services.admins import keeping_an_admin
from tenancy.scope import because


class AlreadyGrantedError(Exception):
    """The person has this role, with this limit, already."""


def grant_role(person: Person, role: Role, *, cohort: Cohort | None, reason: str, by: Member) -> RoleGrant:
    """Give a person a role, a director's perhaps for one cohort; the reason stands in the audit trail."""
    demand(can_grant_roles(by), ROLES_ARE_FOR)
    with because(reason):
        try:
            with transaction.atomic():
                return RoleGrant.objects.create(
                    person=person, role=role, cohort=cohort, granted_by_id=by.person_id
                )
        except IntegrityError as error:
            raise AlreadyGrantedError from error


def revoke_role(grant: RoleGrant, *, reason: str, by: Member) -> None:
    """Take a role away; the reason stands in the audit trail. The last admin who stays keeps theirs."""
    demand(can_grant_roles(by), ROLES_ARE_FOR)
    with because(reason), keeping_an_admin():
        RoleGrant.objects.filter(pk=grant.pk).delete()
