"""One's own keys to the REST API."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people.access import MemberRequest, member_view
from people.access_queries import ended_tokens_of, tokens_of
from people.forms.access import TokenForm
from people.permissions import purposes_of
from people.reauthentication import way_to_show_again
from people.services.api_tokens import LIMIT, TooManyTokensError, create_api_token, revoke_api_token
from web.forms import status_of
from web.shell import Crumb


@never_cache
@member_view
def tokens(request: MemberRequest) -> HttpResponse:
    """List and make tokens. The answer to making one shows the secret, this once and nowhere else."""
    purposes = purposes_of(request.member)
    typed = request.POST if request.method == "POST" else None
    form = TokenForm(typed, initial=_typed_before(request), purposes=purposes)
    secret = ""
    if request.method == "POST" and form.is_valid():
        # A browser left open on a ward must not become a key that works for a year.
        if way := way_to_show_again(request, back=f"{request.path}?{urlencode(form.cleaned_data)}"):
            return redirect(way)
        try:
            _, secret = create_api_token(**form.cleaned_data, by=request.member)
        except TooManyTokensError:
            form.add_error(None, f"You have {LIMIT} tokens, and nobody may have more. Revoke one first.")
        else:
            form = TokenForm(purposes=purposes)
    context = {
        "form": form,
        "secret": secret,
        "tokens": tokens_of(request.member),
        "ended": ended_tokens_of(request.member)[:LIMIT],
        "today": timezone.localdate(),
        "breadcrumbs": [
            Crumb("My settings", reverse("access:settings", args=[request.organization.slug])),
            Crumb("API tokens"),
        ],
    }
    return render(request, "people/api_tokens.html", context, status=status_of(form))


@member_view
@require_POST
def revoke(request: MemberRequest, token_id: UUID) -> HttpResponse:
    """End one of one's own tokens; somebody else's is not found."""
    if not tokens_of(request.member).filter(pk=token_id).exists():
        raise Http404
    revoke_api_token(token_id, by=request.member)
    messages.success(request, "The token no longer works.")
    return redirect("access:tokens", request.organization.slug)


def _typed_before(request: MemberRequest) -> dict[str, str]:
    """What was in the form before one had to show again who one is."""
    return {name: request.GET[name][:80] for name in ("name", "days", "purpose") if name in request.GET}
