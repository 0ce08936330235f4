"""Answers for HTMX: a fragment instead of the page, and the end of polling."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

STOP_POLLING = 286  # htmx: swap this in and ask no more


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asked for a part of a page (not for history, where it wants the whole)."""
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-History-Restore-Request") != "true"
    )


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    partial: str,
    status: int = 200,
) -> HttpResponse:
    """The page, or for htmx only its part `{% partialdef partial %}`, from one context."""
    name = f"{template}#{partial}" if is_htmx(request) else template
    response = render(request, name, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def render_poll(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, finished: bool
) -> HttpResponse:
    """A fragment that htmx polls; status 286 ends the polling when the work is finished."""
    return render(request, template, dict(context), status=STOP_POLLING if finished else 200)
