"""From the first cultural audit of a programme to the second: what was published of each, and the difference
with its interval. Pure arithmetic on published figures, and the words for them. No queries.

All means stand on the scale of one answer, so that dimensions of different length share an axis.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.utils.translation import gettext as _

from surveys.coding import Bound
from surveys.group_statistics import GroupStatistics
from surveys.quantiles import student_quantile
from surveys.shrinkage import Change, change_between
from surveys.wording import CHANGES, between, mean_words
from web.charts import Chart, Estimate, Shift, intervals, shifts
from web.numbers import MISSING, signed

PLACES: Final = 2
TONES: Final = {Change.CLEAR_RISE: "ok", Change.CLEAR_FALL: "warn"}


@dataclass(frozen=True, slots=True)
class Figure:
    """What is published of one dimension in one audit: a mean of one answer, with its 95 % interval where the
    spread is told; where the mean is a bound, nothing is known beside it."""

    n: int
    mean: float
    low: float | None = None
    high: float | None = None
    bound: int = Bound.EXACT

    @property
    def words(self) -> str:
        return mean_words(self.mean, self.bound, PLACES)

    @property
    def interval(self) -> str:
        return between(self.low, self.high, PLACES)

    @property
    def exact(self) -> float | None:
        return self.mean if self.bound == Bound.EXACT else None

    @property
    def error(self) -> float:
        """The standard error behind the published t interval of n - 1 degrees of freedom."""
        if self.low is None or self.high is None or self.n < 2:
            return float("nan")
        return (self.high - self.low) / 2 / float(student_quantile(self.n - 1.0, 0.975))


@dataclass(frozen=True, slots=True)
class DimensionChange:
    """One dimension in both audits; None where it is not shown, and no difference where either is not told
    exactly."""

    label: str
    first: Figure | None
    second: Figure | None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    change: Change = Change.UNKNOWN

    @property
    def verdict(self) -> str:
        return str(CHANGES[self.change])

    @property
    def tone(self) -> str:
        return TONES.get(self.change, "info" if self.change != Change.UNKNOWN else "")

    @property
    def by(self) -> str:
        return MISSING if self.difference is None else signed(self.difference, PLACES)

    @property
    def interval(self) -> str:
        return between(self.low, self.high, PLACES)


def changes_between(
    first: Mapping[str, Figure], second: Mapping[str, Figure], labels: Mapping[str, str]
) -> list[DimensionChange]:
    """A row for each of `labels`, in their order. The two audits count as independent samples, since nobody's
    answers can be linked: people who answer alike twice make the true interval narrower."""
    keys = list(labels)
    found = change_between(_statistics(first, keys), _statistics(second, keys))
    return [
        DimensionChange(
            labels[key],
            first.get(key),
            second.get(key),
            _known(found.difference[place]),
            _known(found.low[place]),
            _known(found.high[place]),
            Change(str(found.verdict[place])),
        )
        for place, key in enumerate(keys)
    ]


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _statistics(figures: Mapping[str, Figure], keys: Sequence[str]) -> GroupStatistics:
    """NaN for what is not told."""
    nothing = Figure(0, float("nan"))
    rows = [figures.get(key, nothing) for key in keys]

    def column(values: list[float | None]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)

    return GroupStatistics(
        n=np.array([row.n for row in rows], dtype=np.int64),
        mean=column([row.exact for row in rows]),
        sd=column([None] * len(rows)),
        se=column([row.error for row in rows]),
        low=column([row.low for row in rows]),
        high=column([row.high for row in rows]),
        pooled=np.zeros(len(rows), dtype=np.bool_),
        pooled_sd=float("nan"),
        confidence=0.95,
    )


def levels_chart(rows: Sequence[DimensionChange], *, low: float, high: float) -> Chart:
    """From where to where, on the scale of one answer."""
    return shifts(
        _("From the first audit to the second"),
        [
            Shift(
                row.label,
                row.first.exact if row.first else None,
                row.second.exact if row.second else None,
                words=(
                    row.first.words if row.first else MISSING,
                    row.second.words if row.second else MISSING,
                    "",
                ),
            )
            for row in rows
        ],
        low=low,
        high=high,
        names=(_("first audit"), _("second audit"), ""),
        places=PLACES,
    )


def differences_chart(rows: Sequence[DimensionChange]) -> Chart | None:
    """By how much, with the interval, around no change; None where nothing can be compared."""
    known = [row for row in rows if row.difference is not None]
    if not known:
        return None
    ends = [abs(end) for row in known for end in (row.difference, row.low, row.high) if end is not None]
    reach = math.ceil(max(1.0, *ends))  # whole steps of an answer: ticks that can be read
    return intervals(
        _("Change with its 95 % interval"),
        [Estimate(row.label, row.difference, row.low, row.high) for row in rows],
        low=-reach,
        high=reach,
        reference=0.0,
        reference_name=_("No change"),
        value_name=_("Change"),
        places=PLACES,
        table=False,
    )
