"""Answers that somebody will go on with later: kept in a cookie of their own device, and nowhere else.

Signed, so that nothing but what this site wrote comes back; readable on the device, as the page says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest, HttpResponse

from surveys.models import Wave

DAYS: Final = 14
_SALT: Final = "surveys.kept_answers"


def kept(request: HttpRequest, wave: Wave) -> dict[str, str]:
    """What this device kept of a wave; empty where there is nothing, or nothing that can be trusted."""
    try:
        found: Any = signing.loads(
            request.COOKIES.get(_name(wave), ""), salt=_SALT + str(wave.pk), max_age=DAYS * 86_400
        )
    except signing.BadSignature:
        return {}
    return {str(key): str(value) for key, value in found.items()}


def keep(response: HttpResponse, request: HttpRequest, wave: Wave, chosen: Mapping[str, str]) -> None:
    """Leave the answers on the device, sent back to this page alone."""
    response.set_cookie(
        _name(wave),
        signing.dumps(dict(chosen), salt=_SALT + str(wave.pk), compress=True),
        max_age=DAYS * 86_400,
        path=request.path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )


def forget(response: HttpResponse, request: HttpRequest, wave: Wave) -> None:
    response.delete_cookie(_name(wave), path=request.path, samesite="Strict")


def _name(wave: Wave) -> str:
    return f"answers_{wave.pk.hex[:12]}"
