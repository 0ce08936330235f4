"""Pilots, and one with what its outcomes say, as a page, as a file and on paper."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from insights.models import Pilot, PilotUnit
from insights.permissions import INSIGHTS_ARE_FOR, can_keep_pilots, can_see_insights
from insights.pilot_enums import PilotState
from insights.pilot_findings import HEAD, Finding, cells, finding_of
from insights.pilot_report import pilot_sheet
from insights.pilot_words import arm_counts, cautions
from insights.queries.pilots import outcomes_of, pilot_with, pilots, readings, units_of
from people.access import MemberRequest, demand, member_view
from web.files import file_links, table_response
from web.paging import numbered_page
from web.pdf import pdf_response
from web.shell import Crumb


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
    pilot, units, findings = _found(request, pilot_id)
    slug = request.organization.slug
    context = {
        "pilot": pilot,
        "state": pilot.state(timezone.localdate()),
        "units": units,
        "counts": arm_counts(units),
        "findings": findings,
        "cautions": cautions(pilot, units, [each.reading for each in findings]),
        "may_keep": can_keep_pilots(request.member),
        "files": file_links(request, "insights:pilot", ("csv", "xlsx", "pdf"), slug, pilot.pk),
        "breadcrumbs": [*trail(request), Crumb(pilot.name)],
    }
    return render(request, "insights/pilot.html", context)


@member_view
def pilot_csv(request: MemberRequest, pilot_id: UUID) -> HttpResponse:
    return _file(request, pilot_id, "csv")


@member_view
def pilot_xlsx(request: MemberRequest, pilot_id: UUID) -> HttpResponse:
    return _file(request, pilot_id, "xlsx")


def _file(request: MemberRequest, pilot_id: UUID, kind: str) -> HttpResponse:
    """A row for each outcome, with the figures of the page."""
    pilot, units, findings = _found(request, pilot_id)
    said = cautions(pilot, units, [each.reading for each in findings])
    about = [("Pilot", pilot.name), ("First day", pilot.starts_on), ("Last day", pilot.ends_on)]
    rows = [cells(each) for each in findings]
    about += [("To read it right", each) for each in said]
    return table_response(kind, f"pilot-{pilot.name}", HEAD, rows, about)


@member_view
def pilot_pdf(request: MemberRequest, pilot_id: UUID) -> HttpResponse:
    pilot, units, findings = _found(request, pilot_id)
    sheet = pilot_sheet(
        pilot, units, findings, organization=request.organization.name, on=timezone.localdate()
    )
    return pdf_response(f"pilot-{pilot.name}.pdf", sheet)


def _found(request: MemberRequest, pilot_id: UUID) -> tuple[Pilot, list[PilotUnit], list[Finding]]:
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    pilot = find_pilot(pilot_id)
    units = units_of(pilot)
    found = readings(pilot, outcomes_of(pilot), units)
    return pilot, units, [finding_of(pilot, each) for each in found]


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
