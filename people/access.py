"""The door of every page inside an organisation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, override

from people.member import Member
from people.queries import member_for
from tenancy.models import Organization
from tenancy.scope import scope_or_none

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request behind the door: an organisation and a member of it are there."""

    organization: Organization
    organizations: list[Organization]  # all that the user may enter
    member: Member
    request_id: str


def demand(allowed: bool, words: str | Promise) -> None:
    """403 unless it is allowed. The words say who may, on the error page and to the API's caller."""
    if not allowed:
        raise PermissionDenied(words)


def member_view(
    view: Callable[Concatenate[MemberRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """Load the member inside the request's transaction; whoever is none gets 404. Takes the slug off, and
    writes dates as the member chose."""

    @wraps(view)
    def enter(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        scope = scope_or_none()
        if scope is None or scope.actor_id is None:
            raise Http404
        member = member_for(scope.actor_id, on=timezone.localdate())
        if member is None:
            raise Http404
        request.member = member  # type: ignore[attr-defined]
        with override(member.locale if member.locale in dict(settings.LANGUAGES) else get_language()):
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # it is a MemberRequest from here on

    return enter  # type: ignore[return-value]  # wraps() keeps the inner signature for the checker only
