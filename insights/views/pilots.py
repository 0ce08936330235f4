"""Pilots, and one with what its outcomes say, as a page and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from insights.difference import GroupChange
from insights.models import Pilot
from insights.permissions import INSIGHTS_ARE_FOR, can_keep_pilots, can_see_insights
from insights.pilot_enums import Better, OutcomeKind, PilotState, Verdict
from insights.pilot_periods import period_label, period_of, short_label
from insights.pilot_words import (
    arm_counts,
    cautions,
    interval_words,
    places_of,
    sentence,
    trend_sentence,
    verdict_of,
)
from insights.queries.pilots import Reading, outcomes_of, pilot_with, pilots, readings, units_of
from people.access import MemberRequest, demand, member_view
from web.charts import Chart, Pair, two_lines
from web.files import file_links, table_response
from web.numbers import as_number, decimal, signed
from web.paging import numbered_page
from web.shell import Crumb

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


@member_view
def pilots_page(request: MemberRequest) -> HttpResponse:
    """All of them, the newest first."""
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    today = timezone.localdate()
    page = numbered_page(request, pilots())
    context = {
        "page": page,
        "rows": [(each, each.state(today)) for each in page],
        "running": PilotState.RUNNING,
        "may_keep": can_keep_pilots(request.member),
        "breadcrumbs": [*trail(request)[:-1], Crumb(_("Pilots"))],
    }
    return render(request, "insights/pilots.html", context)


@member_view
def pilot_page(request: MemberRequest, pilot_id: UUID) -> HttpResponse:
    """What is tried where, and what each outcome says of it."""
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    pilot = find_pilot(pilot_id)
    units = units_of(pilot)
    found = readings(pilot, outcomes_of(pilot), units)
    slug = request.organization.slug
    context = {
        "pilot": pilot,
        "state": pilot.state(timezone.localdate()),
        "units": units,
        "counts": arm_counts(units),
        "findings": [finding_of(pilot, each) for each in found],
        "cautions": cautions(pilot, units, found),
        "may_keep": can_keep_pilots(request.member),
        "files": file_links(request, "insights:pilot", ("csv",), slug, pilot.pk),
        "breadcrumbs": [*trail(request), Crumb(pilot.name)],
    }
    return render(request, "insights/pilot.html", context)


@member_view
def pilot_csv(request: MemberRequest, pilot_id: UUID) -> HttpResponse:
    """A row for each outcome, with the figures of the page."""
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    pilot = find_pilot(pilot_id)
    found = readings(pilot, outcomes_of(pilot), units_of(pilot))
    rows = [cells(finding_of(pilot, each)) for each in found]
    return table_response("csv", f"pilot-{pilot.name}", HEAD, rows)


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


def find_pilot(pilot_id: UUID) -> Pilot:
    found = pilot_with(pilot_id)
    if found is None:
        raise Http404
    return found


def trail(request: MemberRequest) -> list[Crumb]:
    slug = request.organization.slug
    return [
        Crumb(_("Insights"), reverse("insights:overview", args=[slug])),
        Crumb(_("Pilots"), reverse("insights:pilots", args=[slug])),
    ]


def trail_of(request: MemberRequest, pilot: Pilot, title: str) -> list[Crumb]:
    address = reverse("insights:pilot", args=[request.organization.slug, pilot.pk])
    return [*trail(request), Crumb(pilot.name, address), Crumb(title)]
