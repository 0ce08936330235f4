"""Who asks: a person's token, or the session of a browser."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from people.access_queries import token_behind
from people.models import ApiToken
from people.services.api_tokens import note_use
from tenancy.models import Membership, User
from tenancy.scope import current_organization_id, scope_or_none

# One answer for a wrong token, a foreign one and an organisation that does not exist.
REFUSED = "The token is unknown, expired or revoked."


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer cl_...`; the token is looked up inside the organisation of the address."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        if scope_or_none() is None:
            raise AuthenticationFailed(REFUSED)
        today = timezone.localdate()
        token = token_behind(secret.strip(), on=today)
        if token is None:
            raise AuthenticationFailed(REFUSED)
        note_use(token, on=today)
        membership = Membership.objects.select_related("user").get(
            organization_id=current_organization_id(), person_id=token.person_id
        )
        return membership.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="ClinicLeader"'


class BrowserAuthentication(SessionAuthentication):
    """The session cookie, with the CSRF token for everything but reading."""
