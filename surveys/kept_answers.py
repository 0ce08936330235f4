"""Answers that somebody will go on with later: kept in a cookie of their own device, and nowhere else.

Encrypted for the one place on the roll they belong to: whoever uses the same browser after them can neither
read them nor find them in a questionnaire of their own.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, Final

from cryptography.fernet import InvalidToken, MultiFernet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from surveys.models import RollEntry
from web.ciphers import cipher_for

_PURPOSE: Final = "surveys.kept_answers"


def kept(request: HttpRequest, entry: RollEntry) -> dict[str, str]:
    """What this device kept for somebody on a roll; empty where there is nothing, or nothing of theirs."""
    try:
        found: Any = json.loads(_cipher(entry).decrypt(request.COOKIES.get(_name(entry), "")))
    except InvalidToken:
        return {}
    return {str(key): str(value) for key, value in found.items()}


def keep(response: HttpResponse, request: HttpRequest, entry: RollEntry, chosen: Mapping[str, str]) -> None:
    """Leave the answers on the device until the survey ends, sent back to this page alone."""
    left = entry.wave.closes_on - timezone.localdate() + dt.timedelta(days=1)
    response.set_cookie(
        _name(entry),
        _cipher(entry).encrypt(json.dumps(dict(chosen)).encode()).decode(),
        max_age=left,
        path=request.path,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )


def forget(response: HttpResponse, request: HttpRequest, entry: RollEntry) -> None:
    name = _name(entry)
    if name in request.COOKIES:
        response.delete_cookie(name, path=request.path, samesite="Strict")


def _cipher(entry: RollEntry) -> MultiFernet:
    return cipher_for(f"{_PURPOSE}.{entry.pk}")


def _name(entry: RollEntry) -> str:
    """Tells neither survey nor person to whoever sees the names of cookies."""
    return f"answers_{salted_hmac(_PURPOSE, str(entry.pk), algorithm='sha256').hexdigest()[:12]}"
