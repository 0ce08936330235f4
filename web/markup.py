"""Small pieces of text and markup that tags and components share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms.utils import flatatt
from django.utils.safestring import SafeString


def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """A component's undeclared attributes (hx-*, data-*), escaped; cotton's own {{ attrs }} is not."""
    shown = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else attrs
    return flatatt({name: value for name, value in shown.items() if value is not False})


def initials(name: str) -> str:
    """Two letters for a person: first and last word, titles left out."""
    words = [word for word in name.replace(",", " ").split() if not word.endswith(".")] or name.split()
    return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words[:1])).upper()
