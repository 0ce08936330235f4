"""What verifiers of badges read: the issuer, its keys, its status lists, what a badge is given for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from passport.badge_addresses import issuer_of_organization
from passport.badge_publishing import key_set, status_token
from passport.badge_queries import awarded_milestone
from passport.badge_services import achievement_of
from passport.badges import CONTEXTS
from passport.models import SigningKey
from tenancy.models import Organization
from tenancy.scope import tenant_scope

P = ParamSpec("P")

MINUTES = 60
KEYS_KEPT = 60 * MINUTES
LIST_KEPT = 5 * MINUTES  # so long a revocation may stay unheard behind a proxy


Inner = Callable[Concatenate[Organization, P], HttpResponse]
Outer = Callable[Concatenate[HttpRequest, str, P], HttpResponse]


def published(kept: int) -> Callable[[Inner[P]], Outer[P]]:
    """A public answer about an organisation, which caches and other sites' pages may keep for a time."""

    def publish(view: Inner[P]) -> Outer[P]:
        @wraps(view)
        def answer(
            request: HttpRequest, organization_slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            organization = Organization.objects.filter(slug=organization_slug).first()
            if organization is None:
                raise Http404
            with tenant_scope(organization.pk, reason="published badges"):
                response = view(organization, *args, **kwargs)
            patch_cache_control(response, public=True, max_age=kept)
            # Verifiers run in browsers too, and nothing here depends on who asks.
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            return response

        return require_safe(answer)  # type: ignore[return-value]  # Django passes the names of the address

    return publish


@published(KEYS_KEPT)
def profile(organization: Organization) -> HttpResponse:
    """The organisation as an issuer."""
    return JsonResponse({"@context": CONTEXTS, **issuer_of_organization(organization).profile()})


@published(KEYS_KEPT)
def keys(organization: Organization) -> HttpResponse:
    """Every key that ever signed."""
    return JsonResponse(key_set(), content_type="application/jwk-set+json")


@published(KEYS_KEPT)
def key(organization: Organization, key_id: UUID) -> HttpResponse:
    """One key, under the address that badges call it by."""
    found = SigningKey.objects.filter(pk=key_id).values_list("public_jwk", flat=True).first()
    if found is None:
        raise Http404
    return JsonResponse(found, content_type="application/jwk+json")


@published(LIST_KEPT)
def status(organization: Organization, number: int) -> HttpResponse:
    """A status list, signed."""
    token = status_token(organization, number)
    if token is None:
        raise Http404
    return HttpResponse(token, content_type="application/vc+jwt")


@published(KEYS_KEPT)
def achievement(organization: Organization, milestone_id: UUID) -> HttpResponse:
    """What a badge is given for, as the milestone reads today."""
    milestone = awarded_milestone(milestone_id)
    if milestone is None:
        raise Http404
    described = achievement_of(organization, milestone, rule=milestone.evidence_rule).described()
    return JsonResponse({"@context": CONTEXTS, **described})
