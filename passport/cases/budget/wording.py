"""Words and figures: how amounts are written, what a text holds, and texts that quote figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"\w+")
_NAMED = re.compile(r"\{([^{}]*)\}")


def amount(value: int) -> str:
    """1240 is “1,240”; a minus sign is a minus sign."""
    return f"{value:,}".replace("-", "−")


def change(value: int) -> str:
    return f"+{amount(value)}" if value > 0 else amount(value)


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def has_figure(text: str) -> bool:
    return any(letter.isdecimal() for letter in text)


def mentions(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the words or phrases is there, as whole words, in small letters or large."""
    there = f" {' '.join(words(text))} "
    return any(f" {' '.join(words(phrase))} " in there for phrase in phrases)


def names(text: str) -> set[str]:
    """The figures that a text asks for: `{by}`."""
    return set(_NAMED.findall(text))


def filled(text: str, figures: Mapping[str, str]) -> str:
    return _NAMED.sub(lambda found: figures.get(found[1], found[0]), text)
