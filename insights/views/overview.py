"""Who leads, how much time they have for it, and who is developed: a page and a file."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from insights.critical_mass import Counted, ProfessionLeads, Share, WeeklyHours, share, together, who_leads
from insights.permissions import INSIGHTS_ARE_FOR, can_see_insights
from insights.queries.leadership import quarters_kept
from insights.queries.surveys import followership, newest_gap
from people.access import MemberRequest, demand, member_view
from people.enums import Profession
from people.permissions import can_see_overview
from surveys.gap_words import gap_card
from surveys.models import PublishedScale
from tenancy.jobs.periods import quarter_label
from web.charts import Bar, Chart, Estimate, Point, bars, intervals, trend
from web.files import file_links, table_response
from web.shell import Crumb

HEAD: Final = (
    *("Quarter", "Profession", "Staff", "Leaders", "Share", "Low", "High"),
    *("Hold a position", "Share of all holders", "Low", "High"),
    *("Job plans with hours", "Hours a week", "Low", "High"),
    *("Coaching and mentoring: people", "Hours per 100 staff"),
)


@member_view
def overview(request: MemberRequest) -> HttpResponse:
    """As of the last quarter's end, and how the share of doctors who lead moved."""
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    kept = quarters_kept()
    newest = max(kept, default="")
    rows = who_leads(kept[newest]) if newest else []
    context = {
        "quarter": quarter_label(newest) if newest else "",
        "rows": rows,
        "doctors": next((row for row in rows if row.profession == Profession.PHYSICIAN), None),
        "hours": together(kept.get(newest, [])),
        "shares": shares_chart(rows),
        "mix": mix_chart(rows),
        "time": time_chart(rows),
        "development": development_chart(rows),
        "trend": trend_chart(kept),
        **engagement(request),
        "files": file_links(request, "insights:overview", ("csv", "xlsx"), request.organization.slug),
        "breadcrumbs": [Crumb(_("Insights"))],
    }
    return render(request, "insights/overview.html", context)


def engagement(request: MemberRequest) -> dict[str, object]:
    """How leaders and the led differ, and followership over the surveys, for those who see their results."""
    if not can_see_overview(request.member):
        return {"sees_surveys": False}
    gap, scales = newest_gap(), followership()
    return {
        "sees_surveys": True,
        "gap": gap_card(gap, gap.wave) if gap else None,
        "gap_wave": gap.wave if gap else None,
        "followership": followership_chart(scales),
    }


@member_view
def overview_csv(request: MemberRequest) -> HttpResponse:
    return _file(request, "csv")


@member_view
def overview_xlsx(request: MemberRequest) -> HttpResponse:
    return _file(request, "xlsx")


def _file(request: MemberRequest, kind: str) -> HttpResponse:
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    rows = [
        [quarter, str(row.profession.label), *cells(row)]
        for quarter, counted in quarters_kept().items()
        for row in who_leads(counted)
    ]
    return table_response(kind, "leadership", HEAD, rows)


def cells(row: ProfessionLeads) -> list[object]:
    """What a file says of a profession: as much as the page."""
    time = row.hours
    return [
        *(row.leads.whole, row.leads.part, *ends(row.leads)),
        *(row.holds.part, *ends(row.of_positions)),
        *((time.n, time.mean, time.low, time.high) if time else (None, None, None, None)),
        *(row.developed, row.hours_per_staff),
    ]


def ends(found: Share) -> list[float | None]:
    return [found.value, found.low, found.high]


def percent(value: float | None) -> float | None:
    return None if value is None else value * 100


def shares_chart(rows: list[ProfessionLeads]) -> Chart | None:
    """How many of each profession lead, of 100."""
    estimates = [estimate(str(row.profession.label), row.leads) for row in rows if row.leads.whole]
    label = _("Share of each profession’s staff who lead, in percent")
    return intervals(label, estimates, low=0, value_name=_("Percent")) if estimates else None


def mix_chart(rows: list[ProfessionLeads]) -> Chart | None:
    """Whose profession the titled positions are held by."""
    found = [
        Bar(
            str(row.profession.label),
            percent(row.of_positions.value),
            note=_("%(part)d of %(whole)d")
            % {"part": row.of_positions.part, "whole": row.of_positions.whole},
        )
        for row in rows
        if row.of_positions.whole
    ]
    return bars(_("Who holds the titled positions"), found, top=100, unit="%") if found else None


def time_chart(rows: list[ProfessionLeads]) -> Chart | None:
    """Weekly hours for leading, of professions of which enough job plans say it."""
    known = [(row.profession, row.hours) for row in rows if row.hours]
    estimates = [hours_estimate(profession.label, hours) for profession, hours in known]
    label = _("Hours a week for leading, in job plans of leaders")
    return intervals(label, estimates, low=0, value_name=_("Hours")) if estimates else None


def development_chart(rows: list[ProfessionLeads]) -> Chart | None:
    """Hours of coaching and mentoring in a year, for 100 members of staff."""
    found = [
        Bar(
            str(row.profession.label),
            row.hours_per_staff,
            note=_("%(people)d people") % {"people": row.developed},
        )
        for row in rows
        if row.hours_per_staff is not None
    ]
    return bars(_("Hours per 100 staff"), found, unit="h", places=1) if found else None


def trend_chart(kept: dict[str, list[Counted]]) -> Chart | None:
    """The share of doctors who lead, quarter by quarter; None before there are two."""
    points = []
    for quarter, counted in kept.items():
        doctors = next((row for row in counted if row.profession == Profession.PHYSICIAN), None)
        if doctors is not None:
            found = share(doctors.leaders, doctors.staff)
            value, low, high = map(percent, ends(found))
            points.append(Point(quarter_label(quarter), value, low, high, short=quarter[2:4]))
    if len(points) < 2:
        return None
    label = _("Share of doctors who lead, in percent")
    return trend(label, points, low=0, high=100, value_name=_("Percent"), zoom=True)


def followership_chart(scales: list[PublishedScale]) -> Chart | None:
    """Of everybody together, a row for each survey that asked; a bound has no interval."""
    rows = [
        Estimate(each.wave.title, each.mean, *each.interval, n=each.n) for each in scales if not each.bound
    ]
    if not rows:
        return None
    label = _("Followership")
    return intervals(label, rows, low=scales[0].scale_low, high=scales[0].scale_high, places=2)


def estimate(label: str, found: Share) -> Estimate:
    value, low, high = map(percent, ends(found))
    return Estimate(label, value, low, high, n=found.whole)


def hours_estimate(label: str | Promise, hours: WeeklyHours) -> Estimate:
    return Estimate(str(label), hours.mean, hours.low, hours.high, n=hours.n)
