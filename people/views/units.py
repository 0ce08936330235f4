"""The unit browser and a unit's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from people.access import MemberRequest, member_view
from people.models import Unit
from people.permissions import can_expect_report
from people.position_queries import holdings_of
from people.unit_queries import (
    Branch,
    branches,
    branches_of,
    children_of,
    people_in,
    positions_in,
    root_ids,
    units_above,
    uuid_or_empty,
)
from people.views.sections import section_tabs
from web.htmx import render_page
from web.paging import keyset_page
from web.shell import Crumb
from web.sorting import Column, sorting

OPEN_AT_ONCE = 100  # units whose children one page shows; the address has to hold them
COLUMNS = [
    Column("Name", ("search_key", "id"), key="name"),
    Column("Profession", ("profession", "search_key", "id"), key="profession"),
    Column("Career stage", ("career_stage", "search_key", "id"), key="stage"),
]


@dataclass(frozen=True, slots=True)
class Line:
    """A branch with the address that opens or closes it."""

    branch: Branch
    toggle_url: str


@member_view
def units(request: MemberRequest) -> HttpResponse:
    """The tree, level by level: ?open=<id> shows the children of a unit, as often as one likes."""
    on = timezone.localdate()
    asked = [UUID(key) for text in request.GET.getlist("open")[:OPEN_AT_ONCE] if (key := uuid_or_empty(text))]
    opened = set(asked) if "open" in request.GET or "closed" in request.GET else root_ids()
    context = {
        "lines": [Line(branch, toggle_url(branch, opened)) for branch in branches(opened, on=on)],
        "tabs": section_tabs(request, "people:units"),
        "breadcrumbs": [Crumb("Units")],
    }
    return render_page(request, "people/units.html", context, partial="tree")


def toggle_url(branch: Branch, opened: Iterable[UUID]) -> str:
    """The page with this unit the other way round; "closed" says that nothing is open on purpose."""
    wanted = sorted(set(opened) ^ {branch.unit.pk})
    return "?" + (urlencode([("open", key) for key in wanted]) if wanted else "closed=1")


@member_view
def unit(request: MemberRequest, unit_id: UUID) -> HttpResponse:
    """A unit: its leader, positions, parts and people."""
    member, slug, on = request.member, request.organization.slug, timezone.localdate()
    found = get_object_or_404(Unit, pk=unit_id)
    order = sorting(request, COLUMNS, default="name")
    holdings = holdings_of(positions_in(found), on=on)
    way = [Crumb(one.name, reverse("people:unit", args=[slug, one.pk])) for one in units_above(found)]
    context = {
        "unit": found,
        "holdings": holdings,
        "leaders": [
            tenure for holding in holdings if holding.position.leads_unit for tenure in holding.tenures
        ],
        "children": branches_of(children_of(found), on=on, within=found),
        "page": keyset_page(request, people_in(found, on=on), order=order.order),
        "columns": order.headers,
        "sees_index": can_expect_report(member, found.pk),
        "breadcrumbs": [
            Crumb("Units", reverse("people:units", args=[slug])),
            *way,
            Crumb(found.name),
        ],
    }
    return render_page(request, "people/unit.html", context, partial="people")
