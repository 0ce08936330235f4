"""A pilot on paper: each outcome with what both arms measured, its interval, the trend before and how to read
it. No queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from insights.models import Pilot, PilotUnit
from insights.pilot_enums import Arm
from insights.pilot_findings import Finding
from insights.pilot_words import arm_counts, cautions
from web.pdf import Row, Sheet


def pilot_sheet(
    pilot: Pilot, units: Sequence[PilotUnit], findings: Sequence[Finding], *, organization: str, on: dt.date
) -> Sheet:
    here, there = arm_counts(units)
    in_arms: list[Row] = [
        [str(arm.label), ", ".join(each.unit.name for each in units if each.arm == arm) or _("None")]
        for arm in Arm
    ]
    return Sheet(
        title=pilot.name,
        above=_("Pilot evaluation"),
        lead=pilot.tried,
        head=[_("Arm"), _("Units"), _("Before"), _("After"), _("Change")],
        groups=[*((_heading(each), _rows(each)) for each in findings), (_("Units"), in_arms)],
        widths=[2.6, 2, 2, 2, 2],
        notes=[
            *cautions(pilot, units, [each.reading for each in findings]),
            _("Each unit’s mean after the start less its mean before; intervals are Welch’s, over units."),
            _("Nothing is told of fewer than five people."),
        ],
        organization=organization,
        made=_day(on),
        facts=[
            (_("State"), str(pilot.state(on).label)),
            (_("First day"), _day(pilot.starts_on)),
            (_("Last day"), _day(pilot.ends_on) if pilot.ends_on else _("Open")),
            (_("Units"), _("%(pilot)d and %(other)d to compare") % {"pilot": here, "other": there}),
        ],
        numeric=(1, 2, 3, 4),
        page=_("Page"),
        language=(get_language() or "en").partition("-")[0],
        pages=True,
    )


def _heading(finding: Finding) -> str:
    outcome = finding.reading.outcome
    added = _(", exploratory") if outcome.exploratory else ""
    return f"{outcome.name} ({outcome.measure}, {finding.better.lower()}{added})"


def _rows(finding: Finding) -> list[Row]:
    rows: list[Row] = [
        [each.name, str(each.n), each.before, each.after, each.change] for each in finding.arms
    ]
    rows.append([str(finding.verdict.label), finding.sentence])
    if finding.arms:
        rows.append([_("Trend before"), finding.trend])
    if finding.left_out:
        words = ngettext(
            "%(count)d unit for want of a value before or after.",
            "%(count)d units for want of a value before or after.",
            finding.left_out,
        )
        rows.append([_("Left out"), words % {"count": finding.left_out}])
    if finding.reading.hidden:
        words = ngettext(
            "%(count)d value of fewer than five people.",
            "%(count)d values of fewer than five people.",
            finding.reading.hidden,
        )
        rows.append([_("Not known"), words % {"count": finding.reading.hidden}])
    if finding.reading.outcome.source:
        rows.append([_("Source"), finding.reading.outcome.source])
    return rows


def _day(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")
