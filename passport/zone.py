"""The machine-readable line at the foot of the identity card, in the manner of a travel document."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

WIDTH = 44  # of the upper line, as in ICAO Doc 9303 for passport booklets
_WEIGHTS = (7, 3, 1)
_SPELLED = str.maketrans({"ß": "SS", "Æ": "AE", "æ": "AE", "Ø": "OE", "ø": "OE", "Œ": "OE", "œ": "OE"})


def zone_line(
    *, organization: str, family_name: str, given_name: str, number: str, stage: str, issued_on: dt.date
) -> str:
    """One line: type, organisation, name, number with its check digit, stage and month of issue."""
    name = f"{spelled(family_name)}<<{spelled(given_name)}"
    upper = f"P<{spelled(organization)[:3]:<<3}{name}"[:WIDTH].ljust(WIDTH, "<")
    serial = re.sub(r"[^A-Z0-9]", "", number.upper())
    return f"{upper}{serial}<{check_digit(serial)}{spelled(stage)[:3]:<<3}{issued_on:%y%m}"


def spelled(text: str) -> str:
    """Capital letters A to Z; accents dropped, everything else a filler."""
    plain = unicodedata.normalize("NFKD", text.translate(_SPELLED)).encode("ascii", "ignore").decode().upper()
    return re.sub(r"[^A-Z0-9]+", "<", plain).strip("<")


def check_digit(text: str) -> int:
    """ICAO Doc 9303, part 3: values times 7, 3, 1 and so on, modulo 10; digits count themselves, A is 10."""
    values = (0 if sign == "<" else int(sign, 36) for sign in text)
    return sum(value * _WEIGHTS[place % 3] for place, value in enumerate(values)) % 10
