"""Errors of the API as problem details (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse

CONTENT_TYPE = "application/problem+json"


def is_for_programs(request: HttpRequest) -> bool:
    """Whether whoever asks expects JSON, errors included."""
    return request.path_info.startswith("/api/")


def problem(status: int, detail: str = "", **members: Any) -> dict[str, Any]:
    """The object of an answer that is an error; `members` are extensions such as `errors`."""
    phrase = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": phrase, "status": status, "detail": detail or phrase, **members}


def problem_response(status: int, detail: str = "") -> JsonResponse:
    """The same, for errors outside any endpoint."""
    return JsonResponse(problem(status, detail), status=status, content_type=CONTENT_TYPE)
