"""The people one can be with one click, in demo mode only.

The `demo` command writes VAR_DIR/demo_personas.json: a list of objects with organization, slug, name, role
and email.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Persona:
    organization: str
    slug: str
    name: str
    role: str
    email: str


def personas_file() -> Path:
    return Path(settings.VAR_DIR) / "demo_personas.json"


def personas() -> list[Persona]:
    """The listed personas; none outside demo mode, or before the demo is loaded."""
    if not settings.DEMO:
        return []
    try:
        listed = json.loads(personas_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [Persona(**persona) for persona in listed]


def persona_with(email: str) -> Persona | None:
    return next((persona for persona in personas() if persona.email == email), None)
