"""Inviting people and letting them in."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from people.access import demand
from people.access_queries import has_access, open_invitations, people_to_invite, state_of, user_with_address
from people.member import Member
from people.models import Invitation, Person, RoleGrant
from people.permissions import ACCESS_IS_FOR, can_grant_roles, can_manage_access, can_manage_access_of
from people.tokens import digest, invitation_token
from tenancy.jobs import post_many
from tenancy.models import Membership, Organization, User
from tenancy.scope import current_organization_id, tenant_scope

VALID_FOR = dt.timedelta(days=7)
MAIL_TOPIC = "people.invitation"


class CannotInviteError(Exception):
    """The person cannot be invited; the message says why, for the one who tried."""


class InvitationClosedError(Exception):
    """The link does not open (any more), or not for this user. `reason` is a code for the page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def invite_person(person_id: UUID, *, by: Member) -> Invitation:
    """Send a person a fresh invitation; an earlier open one ends, so that one link works at a time."""
    require_access_management_of(person_id, by=by)
    # The lock makes two clicks one after the other.
    person = Person.objects.select_for_update().get(pk=person_id)
    _require_invitable(person)
    _end_open_invitations([person.pk])
    return _issue([person], by=by)[0]


@transaction.atomic
def invite_people(people: QuerySet[Person], *, by: Member) -> int:
    """Invite everybody of them who can be; returns how many. The others already have access, an invitation
    that still holds, or no address."""
    demand(can_manage_access(by), ACCESS_IS_FOR)
    invitable = people_to_invite(timezone.localdate()).filter(pk__in=people.values("pk"))
    if not can_grant_roles(by):
        invitable = invitable.filter(~Exists(RoleGrant.objects.filter(person=OuterRef("pk"))))
    locked = list(invitable.order_by("id").select_for_update(of=("self",)))
    _end_open_invitations([person.pk for person in locked])
    return len(_issue(locked, by=by))


def revoke_invitation(invitation_id: UUID, *, by: Member) -> None:
    """Make an open invitation's link dead. Revoking a closed one changes nothing."""
    invitation = Invitation.objects.get(pk=invitation_id)
    require_access_management_of(invitation.person_id, by=by)
    open_invitations().filter(pk=invitation_id).update(revoked_at=timezone.now())


def require_access_management_of(person_id: UUID, *, by: Member) -> None:
    """PermissionDenied unless the member may invite this person, take that back, and end their access."""
    demand(
        can_manage_access_of(by, holds_role=RoleGrant.objects.filter(person=person_id).exists()),
        "Only HR admins manage access, and organisation admins that of role holders.",
    )


def _require_invitable(person: Person) -> None:
    if person.has_left(timezone.localdate()):
        raise CannotInviteError(f"{person.name} has left the organisation.")
    if not person.email:
        raise CannotInviteError(f"{person.name} has no e-mail address.")
    if has_access(person.pk):
        raise CannotInviteError(f"{person.name} already has access.")


def _end_open_invitations(person_ids: list[UUID]) -> None:
    open_invitations().filter(person__in=person_ids).update(revoked_at=timezone.now())


def _issue(people: list[Person], *, by: Member) -> list[Invitation]:
    expires_at = timezone.now() + VALID_FOR
    invitations = []
    for person in people:
        pk = uuid4()
        invitations.append(
            Invitation(
                pk=pk,
                person=person,
                email=person.email.strip().lower(),
                token_hash=digest(invitation_token(pk)),
                invited_by_id=by.person_id,
                expires_at=expires_at,
            )
        )
    Invitation.objects.bulk_create(invitations, batch_size=1000)
    post_many(MAIL_TOPIC, [(one.person_id, {"invitation": str(one.pk)}) for one in invitations])
    return invitations


def accept_as_new_user(slug: str, token: str, password: str) -> User:
    """Open an account with the invited address, which having the link proves, and let it in."""
    organization = _organization(slug)
    with transaction.atomic(), tenant_scope(organization.pk, reason="invitation"):
        invitation = _locked_open_invitation(token)
        if user_with_address(invitation.email) is not None:
            raise InvitationClosedError("sign_in_first")
        user = _open_account(invitation.email, password)
        _admit(invitation, user)
    return user


def accept_as_user(slug: str, token: str, *, user: User) -> None:
    """Let a signed-in user in, if the invited address is theirs."""
    organization = _organization(slug)
    with transaction.atomic(), tenant_scope(organization.pk, reason="invitation"):
        invitation = _locked_open_invitation(token)
        owner = user_with_address(invitation.email)
        if owner is None or owner.pk != user.pk:
            raise InvitationClosedError("wrong_address")
        _admit(invitation, user)


def _organization(slug: str) -> Organization:
    organization = Organization.objects.filter(slug=slug).first()
    if organization is None:
        raise InvitationClosedError("unknown")
    return organization


def _locked_open_invitation(token: str) -> Invitation:
    # Of two requests with the same link the second waits here and then sees it accepted.
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(token_hash=digest(token))
        .first()
    )
    if invitation is None:
        raise InvitationClosedError("unknown")
    state = state_of(invitation)
    if state != "open":
        raise InvitationClosedError(state)
    return invitation


def _open_account(email: str, password: str) -> User:
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    except IntegrityError as error:
        # Another organisation's invitation to the same address was accepted a moment ago.
        raise InvitationClosedError("sign_in_first") from error
    return user


def _admit(invitation: Invitation, user: User) -> None:
    organization_id = current_organization_id()
    memberships = Membership.objects.filter(organization_id=organization_id)
    if memberships.filter(user=user).exists() or memberships.filter(person_id=invitation.person_id).exists():
        raise InvitationClosedError("has_access")
    with tenant_scope(organization_id, actor_id=invitation.person_id, reason="invitation"):
        memberships.create(user=user, organization_id=organization_id, person_id=invitation.person_id)
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at"])
