"""Notes of sessions, as they are kept: encrypted with the server's key."""

from __future__ import annotations

from typing import Final

from web import ciphers

_PURPOSE: Final = "mentoring.note"


def sealed(words: str) -> str:
    return ciphers.sealed(words, purpose=_PURPOSE)


def opened(text: str) -> str:
    """The words. Raises InvalidToken for what another key encrypted."""
    return ciphers.opened(text, purpose=_PURPOSE)
