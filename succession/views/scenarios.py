"""The years to come: simulated, kept, compared with what if."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.enums import PositionType
from people.models import Position
from people.terms import months_later
from succession.forms.scenarios import QuestionForm
from succession.models import Scenario
from succession.permissions import SUCCESSION_IS_WATCHED_BY, watches_succession
from succession.queries.intentions import declarations
from succession.services.scenarios import simulate
from succession.vacancies import ASSUMED_EXITS, ASSUMED_STAY, ASSUMED_WITHDRAWALS
from succession.views.pools import trail
from web.charts import Chart, Point, trend
from web.forms import status_of
from web.paging import numbered_page
from web.shell import Crumb

INTERVAL = "5 to 95 % of the runs"
DECEMBERS = 10  # the month in which the last quarter of a year begins


@member_view
def scenarios(request: MemberRequest) -> HttpResponse:
    """What was simulated, the latest first, and a new question."""
    demand(watches_succession(request.member), SUCCESSION_IS_WATCHED_BY)
    form = QuestionForm(request.POST or None, initial={"title": _("As planned"), **asked_by(request)})
    if request.method == "POST" and form.is_valid():
        try:
            made = simulate(form.question(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("succession:scenario", request.organization.slug, made.pk)
    found = Scenario.objects.defer("figures").select_related("position", "made_by").order_by("-made_at", "pk")
    context = {
        "form": form,
        "page": numbered_page(request, found),
        "declared": len(declarations(on=timezone.localdate())),
        "rates": [(PositionType(kind).label, 100 * rate) for kind, rate in ASSUMED_EXITS.items()],
        "withdrawals": 100 * ASSUMED_WITHDRAWALS,
        "stay": ASSUMED_STAY // 4,
        "breadcrumbs": [*trail(request), Crumb(_("Years to come"))],
    }
    return render(request, "succession/scenarios.html", context, status=status_of(form))


def asked_by(request: MemberRequest) -> dict[str, str]:
    """A position's page asks for its own."""
    asked = request.GET.get("position", "")
    return {"position": asked, "title": _("What if")} if asked else {}


@member_view
def scenario(request: MemberRequest, scenario_id: UUID) -> HttpResponse:
    """One simulation: vacancies by quarter, and the positions that are unfilled most often."""
    demand(watches_succession(request.member), SUCCESSION_IS_WATCHED_BY)
    found = get_object_or_404(Scenario.objects.select_related("position", "made_by"), pk=scenario_id)
    figures = found.figures
    titles = {
        str(key): title
        for key, title in Position.objects.filter(pk__in=[row[0] for row in figures["often"]]).values_list(
            "pk", "title"
        )
    }
    page = reverse("succession:scenarios", args=[request.organization.slug])
    context = {
        "scenario": found,
        "figures": figures,
        "charts": [
            (words, quarters_chart(words, figures[key]["unfilled"], found.start))
            for key, words in (("planned", _("As planned")), ("asked", _("If they leave")))
            if figures[key]
        ],
        "vacancies": quarters_chart(
            _("Positions that fall vacant"),
            (figures["asked"] or figures["planned"])["vacancies"],
            found.start,
        ),
        "often": [
            (
                key,
                titles.get(key, _("a position that is no longer there")),
                100 * planned,
                asked and 100 * asked,
            )
            for key, planned, asked in figures["often"]
        ],
        "breadcrumbs": [*trail(request), Crumb(_("Years to come"), page), Crumb(found.title)],
    }
    return render(request, "succession/scenario.html", context)


def quarters_chart(label: str, quantiles: list[list[int]], start: dt.date) -> Chart:
    """Medians with the range of nine runs in ten, at the end of each calendar year and of the eight years."""
    low, middle, high = quantiles
    first = start.replace(month=(start.month - 1) // 3 * 3 + 1, day=1)
    points = []
    for place, value in enumerate(middle):
        day = months_later(first, 3 * place)
        if day.month == DECEMBERS or place == len(middle) - 1:
            points.append(Point(str(day.year), value, low[place], high[place]))
    return trend(label, points, low=0, value_name=_("Median"), interval_name=INTERVAL, places=0)
