"""How the clinic's words are shown."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.functional import Promise

from sponsors.enums import ObstacleKind, Source
from sponsors.regimen_words import WHAT

register = template.Library()


@register.filter
def said_what(what: str) -> Promise:
    """Added, changed or removed."""
    return WHAT[what]


@register.filter
def source_label(source: str) -> Promise:
    """Coworkers, reports or colleagues."""
    return Source(source).label


@register.filter
def obstacles(kinds: Iterable[str]) -> str:
    """Their names, in a row."""
    return ", ".join(str(ObstacleKind(each).label) for each in kinds)
