"""Positions: who leads what, and until when."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.utils import timezone

from people.access import MemberRequest, member_view
from people.forms.directory import PositionFilter
from people.models import Position
from people.position_queries import holding_of, positions_matching, with_incumbents
from people.views.sections import section_tabs
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import SHORT, numbered_page
from web.shell import Crumb
from web.sorting import Column, sorting

COLUMNS = [
    Column("Position", ("title", "id"), key="position"),
    Column("Unit", ("unit__name", "title", "id"), key="unit"),
    Column("Incumbent", ("incumbent_key", "title", "id"), key="incumbent"),
    Column("Term"),
    Column("Until", ("term_ends", "title", "id"), key="until"),
]


@member_view
def positions(request: MemberRequest) -> HttpResponse:
    """Every titled leadership role, with its incumbent and the end of the term."""
    on = timezone.localdate()
    form = PositionFilter(request.GET)
    order = sorting(request, COLUMNS, default="position")
    found = Position.objects.none()
    if form.is_valid():
        asked = form.cleaned_data
        found = positions_matching(on=on, type_=asked["type"], state=asked["state"], unit=asked["unit"])
    page = numbered_page(request, with_incumbents(found.order_by(*order.order), on=on), size=SHORT)
    context = {
        "form": form,
        "chips": [replace(chip, value=chip.value.strip()) for chip in chips(request, form)],
        "page": page,
        "holdings": [holding_of(position, on=on) for position in page],
        "columns": order.headers,
        "tabs": section_tabs(request, "people:positions"),
        "breadcrumbs": [Crumb("Positions")],
    }
    return render_page(request, "people/positions.html", context, partial="list", status=status_of(form))
