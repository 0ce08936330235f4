"""How all positions are covered: the register of exposure, as a page and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.enums import PositionType
from succession.enums import Flag
from succession.exposure import SEVERE, Cover, count_flags, exposure_order, flags_of
from succession.exposure_report import report_sheet
from succession.forms.pools import CoverFilter
from succession.models import ExposureMonth
from succession.permissions import SUCCESSION_IS_WATCHED_BY, can_set_up_pools, watches_succession
from succession.queries.covers import covers, months_kept
from web.charts import Bar, Chart, Point, bars, trend
from web.files import FILE_KINDS, file_links, table_response
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import SHORT, numbered_page
from web.pdf import pdf_response
from web.shell import Crumb

HEAD: Final = (
    *("Position", "Type", "Unit", "Incumbent", "Term ends", "Candidates", "Ready now", "Within two years"),
    *("Interim cover", "Stale", "Not rated", "Asked", "What is missing"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One position on the page."""

    cover: Cover
    flags: list[Flag]
    type: str | Promise

    @property
    def severe(self) -> list[Flag]:
        return [flag for flag in self.flags if flag in SEVERE]

    @property
    def mild(self) -> list[Flag]:
        return [flag for flag in self.flags if flag not in SEVERE]


def lines_asked_for(form: CoverFilter) -> tuple[list[Line], list[Line]]:
    """All positions, and those that the form asks for. One query."""
    on = timezone.localdate()
    every = [Line(each, flags_of(each, on=on), PositionType(each.type).label) for each in covers(on=on)]
    if not form.is_valid():
        return every, []
    asked = form.cleaned_data
    unit = asked["unit"]
    return every, [
        line
        for line in every
        if (not asked["flag"] or asked["flag"] in line.flags)
        and (not asked["type"] or line.cover.type == asked["type"])
        and (unit is None or line.cover.path.startswith(unit.path))
    ]


@member_view
def overview(request: MemberRequest) -> HttpResponse:
    """Every position with its bench, and what is missing where; the first to fail on top."""
    demand(watches_succession(request.member), SUCCESSION_IS_WATCHED_BY)
    form = CoverFilter(request.GET)
    every, found = lines_asked_for(form)
    counts = count_flags(line.flags for line in every)
    pools = len(every) - counts[Flag.NO_POOL]
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": numbered_page(request, found, size=SHORT),
        "total": len(every),
        "pools": pools,
        "counts": counts,
        "covered": sum(not line.severe for line in every),
        "chart": missing_chart(counts, len(every)),
        "trend": trend_chart(list(months_kept())),
        "files": file_links(request, "succession:overview", FILE_KINDS, request.organization.slug),
        "may_set_up": can_set_up_pools(request.member),
        "breadcrumbs": [Crumb(_("Succession"))],
    }
    return render_page(request, "succession/overview.html", context, partial="list", status=status_of(form))


@member_view
def overview_csv(request: MemberRequest) -> HttpResponse:
    return _file(request, "csv")


@member_view
def overview_xlsx(request: MemberRequest) -> HttpResponse:
    return _file(request, "xlsx")


@member_view
def overview_pdf(request: MemberRequest) -> HttpResponse:
    """The report on paper, of the positions that the page asks for."""
    demand(watches_succession(request.member), SUCCESSION_IS_WATCHED_BY)
    _every, found = lines_asked_for(CoverFilter(request.GET))
    today = timezone.localdate()
    ordered = sorted(found, key=lambda line: exposure_order(line.flags, line.cover.title))
    sheet = report_sheet(
        [(line.cover, line.flags) for line in ordered],
        list(months_kept()),
        organization=request.organization.name,
        made_on=today,
    )
    return pdf_response(f"exposure-{today.isoformat()}.pdf", sheet)


def _file(request: MemberRequest, kind: str) -> HttpResponse:
    demand(watches_succession(request.member), SUCCESSION_IS_WATCHED_BY)
    _every, found = lines_asked_for(CoverFilter(request.GET))
    rows = [
        [
            *(line.cover.title, line.type, line.cover.unit, line.cover.incumbent, line.cover.term_ends),
            *(line.cover.members, line.cover.ready, line.cover.soon, line.cover.interim_cover),
            *(line.cover.stale, line.cover.unassessed, line.cover.asked),
            "; ".join(str(flag.label) for flag in line.flags),
        ]
        for line in found
    ]
    return table_response(kind, "succession", HEAD, rows, [("On", timezone.localdate())])


def missing_chart(counts: dict[Flag, int], total: int) -> Chart | None:
    """How many positions each flag is raised by, against all there are."""
    raised = [Bar(str(flag.label), count) for flag, count in counts.items() if count]
    return bars(_("Positions by what is missing"), raised, top=total) if raised else None


def trend_chart(months: list[ExposureMonth]) -> Chart | None:
    """Positions with something urgent missing, month by month; None before there are two."""
    if len(months) < 2:
        return None
    points = [Point(date_format(each.month, "M Y"), each.exposed) for each in months]
    most = max(each.positions for each in months)
    label = _("Positions with something urgent missing")
    return trend(label, points, low=0, high=most, value_name=_("Positions"), places=0, zoom=True)
