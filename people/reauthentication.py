"""Showing once more who one is, before something that outlasts the session."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest
from django.urls import reverse


def way_to_show_again(request: HttpRequest, *, back: str) -> str:
    """Where to show by password, code or passkey that it is still oneself, and then go `back`; empty when
    that was done within the last minutes.

    django-allauth itself would repeat the posted form from its own address, outside the organisation's
    scope. Here the form is posted again, by the person.
    """
    try:
        _require_shown(request)
    except ReauthenticationRequired:
        return f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}"
    return ""


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def _require_shown(request: HttpRequest) -> None:
    pass
