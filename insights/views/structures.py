"""The register of structures: how each unit is led, and since when."""

from __future__ import annotations

from collections import Counter
from typing import Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from insights.enums import Structure
from insights.forms.role_pulses import StructureFilter
from insights.permissions import INSIGHTS_ARE_FOR, can_see_insights
from insights.queries.structures import LedUnit, register
from insights.structures import Arrangement
from people.access import MemberRequest, demand, member_view
from web.charts import Bar, bars
from web.csv import csv_response
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import numbered_page
from web.shell import Crumb

HEAD: Final = ("Unit", "Kind", "Structure", "Since")


@member_view
def structures(request: MemberRequest) -> HttpResponse:
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    form = StructureFilter(request.GET)
    found = asked_for(form)
    page = numbered_page(request, found)
    times = Counter(arrangement.structure for _unit, arrangement in found)
    slug, query = request.organization.slug, request.GET.urlencode()
    file = reverse("insights:structures_csv", args=[slug])
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": page,
        "chart": bars(
            _("Units by structure"),
            [Bar(str(each.label), times[each]) for each in Structure],
        ),
        "file": f"{file}?{query}" if query else file,
        "breadcrumbs": [
            Crumb(_("Insights"), reverse("insights:overview", args=[slug])),
            Crumb(_("Structures")),
        ],
    }
    return render_page(request, "insights/structures.html", context, partial="list", status=status_of(form))


@member_view
def structures_csv(request: MemberRequest) -> HttpResponse:
    """The same units."""
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    rows = [
        [unit.name, unit.kind_label, each.structure.label, each.since]
        for unit, each in asked_for(StructureFilter(request.GET))
    ]
    return csv_response("structures.csv", HEAD, rows)


def asked_for(form: StructureFilter) -> list[tuple[LedUnit, Arrangement]]:
    """The units that a form asks for; none where it is not valid."""
    if not form.is_valid():
        return []
    structure, below = form.cleaned_data["structure"], form.cleaned_data["unit"]
    return [
        (unit, each)
        for unit, each in register(on=timezone.localdate())
        if (not structure or each.structure == structure)
        and (below is None or unit.path.startswith(below.path))
    ]
