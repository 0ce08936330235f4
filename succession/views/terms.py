"""The calendar of terms: all positions on one axis, and when terms end."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.enums import PositionType
from people.models import Appointment
from people.terms import months_later, term_end
from succession.enums import Rung
from succession.exposure import Cover
from succession.forms.terms import TermFilter
from succession.ladder import due_day
from succession.permissions import SUCCESSION_IS_WATCHED_BY, watches_succession
from succession.queries.covers import covers
from succession.queries.terms import appointments_since
from succession.views.pools import trail
from web.addresses import address
from web.charts import Bar, Chart, Lane, Stretch, YearAxis, bars, lanes
from web.csv import csv_response
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import SHORT, numbered_page
from web.shell import Crumb

BACK, AHEAD = 5, 8  # years of the axis beside this one
QUARTERS: Final = 12  # of which the chart tells one by one
HEAD: Final = (
    *("Position", "Type", "Unit", "Incumbent", "Interim", "Term", "Terms at most", "Term ends"),
    *(f"{rung.value} months before: {rung.label}" for rung in Rung),
)


def covers_asked_for(form: TermFilter, on: dt.date) -> list[Cover]:
    """Positions that the form asks for, those that end first on top. One query."""
    every = covers(on=on)
    if not form.is_valid():
        return []
    asked = form.cleaned_data
    unit = asked["unit"]
    return [
        each
        for each in every
        if (not asked["type"] or each.type == asked["type"])
        and (unit is None or each.path.startswith(unit.path))
        and (not asked["year"] or (each.term_ends is not None and each.term_ends.year == int(asked["year"])))
    ]


@member_view
def terms(request: MemberRequest) -> HttpResponse:
    """Who held and holds what, and how many terms end when."""
    demand(watches_succession(request.member), SUCCESSION_IS_WATCHED_BY)
    today, form = timezone.localdate(), TermFilter(request.GET)
    found = covers_asked_for(form, today)
    page = numbered_page(request, found, size=SHORT)
    query = request.GET.urlencode()
    file = reverse("succession:terms_csv", args=[request.organization.slug])
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": page,
        "timeline": timeline(request, page.rows, today) if page.rows else None,
        "ends": ends_chart([each.term_ends for each in found if each.term_ends], today),
        "file": f"{file}?{query}" if query else file,
        "breadcrumbs": [*trail(request), Crumb(_("Terms"))],
    }
    return render_page(request, "succession/terms.html", context, partial="list", status=status_of(form))


def timeline(request: MemberRequest, found: list[Cover], today: dt.date) -> Chart:
    """A lane for each position. One query."""
    axis = YearAxis(today.year - BACK, today.year + AHEAD)
    held: dict[UUID, list[Stretch]] = defaultdict(list)
    since = dt.date(axis.first, 1, 1)
    for appointment in appointments_since([each.position_id for each in found], since):
        held[appointment.position_id].append(stretch_of(appointment, today))
    slug = request.organization.slug
    rows = [
        Lane(
            format_html(
                '<a href="{}">{}</a>',
                address("succession:position", slug, each.position_id),
                each.title,
            ),
            held[each.position_id],
            note=each.incumbent or _("vacant"),
            words=date_format(each.term_ends, "SHORT_DATE_FORMAT") if each.term_ends else "–",
        )
        for each in found
    ]
    return lanes(_("Terms of positions"), rows, axis=axis, today=today)


def stretch_of(appointment: Appointment, today: dt.date) -> Stretch:
    """Past and future terms are pale; one that ends within the ladder warns, one that is over is red."""
    ends = term_end(appointment.start_date, appointment.end_date, appointment.position.term_years)
    runs = appointment.start_date <= today and (appointment.end_date is None or today < appointment.end_date)
    if not runs:
        tone = "quiet"
    elif ends <= today:
        tone = "bad"
    else:
        tone = "warn" if due_day(ends, Rung.REFRESH) <= today else ""
    until = max(ends, today) if runs else ends
    name = appointment.person.name
    return Stretch(
        _("%s (interim)") % name if appointment.interim else name, appointment.start_date, until, tone
    )


def ends_chart(ends: list[dt.date], today: dt.date) -> Chart | None:
    """How many terms end in each of the quarters to come."""
    if not ends:
        return None
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    after = months_later(first, 3 * QUARTERS)
    counted = Counter((day.year, (day.month + 2) // 3) for day in ends if today < day < after)
    quarters = [months_later(first, 3 * place) for place in range(QUARTERS)]
    rows = [
        Bar(f"Q{(day.month + 2) // 3} {day.year}", counted[day.year, (day.month + 2) // 3])
        for day in quarters
    ]
    over = sum(day <= today for day in ends)
    if over:
        rows.insert(0, Bar(_("Over already"), over, tone="bad"))
    rows.append(Bar(_("Later"), sum(day >= after for day in ends), tone="quiet"))
    return bars(_("Terms that end, by quarter"), rows)


@member_view
def terms_csv(request: MemberRequest) -> HttpResponse:
    """The same positions, with the days of the ladder."""
    demand(watches_succession(request.member), SUCCESSION_IS_WATCHED_BY)
    rows = [
        [
            *(each.title, PositionType(each.type).label, each.unit, each.incumbent),
            *("yes" if each.interim else "", each.term_number, each.max_terms, each.term_ends),
            *(
                due_day(each.term_ends, rung) if each.term_ends and not each.interim else None
                for rung in Rung
            ),
        ]
        for each in covers_asked_for(TermFilter(request.GET), timezone.localdate())
    ]
    return csv_response("terms.csv", HEAD, rows)
