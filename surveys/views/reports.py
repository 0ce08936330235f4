"""One unit's report: as a page and as files. Published cells only."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from people.access import MemberRequest, demand, member_view
from people.models import Unit
from people.permissions import UNIT_REPORT_IS_FOR, can_expect_report, can_see_overview
from surveys.debrief_queries import debriefs_of
from surveys.evidence import STUDIES
from surveys.file_facts import wave_facts
from surveys.offer_queries import index_offers
from surveys.overview import slope_sentences
from surveys.permissions import can_run_surveys, can_see_report
from surveys.queries import cell_above, latest_cell_of
from surveys.report import cycle_words
from surveys.report_content import find_report, report_content
from surveys.report_rows import report_head, report_rows
from surveys.sheets import report_sheet
from surveys.timing import manager_sees_from
from surveys.views.crumbs import crumbs
from web.files import FILE_KINDS, file_links, table_response
from web.pdf import pdf_response
from web.shell import Crumb


@member_view
def report(request: MemberRequest, wave_id: UUID, unit_id: UUID) -> HttpResponse:
    """One unit's result: for its leader, a week later their immediate leader, and those who oversee."""
    cell, published = find_report(request.member, wave_id, unit_id)
    on = timezone.localdate()
    slug = request.organization.slug
    oversees = can_see_overview(request.member)
    trail = [Crumb(cell.wave.title, reverse("surveys:wave", args=[slug, wave_id]))] if oversees else []
    about_me = cell.leader_id == request.member.person_id
    offer = index_offers(request.member.person_id, on=on) if about_me else None
    above = None if cell.is_published else cell_above(cell)
    reads_above = above is not None and can_see_report(
        request.member, above, published_on=published.published_on, on=on
    )
    context = report_content(cell, published, reader=request.member) | {
        "above": above if reads_above else None,
        "about_me": about_me,
        "offer": offer,
        "offered": [cycle_words(cycle) for cycle in offer.cycles] if offer else [],
        "manager_from": manager_sees_from(published.published_on),
        "debrief": debriefs_of(request.member, on=on).filter(wave=wave_id, unit=unit_id).first(),
        "on": on,
        "files": file_links(request, "surveys:report", FILE_KINDS, slug, wave_id, unit_id),
        "studies": STUDIES,
        "slopes": slope_sentences(published),
        "breadcrumbs": crumbs(request, *trail, Crumb(cell.unit.name)),
    }
    return render(request, "surveys/report.html", context)


@member_view
def report_file(request: MemberRequest, wave_id: UUID, unit_id: UUID, kind: str) -> HttpResponse:
    """The report as a file: the same rows, words and suppression as the page."""
    cell, published = find_report(request.member, wave_id, unit_id)
    content = report_content(cell, published, reader=request.member)
    rows = report_rows(content)
    on, organization = timezone.localdate(), request.organization.name
    title = f"{cell.unit.name}, {cell.wave.title}"
    if kind == "pdf":
        return pdf_response(f"{title}.pdf", report_sheet(content, rows, organization=organization, on=on))
    about = wave_facts(published, organization=organization, part=cell.unit.name, on=on)
    return table_response(kind, title, report_head(), [row.values() for row in rows], about)


@member_view
def unit_latest(request: MemberRequest, unit_id: UUID) -> HttpResponse:
    """To a unit's newest report that the member may see. The unit's own page links here."""
    unit = get_object_or_404(Unit, pk=unit_id)
    slug = request.organization.slug
    cell = latest_cell_of(unit, request.member, on=timezone.localdate())
    if cell is not None:
        return redirect("surveys:report", slug, cell.wave_id, unit.pk)
    demand(can_expect_report(request.member, unit.pk), UNIT_REPORT_IS_FOR)
    context = {
        "unit": unit,
        "may_import": can_run_surveys(request.member),
        "breadcrumbs": crumbs(request, Crumb(unit.name)),
    }
    return render(request, "surveys/unit_latest.html", context)
