"""What somebody hands in to have a badge checked: the badge, keys and status lists, in any order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from passport.badges.tokens import TokenError, claims_unverified


@dataclass(slots=True)
class Papers:
    token: str = ""
    keys: list[dict[str, Any]] = field(default_factory=list)
    lists: dict[str, str] = field(default_factory=dict)  # by their addresses


def sorted_papers(texts: Iterable[str]) -> Papers:
    """Each text as what it is: a set of keys, a status list, or else the badge, the first one of several."""
    papers = Papers()
    for text in filter(None, map(str.strip, texts)):
        keys, address = _keys(text), _list_address(text)
        if keys is not None:
            papers.keys += keys
        elif address:
            papers.lists[address] = text
        elif not papers.token:
            papers.token = text
    return papers


def _keys(text: str) -> list[dict[str, Any]] | None:
    """The keys of a JSON Web Key Set; None for anything else."""
    if not text.startswith("{"):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    keys = found.get("keys")
    return [key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else None


def _list_address(text: str) -> str:
    """The address of the status list that the token is; empty for anything else."""
    try:
        claims = claims_unverified(text)
    except TokenError:
        return ""
    kinds, address = claims.get("type"), claims.get("id")
    is_list = isinstance(kinds, list) and "BitstringStatusListCredential" in kinds
    return address if is_list and isinstance(address, str) else ""
