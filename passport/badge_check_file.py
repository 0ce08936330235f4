"""The page that checks a badge without a network, as one file: its script and style stand in it, and its own
policy lets nothing else run (CSP Level 3, hashes)."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from passport.badge_words import all_words

STATIC: Final[Path] = settings.BASE_DIR / "static"
STYLES: Final = (
    "reset",
    "tokens",
    "base",
    "layout",
    "components/card",
    "components/button",
    "components/tag",
    "components/field",
    "components/definition",
    "utilities",
)
SCRIPT: Final = "js/badge_check.js"


def offline_page() -> str:
    """The whole file."""
    style, script = _style(), (STATIC / SCRIPT).read_text()
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "connect-src https: http:; base-uri 'none'; form-action 'none'"
    )
    context = {
        "policy": policy,
        "style": _element("style", style),
        "script": _element("script", script),
        "words": all_words(),
    }
    return render_to_string("passport/badge_check_file.html", context)


@cache
def _style() -> str:
    """The parts of the site's style that the file needs, in their layers."""
    parts = [(name, (STATIC / "css" / f"{name}.css").read_text()) for name in STYLES]
    layers = [f"@layer {Path(name).parent.name or name} {{\n{text}}}\n" for name, text in parts]
    return "".join(layers)


def _element(name: str, text: str) -> SafeString:
    """Our own script or style, between its tags. Raises ValueError for a text that would end them early."""
    if f"</{name}" in text.lower():
        raise ValueError(f"this would end the {name} early")
    return mark_safe(f"<{name}>{text}</{name}>")  # noqa: S308 - files of ours, and checked


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
