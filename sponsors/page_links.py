"""The address of a page here, as somebody copies it from the browser."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _


def path_inside(link: str, *, home: str, host: str) -> str:
    """The path of a page after `home`, where those of the organisation begin; empty for no link. `host`: the
    one they are read at. ValidationError for what is no page, or one of somewhere else."""
    if not link:
        return ""
    parts = urlsplit(link)
    try:
        resolve(parts.path)
    except Resolver404 as error:
        raise ValidationError(_("There is no such page here.")) from error
    if parts.netloc not in {"", host} or not parts.path.startswith(home):
        raise ValidationError(_("Take a page of this organisation."))
    return parts.path.removeprefix(home) + (f"?{parts.query}" if parts.query else "")
