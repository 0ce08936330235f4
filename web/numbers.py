"""How a number is written, everywhere: pages, charts, tables, sentences."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

MISSING: Final = "–"


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


def short(value: float) -> str:
    """A number that somebody chose, as they would write it: 70, 2.5."""
    return decimal(value, 0) if float(value).is_integer() else f"{value:,g}".replace("-", "−")
