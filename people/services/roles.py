"""Giving and taking roles."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from people.enums import Role
from people.member import Member
from people.models import Cohort, Person, RoleGrant
from people.permissions import can_grant_roles
from people.services.admins import keeping_an_admin
from tenancy.scope import because


class AlreadyGrantedError(Exception):
    """The person has this role, with this limit, already."""


def grant_role(person: Person, role: Role, *, cohort: Cohort | None, reason: str, by: Member) -> RoleGrant:
    """Give a person a role, a director's perhaps for one cohort; the reason stands in the audit trail."""
    if not can_grant_roles(by):
        raise PermissionDenied("Only organisation admins give roles.")
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
    if not can_grant_roles(by):
        raise PermissionDenied("Only organisation admins take roles.")
    with because(reason), keeping_an_admin():
        RoleGrant.objects.filter(pk=grant.pk).delete()
