"""How large the body of a request may be, decided before a byte of it is read.

Django parses a form, and writes its files to disk, as soon as the CSRF check looks for the token: before any
view could say that it takes no files. So views say it in front of themselves, and this middleware stands in
front of that check.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from web.views import error_page

MEGABYTE: Final = 1 << 20
FORM: Final = 3 * MEGABYTE  # no files: Django itself takes 2.5 MB of fields
FIELDS_BESIDE_FILES: Final = 2 * MEGABYTE

V = TypeVar("V", bound=Callable[..., HttpResponse])


def takes_files(up_to: Callable[[], int]) -> Callable[[V], V]:
    """Let a view receive files of so many bytes; all other views receive forms without files."""

    def mark(view: V) -> V:
        view.files_up_to = up_to  # type: ignore[attr-defined]
        return view

    return mark


class BodyLimitMiddleware:
    """413 for a body that is too large for the view it is sent to, 411 for one of unknown length.

    Django reads as many bytes as Content-Length says and no more, so what is announced is all that can come.
    A body in chunks announces nothing: Django would take it as empty, and the person would not learn why.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: Any
    ) -> HttpResponse | None:
        if "Transfer-Encoding" in request.headers:
            return error_page(request, HTTPStatus.LENGTH_REQUIRED, reason=_("Say how long the body is."))
        files_up_to = getattr(view, "files_up_to", None)
        size = announced_size(request)
        if size <= (files_up_to() + FIELDS_BESIDE_FILES if files_up_to else FORM):
            return None
        if files_up_to:
            reason = _("What you sent has %(size)d MB; a file may have %(limit)d MB here.")
        else:
            reason = _("What you sent has %(size)d MB; %(limit)d MB is the most here, without files.")
        sizes = {"size": -(-size // MEGABYTE), "limit": (files_up_to() if files_up_to else FORM) // MEGABYTE}
        return error_page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, reason=reason % sizes)


def announced_size(request: HttpRequest) -> int:
    """The length of the body as Django takes it: what is no number is an empty body."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
