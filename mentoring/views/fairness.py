"""The fairness report, for those who answer for the whole organisation."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.figures.fairness import HEAD, MEASURES, FairnessReport
from mentoring.permissions import FAIRNESS_IS_FOR, can_see_fairness
from mentoring.queries.fairness import outcomes_by_group, spread_of_mentees
from people.access import MemberRequest, demand, member_view
from web.csv import csv_response
from web.shell import Crumb


@member_view
def fairness(request: MemberRequest) -> HttpResponse:
    """Chair sponsors, satisfaction and the way to a first role, by group, coarsely."""
    report = _report(request)
    context = {
        "aspects": report.aspects(),
        "measures": MEASURES,
        "breadcrumbs": [Crumb(_("Fairness of mentoring"))],
    }
    return render(request, "mentoring/fairness.html", context)


@member_view
def fairness_csv(request: MemberRequest) -> HttpResponse:
    """The page's tables as a file, with the definitions."""
    rows = _report(request).rows()
    return csv_response("mentoring-fairness.csv", [str(each) for each in HEAD], rows)


def _report(request: MemberRequest) -> FairnessReport:
    demand(can_see_fairness(request.member), FAIRNESS_IS_FOR)
    today = timezone.localdate()
    return FairnessReport(outcomes_by_group(on=today), spread_of_mentees(on=today))
