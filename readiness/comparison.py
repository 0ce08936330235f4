"""Two cohorts side by side: pure arithmetic on their means, and the words for what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from readiness.dashboard import Interval
from readiness.differences import Estimate, difference_of
from readiness.estimates import Spread, measures
from web.charts import Chart, intervals
from web.charts import Estimate as Drawn
from web.numbers import MISSING, decimal, signed


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of both; what is of fewer than five people is None."""

    label: str
    first: Interval | None
    second: Interval | None
    n: tuple[int, int]  # 0 where the mean is not told
    difference: Estimate | None
    verdict: str

    @property
    def sides(self) -> list[tuple[str, str, str]]:
        """n, mean and interval of each cohort in words."""
        return [
            (decimal(n, 0), decimal(told.mean), told.text) if told else (_("fewer than 5"), MISSING, MISSING)
            for n, told in zip(self.n, (self.first, self.second), strict=True)
        ]

    @property
    def difference_in_words(self) -> str:
        return signed(self.difference.value) if self.difference else MISSING

    @property
    def difference_interval(self) -> str:
        found = self.difference
        return f"{signed(found.low)} to {signed(found.high)}" if found else MISSING


def lines_of(
    first: Sequence[Spread], second: Sequence[Spread], names: tuple[str, str], *, overlap: bool
) -> list[Line]:
    """Every measure of two cohorts. With people in both the two means are not independent, and the difference
    would be one of those who are in one alone: there is none then."""
    return [
        _line(label, ours, theirs, names, overlap=overlap)
        for label, ours, theirs in zip(measures(), first, second, strict=True)
    ]


def _line(label: str, ours: Spread, theirs: Spread, names: tuple[str, str], *, overlap: bool) -> Line:
    here, there = ours.told, theirs.told
    n = (ours.n if here else 0, theirs.n if there else 0)
    if here is None or there is None:
        return Line(label, here, there, n, None, _("Not compared: fewer than 5 people."))
    if overlap:
        return Line(label, here, there, n, None, _("Not compared: somebody is in both cohorts."))
    found = difference_of(
        Estimate(here.mean, here.low, here.high), Estimate(there.mean, there.low, there.high)
    )
    return Line(label, here, there, n, found, verdict_of(found, names))


def verdict_of(difference: Estimate, names: tuple[str, str]) -> str:
    """What the interval says: a side only where it leaves out 0."""
    if difference.low <= 0 <= difference.high:
        return _("No difference can be told apart from chance.")
    higher = names[0] if difference.value > 0 else names[1]
    return _("Higher in %(cohort)s, by more than chance alone explains.") % {"cohort": higher}


def chart_of(lines: Sequence[Line], names: tuple[str, str]) -> Chart:
    """Both means of every measure with their intervals on one axis; the table beside it has the numbers."""
    rows = chain.from_iterable(
        (
            Drawn(f"{line.label}: {name}", told.mean, told.low, told.high, n=n)
            if told
            else Drawn(f"{line.label}: {name}", None)
            for name, told, n in zip(names, (line.first, line.second), line.n, strict=True)
        )
        for line in lines
    )
    return intervals(_("Means of both cohorts with 95 % intervals"), list(rows), low=0, high=100, table=False)


def head_of(names: tuple[str, str]) -> list[str]:
    sides = [f"{name}, {what}" for name in names for what in (_("n"), _("mean"), _("95 % interval"))]
    return [_("Measure"), *sides, _("Difference"), _("95 % from"), _("95 % to"), _("In words")]


def file_row(line: Line) -> list[object]:
    found = line.difference
    numbers = [round(end, 1) for end in (found.value, found.low, found.high)] if found else ["", "", ""]
    return [line.label, *chain.from_iterable(line.sides), *numbers, line.verdict]
