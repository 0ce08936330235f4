"""What mentoring is worth in hours, FTE and points: pure arithmetic, exact.

A month counts when it is complete, in the year in which it is completed: so the months of a mentorship's
years always sum to the full months it ran, whenever in a year it began.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from people.terms import months_later

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Worth:
    """What one mentee and full year is worth. `percent_fte`: of a full-time equivalent of `full_time_hours`
    a year. None of them is negative."""

    percent_fte: Decimal
    full_time_hours: int
    points: int

    @property
    def hours(self) -> Fraction:
        return Fraction(self.percent_fte) / 100 * self.full_time_hours


@dataclass(frozen=True, slots=True)
class Credit:
    """Months, hours, percent of FTE and points; sums are exact and are rounded when they are written."""

    months: int
    hours: Fraction
    percent_fte: Fraction
    points: Fraction

    def __add__(self, other: Credit) -> Credit:
        return Credit(
            self.months + other.months,
            self.hours + other.hours,
            self.percent_fte + other.percent_fte,
            self.points + other.points,
        )


NOTHING: Final = Credit(0, Fraction(0), Fraction(0), Fraction(0))


# The playbook's "0.05 % FTE" as printed, and 0.05 FTE, which is probably meant: in percent of FTE.
AS_PRINTED, AS_MEANT = Decimal("0.05"), Decimal(5)


def full_months(start: dt.date, end: dt.date) -> int:
    """How many full months lie between two days; 0 where the end is not after the start."""
    if end <= start:
        return 0
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if months_later(start, months) <= end else months - 1


def months_in_year(start: dt.date, end: dt.date | None, year: int, *, until: dt.date) -> int:
    """The full months of a mentorship that were completed in a year and before a day, 0 to 12. `end`: its
    last day."""
    first, after = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    over = min(end + dt.timedelta(days=1) if end else after, after, until)
    return full_months(start, over) - full_months(start, min(first, over))


def credit_for(months: int, worth: Worth) -> Credit:
    """The credit of so many mentored months, pro rata."""
    share = Fraction(months, MONTHS)
    return Credit(
        months, worth.hours * share, Fraction(worth.percent_fte) * share, Fraction(worth.points) * share
    )


def written(value: Fraction, places: int = 2) -> str:
    """A sum as it is written, halves up, without needless zeros: 104, 1.04, 0.0042."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,f}".rstrip("0").rstrip(".") if places else f"{rounded:,f}"
