"""The heat map of a wave: one level of the unit tree at a time or all lowest units, for those who see the
overview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.models import Unit
from people.permissions import OVERVIEW_IS_FOR, can_see_overview
from people.unit_queries import units_above, uuid_or_empty
from surveys.disclosure import breakdown_from
from surveys.file_facts import wave_facts
from surveys.heat import heat_head
from surveys.heat_queries import heat_map_of, lowest_cells, upper_cells
from surveys.models import PublishedIndex, PublishedWave
from surveys.queries import published_waves
from surveys.views.crumbs import crumbs
from surveys.wording import group_label
from web.files import file_links, table_response
from web.paging import numbered_page
from web.shell import Crumb, Link

LOWEST: Final = "lowest"


@dataclass(frozen=True)
class Asked:
    """What of a wave's map the address asks for: ?within= a unit, ?units=lowest."""

    published: PublishedWave
    within: Unit | None
    lowest: bool

    @property
    def cells(self) -> QuerySet[PublishedIndex]:
        return (lowest_cells if self.lowest else upper_cells)(self.published.wave_id, self.within)


def find_heat_map(request: MemberRequest, wave_id: UUID) -> Asked:
    """404 before 403."""
    published = get_object_or_404(published_waves(), wave_id=wave_id)
    demand(can_see_overview(request.member), OVERVIEW_IS_FOR)
    unit = uuid_or_empty(request.GET.get("within", ""))
    within = get_object_or_404(Unit, pk=unit) if unit else None
    return Asked(published, within, request.GET.get("units") == LOWEST)


@member_view
def heat(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Units by behaviours: a level of the tree, or all of the lowest units, which are many."""
    asked = find_heat_map(request, wave_id)
    published, within, slug = asked.published, asked.within, request.organization.slug
    page = numbered_page(request, asked.cells) if asked.lowest else None
    found = heat_map_of(published, list(page or asked.cells), within, slug=slug)
    here = reverse("surveys:heat", args=[slug, wave_id])
    way = [*units_above(within), within] if within else []
    trail = [
        Crumb(published.wave.title, reverse("surveys:wave", args=[slug, wave_id])),
        Crumb(_("Heat map"), here if way else ""),
        *(Crumb(unit.name, f"{here}?within={unit.pk}") for unit in way),
    ]
    context = {
        "published": published,
        "breakdown_from": breakdown_from(published.threshold),
        "wave": published.wave,
        "within": within,
        "lowest": asked.lowest,
        "page": page,
        "rows": found.rows,
        "groups": [group_label(group) for group in found.groups],
        "here": here,
        "tabs": _ways_to_look(here, within, lowest=asked.lowest),
        "files": file_links(request, "surveys:heat", ("csv", "xlsx"), slug, wave_id),
        "breadcrumbs": crumbs(request, *trail),
    }
    return render(request, "surveys/heat.html", context)


def _ways_to_look(here: str, within: Unit | None, *, lowest: bool) -> list[Link]:
    part = {"within": str(within.pk)} if within else {}
    tree, all_lowest = QueryDict(mutable=True), QueryDict(mutable=True)
    tree.update(part)
    all_lowest.update(part | {"units": LOWEST})
    return [
        Link(_("Level by level"), f"{here}?{tree.urlencode()}", "hierarchy", current=not lowest),
        Link(_("All lowest units"), f"{here}?{all_lowest.urlencode()}", "grid-dots", current=lowest),
    ]


@member_view
def heat_file(request: MemberRequest, wave_id: UUID, kind: str) -> HttpResponse:
    """What the map shows, of all its pages, as a file with the same words."""
    asked = find_heat_map(request, wave_id)
    published, within = asked.published, asked.within
    found = heat_map_of(published, list(asked.cells), within, slug=request.organization.slug)
    title = ", ".join([published.wave.title, within.name if within else _("Heat map")])
    if asked.lowest:
        part = _("all lowest units of %(unit)s") % {"unit": within.name} if within else _("all lowest units")
    else:
        part = within.name if within else _("the uppermost units")
    about = wave_facts(published, organization=request.organization.name, part=part, on=timezone.localdate())
    return table_response(kind, title, heat_head(found.groups), [row.values() for row in found.rows], about)
