"""What changed from the first cultural audit of a programme to the second, and the case report."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from partnerships.case_report import Case, case_sheet
from partnerships.culture_change import differences_chart, levels_chart
from partnerships.permissions import is_told_of_audits
from partnerships.queries.audits import asked_of
from partnerships.queries.culture import CultureReport, culture_report
from partnerships.queries.exceptions import gaps_of
from partnerships.queries.findings import ProgrammeThemes, themes_told
from partnerships.queries.phases import artefacts_of, outcomes_of, phases_of, records_of
from partnerships.queries.profiles import profiles_kept
from partnerships.views.participants import crumbs_of
from partnerships.views.programmes import find_programme, programme_trail
from people.access import MemberRequest, member_view
from surveys.disclosure import breakdown_from
from surveys.timing import manager_sees_from
from web.pdf import pdf_response
from web.shell import Crumb


@member_view
def culture(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    """For all who take part, a week after each audit is published."""
    found = find_programme(request, programme_id)
    report = culture_report(found, request.member, on=timezone.localdate())
    context = {
        "programme": found,
        "report": report,
        "breadcrumbs": programme_trail(
            request, *crumbs_of(request, found), Crumb(_("Change of the culture"))
        ),
        **(_content(report) if report else {}),
    }
    if report:
        context["audits"] = [
            (
                each,
                asked_of(found, each.wave),
                manager_sees_from(each.published_on) if each.published_on else None,
            )
            for each in report.audits.values()
        ]
    return render(request, "partnerships/culture.html", context)


@member_view
def case_report(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    """What the programme came to, as a PDF, with what its reader may read of the audits."""
    found = find_programme(request, programme_id)
    case = Case(
        programme=found,
        phases=list(phases_of(found)),
        records=records_of(found),
        artefacts=artefacts_of(found),
        outcomes=list(outcomes_of(found)),
        gaps=gaps_of(found),
        culture=culture_report(found, request.member, on=timezone.localdate()),
        themes=themes_told(found)
        if is_told_of_audits(request.member, found)
        else ProgrammeThemes(None, None, []),
        profiles=profiles_kept(found),
    )
    sheet = case_sheet(case, organization=request.organization.name)
    return pdf_response(f"programme-{slugify(found.title)}.pdf", sheet)


def _content(report: CultureReport) -> dict[str, object]:
    shown = report.is_complete
    threshold = max(each.wave.threshold for each in report.audits.values())
    return {
        "threshold": threshold,
        "breakdown": breakdown_from(threshold),
        "levels": levels_chart(report.rows, low=report.low, high=report.high) if shown else None,
        "differences": differences_chart(report.rows) if shown else None,
    }
