"""The fairness report, for those who answer for the whole organisation."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.fairness import chair_sponsors_by_group
from mentoring.permissions import FAIRNESS_IS_FOR, can_see_fairness
from people.access import MemberRequest, demand, member_view
from web.shell import Crumb


@member_view
def fairness(request: MemberRequest) -> HttpResponse:
    """Who has had a chair sponsor, by group, coarsely."""
    demand(can_see_fairness(request.member), FAIRNESS_IS_FOR)
    found = chair_sponsors_by_group(on=timezone.localdate())
    labels = {"gender": _("Gender"), "ethnicity": _("Ethnicity")}
    context = {
        "aspects": [(label, found.get(aspect, [])) for aspect, label in labels.items()],
        "breadcrumbs": [Crumb(_("Fairness of mentoring"))],
    }
    return render(request, "mentoring/fairness.html", context)
