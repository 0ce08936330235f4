"""The heat map of a wave: one level of the unit tree at a time, for those who see the overview."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
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
from surveys.heat_queries import HeatMap, heat_map_of
from surveys.models import PublishedWave
from surveys.queries import published_waves
from surveys.wording import group_label
from web.files import table_response
from web.shell import Crumb


def find_heat_map(request: MemberRequest, wave_id: UUID) -> tuple[PublishedWave, Unit | None, HeatMap]:
    """The map asked for, with ?within= a unit; 404 before 403."""
    published = get_object_or_404(published_waves(), wave_id=wave_id)
    demand(can_see_overview(request.member), OVERVIEW_IS_FOR)
    asked = uuid_or_empty(request.GET.get("within", ""))
    within = get_object_or_404(Unit, pk=asked) if asked else None
    return published, within, heat_map_of(published, within, slug=request.organization.slug)


@member_view
def heat(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Units by behaviours: the uppermost units, or those directly below one."""
    published, within, found = find_heat_map(request, wave_id)
    slug = request.organization.slug
    here = reverse("surveys:heat", args=[slug, wave_id])
    way = [*units_above(within), within] if within else []
    crumbs = [
        Crumb(_("Surveys"), reverse("surveys:waves", args=[slug])),
        Crumb(published.wave.title, reverse("surveys:wave", args=[slug, wave_id])),
        Crumb(_("Heat map"), here if way else ""),
        *(Crumb(unit.name, f"{here}?within={unit.pk}") for unit in way),
    ]
    context = {
        "published": published,
        "breakdown_from": breakdown_from(published.threshold),
        "wave": published.wave,
        "within": within,
        "rows": found.rows,
        "groups": [group_label(group) for group in found.groups],
        "here": here,
        "files": [
            (
                kind.upper(),
                f"{reverse(f'surveys:heat_{kind}', args=[slug, wave_id])}?{request.GET.urlencode()}",
            )
            for kind in ("csv", "xlsx")
        ],
        "breadcrumbs": crumbs,
    }
    return render(request, "surveys/heat.html", context)


@member_view
def heat_file(request: MemberRequest, wave_id: UUID, kind: str) -> HttpResponse:
    """The level that the map shows, as a file with the same words."""
    published, within, found = find_heat_map(request, wave_id)
    title = ", ".join([published.wave.title, within.name if within else _("Heat map")])
    about = wave_facts(
        published,
        organization=request.organization.name,
        part=within.name if within else _("the uppermost units"),
        on=timezone.localdate(),
    )
    return table_response(kind, title, heat_head(found.groups), [row.values() for row in found.rows], about)
