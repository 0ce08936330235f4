"""Giving and taking roles."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.enums import Role
from people.member import Member
from people.models import Cohort, Person, RoleGrant
from people.permissions import can_grant_roles
from people.role_queries import admins_who_can_act
from tenancy.scope import because


class AlreadyGrantedError(Exception):
    """The person has this role, with this limit, already."""


class LastAdminError(Exception):
    """Nobody would be left who can give roles."""


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


@transaction.atomic
def revoke_role(grant: RoleGrant, *, reason: str, by: Member) -> None:
    """Take a role away; the reason stands in the audit trail. The last admin who can act keeps theirs."""
    if not can_grant_roles(by):
        raise PermissionDenied("Only organisation admins take roles.")
    if grant.role == Role.ORGANIZATION_ADMIN:
        _require_another_admin(grant)
    with because(reason):
        RoleGrant.objects.filter(pk=grant.pk).delete()


def _require_another_admin(grant: RoleGrant) -> None:
    # Two admins who take each other's role at the same moment come one after the other.
    list(RoleGrant.objects.filter(role=Role.ORGANIZATION_ADMIN).order_by("pk").select_for_update())
    if not admins_who_can_act(on=timezone.localdate()).exclude(pk=grant.pk).exists():
        raise LastAdminError
