"""How a number is written, everywhere: pages, charts, tables, sentences."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

MISSING: Final = "–"
_WRITTEN: Final = re.compile(r"[+−]?(0|[1-9]\d{0,2})(,\d{3})*(\.\d+)?")


def decimal(value: float | None, places: int = 1) -> str:
    """A figure with as many decimals as its kind has: 33.0 beside 33.4, 2,042, −0.5; a dash for none.

    Halves go up (away from 0), as people learn it and no matter which digit stands before: Python's own way
    makes 62.5 a 62 and 87.5 an 88. What is rounded to nothing has no sign.
    """
    if value is None:
        return MISSING
    # The shortest decimal that is this float is what a reader would round: 2.675, not 2.67499999.
    rounded = Decimal(str(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{abs(rounded) if rounded == 0 else rounded:,.{places}f}".replace("-", "−")


def signed(value: float, places: int = 1) -> str:
    """A difference, with its sign: +1.2, −0.5, 0.0."""
    written = decimal(value, places)
    return f"+{written}" if value > 0 and written != decimal(0, places) else written


def short(value: float) -> str:
    """A number that somebody chose, as they would write it: 70, 2.5."""
    return decimal(value, 0) if float(value).is_integer() else f"{value:,g}".replace("-", "−")


def as_number(written: str) -> Decimal | str:
    """A figure as `decimal` wrote it, as the number a spreadsheet reckons with, to the same decimals; other
    words, such as "42 or more", stay words. Files are made of what the page prints and cannot say more."""
    if _WRITTEN.fullmatch(written) is None:
        return written
    return Decimal(written.replace(",", "").replace("−", "-"))
