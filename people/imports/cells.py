"""One cell's text to one value. Pure: a parser returns the value, or says what it expected."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

# Takes the stripped, non-empty text of a cell. Raises ValueError with the expectation as its message.
Parser = Callable[[str], object]

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+", re.ASCII)
_DATE = {
    "dmy": re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})", re.ASCII),
    "mdy": re.compile(r"(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})[/.-](?P<y>\d{4})", re.ASCII),
}
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_EXAMPLE = {"ymd": "2026-03-31", "dmy": "31/03/2026 or 2026-03-31", "mdy": "03/31/2026 or 2026-03-31"}
_YES = frozenset({"yes", "y", "true", "t", "1", "x"})
_NO = frozenset({"no", "n", "false", "f", "0", "-"})
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)


def text(longest: int) -> Parser:
    """Any text of at most `longest` characters."""

    def parse(value: str) -> str:
        if len(value) > longest:
            raise ValueError(f"Expected at most {longest} characters; this has {len(value)}.")
        return value

    return parse


def email(value: str) -> str:
    """An e-mail address, in lower case."""
    if len(value) > 254 or not _EMAIL.fullmatch(value):
        raise ValueError("Expected an e-mail address such as ada@example.org.")
    return value.lower()


def day(order: str) -> Parser:
    """A date between 1900 and 2199, year-month-day or in the file's own order (ymd, dmy, mdy)."""

    @lru_cache(maxsize=8_192)  # a staff file repeats its dates
    def parse(value: str) -> dt.date:
        match = _ISO.fullmatch(value) or (_DATE[order].fullmatch(value) if order in _DATE else None)
        try:
            if match is None:
                raise ValueError
            parsed = dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            raise ValueError(f"Expected a date such as {_EXAMPLE[order]}.") from None
        if not EARLIEST <= parsed <= LATEST:
            raise ValueError("Expected a date between 1900 and 2199.")
        return parsed

    return parse


def choice(choices: Iterable[tuple[str, object]]) -> Parser:
    """One of the choices, by its value or its label, in any case."""
    pairs = [(value, str(label)) for value, label in choices]
    known = {label.casefold(): value for value, label in pairs} | {value: value for value, _ in pairs}
    expected = ", ".join(value for value, _ in pairs)

    def parse(value: str) -> str:
        found = known.get(value.casefold())
        if found is None:
            raise ValueError(f"Expected one of: {expected}.")
        return found

    return parse


def whole(low: int, high: int) -> Parser:
    """A whole number between low and high."""

    def parse(value: str) -> int:
        if not (value.isascii() and value.isdigit() and len(value) < 10 and low <= int(value) <= high):
            raise ValueError(f"Expected a whole number from {low} to {high}.")
        return int(value)

    return parse


def hours(value: str) -> str:
    """Weekly hours from 0 to 168 with at most one decimal place."""
    plain = value.replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(\.\d)?", plain, re.ASCII) or float(plain) > 168:
        raise ValueError("Expected hours a week from 0 to 168, such as 12.5.")
    return plain


def flag(value: str) -> bool:
    """Yes or no."""
    word = value.casefold()
    if word not in _YES | _NO:
        raise ValueError("Expected yes or no.")
    return word in _YES
