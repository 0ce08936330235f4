"""Results over ten years: of the organisation and of each unit, for whoever may see them."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.models import Unit
from people.permissions import OVERVIEW_IS_FOR, UNIT_REPORT_IS_FOR, can_expect_report, can_see_overview
from surveys.file_facts import series_facts
from surveys.trend_queries import Series, series_of, trend_behind
from surveys.views.crumbs import crumbs
from web.files import file_links, table_response
from web.shell import Crumb, Link


@member_view
def organization(request: MemberRequest) -> HttpResponse:
    """To the trends of the uppermost unit: everybody together."""
    demand(can_see_overview(request.member), OVERVIEW_IS_FOR)
    root = Unit.objects.filter(parent=None).order_by("name", "pk").first()
    if root is None:
        raise Http404
    return redirect("surveys:unit_trends", request.organization.slug, root.pk)


def find_series(request: MemberRequest, unit_id: UUID) -> tuple[Unit, list[Series], Series | None]:
    """The unit, what the member may see of it, and the one of these that the address asks for."""
    unit = get_object_or_404(Unit, pk=unit_id)
    found = series_of(unit, request.member, on=timezone.localdate())
    # Whoever led it once sees the results of that time, also without leading it today.
    demand(bool(found) or can_expect_report(request.member, unit.pk), UNIT_REPORT_IS_FOR)
    asked = request.GET.get("of", "")
    return unit, found, next((one for one in found if one.name == asked), found[0] if found else None)


@member_view
def unit_trends(request: MemberRequest, unit_id: UUID) -> HttpResponse:
    """A unit's index, behaviours, questions and outcomes, wave by wave."""
    unit, found, series = find_series(request, unit_id)
    slug = request.organization.slug
    here = reverse("surveys:unit_trends", args=[slug, unit_id])
    context = {
        "unit": unit,
        "series": series,
        "trend": trend_behind(series, unit, slug=slug) if series else None,
        "tabs": [Link(one.title, f"{here}?of={one.name}", current=one is series) for one in found],
        "files": file_links(request, "surveys:unit_trends", ["csv", "xlsx"], slug, unit_id),
        "breadcrumbs": crumbs(request, Crumb(_("Over the years")), Crumb(unit.name)),
    }
    return render(request, "surveys/trends.html", context)


@member_view
def unit_trends_file(request: MemberRequest, unit_id: UUID, kind: str) -> HttpResponse:
    """The page's table as a file."""
    unit, _found, series = find_series(request, unit_id)
    if series is None:
        raise Http404
    trend = trend_behind(series, unit, slug=request.organization.slug)
    about = series_facts(
        [cell.wave for cell in series.cells],
        organization=request.organization.name,
        part=unit.name,
        on=timezone.localdate(),
    )
    return table_response(kind, f"{unit.name}, {series.title}", trend.head(), trend.file_rows(), about)
