"""How positions are set up: the organisation's warning to itself, and everybody's own."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from insights.enums import Lack
from insights.forms.set_up import LinesForm, SeatFilter
from insights.permissions import (
    INSIGHTS_ARE_FOR,
    LINES_ARE_SET_BY,
    can_see_insights,
    can_set_lines,
)
from insights.queries.seats import lines_in_force, seats
from insights.services.set_up import set_lines
from insights.set_up import Lines, Seat, count_lacks, is_warned_of, lacks_of, warning_order
from people.access import MemberRequest, demand, member_view
from web.charts import Bar, Chart, bars
from web.files import file_links, table_response
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import SHORT, numbered_page
from web.shell import Crumb

HEAD: Final = ("Position", "Unit", "Since", "Hours a week", "People led", "Warning", "What is lacking")


@dataclass(frozen=True, slots=True)
class Line:
    """One position on the page."""

    seat: Seat
    lacks: list[Lack]
    is_warned: bool


def _lines_asked_for(form: SeatFilter, rule: Lines) -> tuple[list[Line], list[Line]]:
    """All positions that are held, and those that the form asks for, the most lacking first."""
    every = []
    for seat in seats(on=timezone.localdate()):
        lacks = lacks_of(seat, rule)
        every.append(Line(seat, lacks, is_warned_of(lacks, rule)))
    every.sort(key=lambda line: warning_order(line.lacks, line.seat.title))
    if not form.is_valid():
        return every, []
    lack, unit = form.cleaned_data["lack"], form.cleaned_data["unit"]
    return every, [
        line
        for line in every
        if (not lack or lack in line.lacks) and (unit is None or line.seat.path.startswith(unit.path))
    ]


@member_view
def set_up(request: MemberRequest) -> HttpResponse:
    """Every position that is held, with what its holder was not given."""
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    form, rule = SeatFilter(request.GET), lines_in_force()
    every, found = _lines_asked_for(form, rule)
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": numbered_page(request, found, size=SHORT),
        "total": len(every),
        "warned": sum(line.is_warned for line in every),
        "unknown": sum(line.seat.hours is None for line in every),
        "rule": rule,
        "chart": lacks_chart([line.lacks for line in every]),
        "may_set": can_set_lines(request.member),
        "files": file_links(request, "insights:set_up", ("csv", "xlsx"), request.organization.slug),
        "breadcrumbs": [_insights(request), Crumb(_("How positions are set up"))],
    }
    return render_page(request, "insights/set_up.html", context, partial="list", status=status_of(form))


@member_view
def set_up_csv(request: MemberRequest) -> HttpResponse:
    return _file(request, "csv")


@member_view
def set_up_xlsx(request: MemberRequest) -> HttpResponse:
    return _file(request, "xlsx")


def _file(request: MemberRequest, kind: str) -> HttpResponse:
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    _every, found = _lines_asked_for(SeatFilter(request.GET), lines_in_force())
    rows = [
        [
            *(line.seat.title, line.seat.unit, line.seat.since, line.seat.hours, line.seat.reports),
            _("yes") if line.is_warned else _("no"),
            "; ".join(str(lack.label) for lack in line.lacks),
        ]
        for line in found
    ]
    return table_response(kind, "set-up", HEAD, rows, [("On", timezone.localdate())])


@member_view
def set_up_lines(request: MemberRequest) -> HttpResponse:
    """From where on it is a warning."""
    demand(can_set_lines(request.member), LINES_ARE_SET_BY)
    form = LinesForm(request.POST or None, initial=asdict(lines_in_force()))
    if request.method == "POST" and form.is_valid():
        set_lines(form.lines(), by=request.member)
        messages.success(request, _("Saved."))
        return redirect("insights:set_up", request.organization.slug)
    crumbs = [
        _insights(request),
        Crumb(_("How positions are set up"), reverse("insights:set_up", args=[request.organization.slug])),
        Crumb(_("Lines")),
    ]
    context = {"form": form, "breadcrumbs": crumbs}
    return render(request, "insights/set_up_lines.html", context, status=status_of(form))


@member_view
def mine(request: MemberRequest) -> HttpResponse:
    """What the organisation gave whoever asks, for each position they hold: the same five."""
    rule = lines_in_force()
    own = seats(on=timezone.localdate(), person_id=request.member.person_id)
    lines = [Line(seat, lacks, is_warned_of(lacks, rule)) for seat in own for lacks in [lacks_of(seat, rule)]]
    context = {
        "lines": lines,
        "rule": rule,
        "every": list(Lack),
        "breadcrumbs": [Crumb(_("What I was given to lead"))],
    }
    return render(request, "insights/mine.html", context)


def lacks_chart(each: list[list[Lack]]) -> Chart | None:
    """How many positions lack each of the five, against all that are held."""
    counts = count_lacks(each)
    found = [Bar(str(lack.label), count) for lack, count in counts.items()]
    return bars(_("Positions by what is lacking"), found, top=len(each)) if each else None


def _insights(request: MemberRequest) -> Crumb:
    return Crumb(_("Insights"), reverse("insights:overview", args=[request.organization.slug]))
