"""What an outcome says, as page, file and paper print it. No queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from insights.difference import GroupChange
from insights.models import Pilot
from insights.pilot_enums import Better, OutcomeKind, Verdict
from insights.pilot_periods import period_label, period_of, short_label
from insights.pilot_words import interval_words, places_of, sentence, trend_sentence, verdict_of
from insights.queries.pilots import Reading
from web.charts import Chart, Pair, two_lines
from web.numbers import as_number, decimal, signed

HEAD: Final = (
    *("Outcome", "Kind", "Unit of measure", "Better", "Exploratory", "Declared on"),
    *("Pilot units", "Before", "After", "Change"),
    *("Comparison units", "Before", "After", "Change"),
    *("Difference", "Low", "High", "Reading", "Units left out", "Values of too few people"),
)


@dataclass(frozen=True, slots=True)
class ArmFigures:
    """One arm as it is printed."""

    name: str
    n: int
    before: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One outcome on the page."""

    reading: Reading
    verdict: Verdict
    sentence: str
    trend: str
    value: str
    interval: str
    arms: list[ArmFigures]
    chart: Chart | None

    @property
    def left_out(self) -> int:
        return self.reading.difference.left_out if self.reading.difference else 0

    @property
    def is_of_few(self) -> bool:
        return self.reading.difference is not None and self.reading.difference.is_of_few

    @property
    def better(self) -> str:
        return str(Better(self.reading.outcome.better).label)


def finding_of(pilot: Pilot, reading: Reading) -> Finding:
    places = places_of(reading)
    made = reading.difference
    contrast = made.contrast if made else None
    return Finding(
        reading,
        verdict_of(reading),
        sentence(reading),
        trend_sentence(reading),
        decimal(None) if contrast is None or contrast.value is None else signed(contrast.value, places),
        decimal(None) if contrast is None else interval_words(contrast, places),
        [
            _figures(_("Pilot"), made.pilot, places),
            _figures(_("Comparison"), made.comparison, places),
        ]
        if made
        else [],
        chart_of(pilot, reading),
    )


def _figures(name: str, group: GroupChange, places: int) -> ArmFigures:
    change = decimal(None) if group.change is None else signed(group.change, places)
    return ArmFigures(name, group.n, decimal(group.before, places), decimal(group.after, places), change)


def chart_of(pilot: Pilot, reading: Reading) -> Chart | None:
    """Both arms over time, of the units that the difference counts; None where there is none."""
    if reading.difference is None or not (reading.difference.pilot.n or reading.difference.comparison.n):
        return None
    every = reading.outcome.period
    moments = [
        Pair(period_label(period, every), first, second, short_label(period, every))
        for period, first, second in zip(
            reading.periods, reading.pilot_means, reading.comparison_means, strict=True
        )
    ]
    start = period_of(pilot.starts_on, every)
    place = float(reading.periods.index(start)) if start in reading.periods else None
    if place is not None and start != pilot.starts_on:
        place += 0.5
    label = _("%(outcome)s, mean of units, %(measure)s") % {
        "outcome": reading.outcome.name,
        "measure": reading.outcome.measure,
    }
    names = (_("Pilot units"), _("Comparison units"))
    return two_lines(
        label, moments, names, start=place, start_name=_("The pilot begins"), places=places_of(reading)
    )


def cells(finding: Finding) -> list[object]:
    """What a file says of an outcome: what the page prints."""
    outcome, places = finding.reading.outcome, places_of(finding.reading)
    made = finding.reading.difference
    contrast = made.contrast if made else None
    ends = (None, None) if contrast is None else (contrast.low, contrast.high)
    figures: list[object] = []
    for arm in finding.arms:
        figures += [arm.n, *(as_number(each) for each in (arm.before, arm.after, arm.change))]
    return [
        *(outcome.name, OutcomeKind(outcome.kind).label, outcome.measure, finding.better),
        *(outcome.exploratory, outcome.declared_on),
        *(figures or [None] * 8),
        as_number(finding.value),
        *(None if end is None else as_number(signed(end, places)) for end in ends),
        *(finding.verdict.label, finding.left_out, finding.reading.hidden),
    ]
