"""Ending somebody's access."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils import timezone

from people.access import demand
from people.access_queries import open_invitations
from people.enums import TokenEnd
from people.member import Member
from people.models import ApiToken, Person
from people.queries import employed
from people.services.admins import keeping_an_admin
from people.services.api_tokens import end_tokens
from people.services.invitations import require_access_management_of
from tenancy.models import Membership
from tenancy.scope import current_organization_id


def end_access(person_id: UUID, *, by: Member) -> None:
    """Take a person's access to this organisation, with their API tokens and open invitations. The login
    stays, for it may belong to other organisations. Nobody ends their own access, nor the last admin's."""
    require_access_management_of(person_id, by=by)
    demand(person_id != by.person_id, "Ask another admin to end your own access.")
    with keeping_an_admin():
        _end_access_of([person_id])


def end_access_of_leavers(on: dt.date) -> int:
    """End what people who left before the day could still use; returns how many people that was."""
    held = Membership.objects.filter(organization_id=current_organization_id()).values("person_id")
    leavers = list(Person.objects.filter(pk__in=held).exclude(employed(on)).values_list("pk", flat=True))
    _end_access_of(leavers)
    return len(leavers)


def _end_access_of(person_ids: list[UUID]) -> None:
    now = timezone.now()
    Membership.objects.filter(organization_id=current_organization_id(), person_id__in=person_ids).delete()
    end_tokens(ApiToken.objects.filter(person__in=person_ids), TokenEnd.ACCESS)
    open_invitations().filter(person__in=person_ids).update(revoked_at=now)
