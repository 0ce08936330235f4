"""Figures for the annual self-study, as a table and as a file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.accreditation import figures_for
from mentoring.permissions import ACCREDITATION_IS_FOR, can_see_accreditation
from mentoring.views.credit import year_asked, year_tabs
from people.access import MemberRequest, demand, member_view
from web.csv import csv_response
from web.shell import Crumb


@member_view
def figures(request: MemberRequest) -> HttpResponse:
    """Counts of a year, each with what it is out of."""
    demand(can_see_accreditation(request.member), ACCREDITATION_IS_FOR)
    year = year_asked(request)
    context = {
        "year": year,
        "tabs": year_tabs(year),
        "rows": figures_for(year, on=timezone.localdate()),
        "breadcrumbs": [Crumb(_("Figures for accreditation"))],
    }
    return render(request, "mentoring/accreditation.html", context)


@member_view
def figures_csv(request: MemberRequest) -> HttpResponse:
    """The same as a file."""
    demand(can_see_accreditation(request.member), ACCREDITATION_IS_FOR)
    year = year_asked(request)
    rows = [
        [each.label, each.count, "" if each.of is None else each.of, each.share]
        for each in figures_for(year, on=timezone.localdate())
    ]
    head = [_("Figure"), _("n"), _("of"), _("Share")]
    return csv_response(f"mentoring-{year}.csv", head, rows)
