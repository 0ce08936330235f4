"""Notes of sessions, as they are kept: encrypted with the server's key."""

from __future__ import annotations

from typing import Final

from web.ciphers import cipher_for

_PURPOSE: Final = "mentoring.note"


def sealed(words: str) -> str:
    return cipher_for(_PURPOSE).encrypt(words.encode()).decode()


def opened(text: str) -> str:
    """The words. Raises InvalidToken for what another key encrypted."""
    return cipher_for(_PURPOSE).decrypt(text.encode()).decode()
