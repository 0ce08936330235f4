"""Questions about who may enter: invitations, memberships, API tokens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from people.member import Member
from people.models import ApiToken, Invitation, Person
from people.queries import employed, member_for
from people.tokens import digest
from tenancy.models import Membership, Organization, User
from tenancy.scope import current_organization_id, tenant_scope

# open: it can be accepted; the others say why it cannot.
InvitationState = Literal["open", "expired", "accepted", "revoked"]


@dataclass(frozen=True, slots=True)
class InvitationLetter:
    """What the page behind an invitation's link shows. `has_account`: the address already signs in."""

    organization: Organization
    email: str
    person_name: str
    state: InvitationState
    has_account: bool


def state_of(invitation: Invitation) -> InvitationState:
    """Where an invitation stands. Needs `person` loaded: a changed address or a leaver ends it as well."""
    person = invitation.person
    left = person.has_left(timezone.localdate())
    if invitation.accepted_at is not None:
        return "accepted"
    if invitation.revoked_at is not None or left or person.email.lower() != invitation.email.lower():
        return "revoked"
    return "expired" if invitation.is_expired else "open"


def invitation_letter(slug: str, token: str) -> InvitationLetter | None:
    """The invitation behind a link; None when there is none, for whatever reason."""
    organization = Organization.objects.filter(slug=slug).first()
    if organization is None:
        return None
    with tenant_scope(organization.pk, reason="invitation"):
        invitation = Invitation.objects.filter(token_hash=digest(token)).select_related("person").first()
    if invitation is None:
        return None
    return InvitationLetter(
        organization=organization,
        email=invitation.email,
        person_name=invitation.person.name,
        state=state_of(invitation),
        has_account=user_with_address(invitation.email) is not None,
    )


def user_with_address(email: str) -> User | None:
    """The user who signs in with an address; one that somebody merely claims does not count."""
    owner = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    if owner is not None:
        user: User = owner.user
        return user
    return User.objects.filter(email__iexact=email).first()


def open_invitations() -> QuerySet[Invitation]:
    """Invitations that wait for an answer, also those that have expired meanwhile."""
    return Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True).select_related(
        "person", "invited_by"
    )


def people_to_invite(on: dt.date) -> QuerySet[Person]:
    """Everybody who works here, has an address, no access yet and no invitation that still holds."""
    members = Membership.objects.filter(organization_id=current_organization_id(), person_id=OuterRef("pk"))
    waiting = open_invitations().filter(person=OuterRef("pk"), expires_at__gt=timezone.now())
    return (
        Person.objects.filter(employed(on), start_date__lte=on)
        .exclude(email="")
        .filter(~Exists(members), ~Exists(waiting))
    )


def has_access(person_id: UUID) -> bool:
    """Whether somebody signs in as this person; an employment that has ended still shows here."""
    return Membership.objects.filter(organization_id=current_organization_id(), person_id=person_id).exists()


def organizations_open_to(user: User) -> list[Organization]:
    """The organisations a user may enter today, by name. Memberships of people who left do not count."""
    memberships = (
        Membership.objects.filter(user=user).select_related("organization").order_by("organization__name")
    )
    return [
        membership.organization
        for membership in memberships
        if _still_employed(membership.organization_id, membership.person_id)
    ]


def _still_employed(organization_id: int, person_id: UUID) -> bool:
    with tenant_scope(organization_id, reason="choose organisation"):
        return member_for(person_id, on=timezone.localdate()) is not None


def usable_tokens(on: dt.date) -> QuerySet[ApiToken]:
    """Tokens nobody has revoked, up to and including the day they expire on."""
    return ApiToken.objects.filter(revoked_at__isnull=True, expires_on__gte=on)


def tokens_of(member: Member) -> QuerySet[ApiToken]:
    """A member's own tokens, newest first; revoked ones are gone from the list."""
    return ApiToken.objects.filter(person=member.person_id, revoked_at__isnull=True).order_by(
        "-created_at", "id"
    )


def ended_tokens_of(member: Member) -> QuerySet[ApiToken]:
    """A member's tokens that were revoked, by whomever, the last one first."""
    return ApiToken.objects.filter(person=member.person_id, revoked_at__isnull=False).order_by(
        "-revoked_at", "id"
    )


def token_behind(secret: str, *, on: dt.date) -> ApiToken | None:
    """The usable token with this secret, provided its person still has access and an active login."""
    access = Membership.objects.filter(
        organization_id=current_organization_id(), person_id=OuterRef("person_id"), user__is_active=True
    )
    return usable_tokens(on).filter(Exists(access), token_hash=digest(secret)).first()


def still_has_access(person_id: UUID) -> bool:
    """Whether somebody may enter here, with an active login."""
    here = Membership.objects.filter(organization_id=current_organization_id(), user__is_active=True)
    return here.filter(person_id=person_id).exists()


@dataclass(frozen=True, slots=True)
class SignInSecurity:
    """How well a login is protected."""

    authenticator_app: bool
    passkeys: int
    recovery_codes: bool
    sessions: int

    @property
    def has_second_factor(self) -> bool:
        return self.authenticator_app or self.passkeys > 0


def sign_in_security(user: User) -> SignInSecurity:
    """What protects a login, in two queries."""
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return SignInSecurity(
        authenticator_app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
        sessions=UserSession.objects.filter(user=user).count(),
    )
