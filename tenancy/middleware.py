"""From the URL to the tenant scope: /o/<slug>/... and /api/v1/o/<slug>/..."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tenancy.models import Membership, Organization
from tenancy.scope import tenant_scope

_TENANT_PATH = re.compile(r"^/(?P<api>api/v1/)?o/(?P<slug>[-a-z0-9_]+)/")

Handler = Callable[[HttpRequest], HttpResponse]


class TenantMiddleware:
    """Checks membership, then runs the view inside the organisation's scope.

    An organisation the user does not belong to answers exactly as one that does not exist: 404. An API
    request with a token has no session; its scope has no actor until the token is verified inside it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = str(uuid.uuid4())  # type: ignore[attr-defined]  # read by audit rows and error pages
        match = _TENANT_PATH.match(request.path_info)
        if match is None:
            return self.get_response(request)
        slug, is_api = match["slug"], bool(match["api"])
        if is_api and request.headers.get("Authorization", "").lower().startswith("bearer "):
            return self._with_token(request, slug)
        if not request.user.is_authenticated:
            return self.get_response(request) if is_api else redirect_to_login(request.get_full_path())
        # All of them, not only the one asked for: the switcher on the page shows them without another query.
        memberships = list(
            Membership.objects.filter(user=request.user)
            .select_related("organization")
            .order_by("organization__name")
        )
        membership = next((one for one in memberships if one.organization.slug == slug), None)
        if membership is None:
            return self._not_found(request)
        request.organizations = [one.organization for one in memberships]  # type: ignore[attr-defined]
        return self._in_scope(request, membership.organization, membership.person_id)

    def _with_token(self, request: HttpRequest, slug: str) -> HttpResponse:
        organization = Organization.objects.filter(slug=slug).first()
        if organization is None:
            return self._not_found(request)
        return self._in_scope(request, organization, None)

    def _in_scope(
        self, request: HttpRequest, organization: Organization, person_id: uuid.UUID | None
    ) -> HttpResponse:
        request.organization = organization  # type: ignore[attr-defined]
        request_id: str = request.request_id  # type: ignore[attr-defined]
        with (
            tenant_scope(organization.pk, actor_id=person_id, request_id=request_id),
            timezone.override(organization.time_zone),
        ):
            response = self.get_response(request)
        # Wards share computers: nothing of an organisation stays in a browser's cache after signing out.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _not_found(self, request: HttpRequest) -> HttpResponse:
        # Outside any scope a tenant view answers 404: `member_view` finds no member to act for.
        return self.get_response(request)
