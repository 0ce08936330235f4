"""Every error of an endpoint, as problem details."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from math import ceil
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.http import Http404
from rest_framework.exceptions import APIException, NotFound, PermissionDenied, ValidationError
from rest_framework.response import Response
from rest_framework.views import set_rollback

from web.problems import CONTENT_TYPE, problem


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. What is no HTTP error goes up and is a 500 that the log explains."""
    if isinstance(error, Http404):
        error = NotFound()
    elif isinstance(error, DjangoPermissionDenied):
        error = PermissionDenied(str(error) or None)
    if not isinstance(error, APIException):
        return None
    set_rollback()
    if isinstance(error, ValidationError) and is_beyond_calendar(error.get_codes()):
        error.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    body = _body(error)
    return Response(body, status=error.status_code, headers=_headers(error), content_type=CONTENT_TYPE)


def is_beyond_calendar(codes: Any) -> bool:
    """Whether a moment is refused that is one in its own time zone and beyond the first or last year in the
    organisation's: no description of a field can state that."""
    if isinstance(codes, dict):
        return any(map(is_beyond_calendar, codes.values()))
    if isinstance(codes, list):
        return any(map(is_beyond_calendar, codes))
    return bool(codes == "overflow")


def _body(error: APIException) -> dict[str, Any]:
    if isinstance(error, ValidationError):
        return problem(error.status_code, "Some values are not valid.", errors=list(faults_in(error.detail)))
    return problem(error.status_code, str(error.detail), **getattr(error, "members", {}))


def faults_in(detail: Any, pointer: str = "") -> Iterator[dict[str, str]]:
    """Each message with a JSON pointer to what caused it; the pointer is empty for the whole."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from faults_in(inner, pointer if name == "non_field_errors" else f"{pointer}/{name}")
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            nested = isinstance(inner, (dict, list))
            yield from faults_in(inner, f"{pointer}/{number}" if nested else pointer)
    else:
        # A message may quote half a character that JSON can escape and no answer can be written in.
        yield {"pointer": pointer, "detail": str(detail).encode(errors="replace").decode()}


def _headers(error: APIException) -> dict[str, str]:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = str(error.auth_header)  # type: ignore[attr-defined]
    wait = getattr(error, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(ceil(wait))
    return headers
