"""How often a person may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:  # rest_framework.views reads the settings, which name this module
    from rest_framework.views import APIView


class MemberThrottle(SimpleRateThrottle):
    """So many requests a minute and person, whatever the token. Counted in Valkey; not while that is down."""

    cache = caches["fast"]
    scope = "member"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        member = getattr(view, "member", None)
        if member is None:
            return None
        return f"api.{member.organization_id}.{member.person_id}"
