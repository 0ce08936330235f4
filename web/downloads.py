"""Files that a browser saves."""

from __future__ import annotations

import json
import re

from django.http import HttpResponse


def download(filename: str, content: str | bytes, content_type: str) -> HttpResponse:
    """`content` as a file. Its name keeps letters, digits, dots and dashes: no survey breaks a header
    or leads into another folder."""
    response = HttpResponse(content, content_type=content_type)
    stem, dot, kind = filename.rpartition(".")
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-.") or "export"
    response.headers["Content-Disposition"] = f'attachment; filename="{safe}{dot}{kind}"'
    return response


def json_download(stem: str, content: object) -> HttpResponse:
    """`content` as a JSON file for people and programs."""
    return download(f"{stem}.json", json.dumps(content, ensure_ascii=False, indent=2), "application/json")
