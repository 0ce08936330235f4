"""The door of every API endpoint inside an organisation: `people.access.member_view` for programs."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, NotFound, PermissionDenied
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.views import APIView

import people.rest.schema  # noqa: F401 - describes the two ways to say who asks
from people.enums import TokenPurpose
from people.member import Member
from people.models import ApiToken
from people.queries import member_for
from people.rest.authentication import REFUSED, BearerAuthentication, BrowserAuthentication
from people.rest.pagination import KeysetPages
from people.rest.permissions import MayEnter
from people.rest.throttling import MemberThrottle
from tenancy.models import Organization
from tenancy.scope import current_scope, scope_or_none, tenant_scope

OTHER_PURPOSE = "The token was made for another purpose, and opens nothing else."


class MemberAPIView(APIView):
    """Loads the member, inside the request's transaction, and acts as that person until the answer is made.

    Handlers use `self.member` and `self.organization`; the slug is taken off. 401 without a valid token or
    session, 404 for an organisation one does not belong to.
    """

    authentication_classes = [BearerAuthentication, BrowserAuthentication]
    permission_classes = [MayEnter]
    throttle_classes = [MemberThrottle]
    # Besides tokens for anything, those for one purpose that open this endpoint.
    purposes: ClassVar[frozenset[TokenPurpose]] = frozenset()
    member: Member
    organization: Organization
    _scopes: ExitStack

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kwargs.pop("slug", None)
        with ExitStack() as self._scopes:
            return super().dispatch(request, *args, **kwargs)

    def perform_authentication(self, request: Request) -> None:
        super().perform_authentication(request)
        scope = scope_or_none()
        if not request.user.is_authenticated:
            raise NotAuthenticated
        if scope is None:
            raise NotFound
        by_token = isinstance(request.auth, ApiToken)
        person_id = request.auth.person_id if isinstance(request.auth, ApiToken) else scope.actor_id
        member = None if person_id is None else member_for(person_id, on=timezone.localdate())
        if member is None:
            raise AuthenticationFailed(REFUSED) if by_token else NotFound
        if isinstance(request.auth, ApiToken) and request.auth.purpose not in {"", *self.purposes}:
            raise PermissionDenied(OTHER_PURPOSE)
        self.member = member
        self.organization = request._request.organization  # type: ignore[attr-defined]  # from TenantMiddleware
        self._act_as(member)

    def _act_as(self, member: Member) -> None:
        """A token's request came in without an actor; from here on the audit trail names the person."""
        scope = current_scope()
        self._scopes.enter_context(
            tenant_scope(
                scope.organization_id, actor_id=member.person_id, request_id=scope.request_id, reason="api"
            )
        )


class MemberListAPIView(MemberAPIView, ListAPIView):  # type: ignore[type-arg]  # generic in the stubs only
    """A list in pages of the same few queries, however long it is."""

    pagination_class = KeysetPages
