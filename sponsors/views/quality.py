"""The clinic's own quality figures: how long leaders wait for an answer, and for their plan to move."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.cohort_filter import CohortFilter
from people.programme_queries import cohorts_visible_to
from sponsors.permissions import OVERVIEW_IS_FOR, can_see_overview
from sponsors.queries.quality import waits_of
from sponsors.waiting import SMALLEST_GROUP, Waiting
from web.filters import chips
from web.forms import status_of
from web.numbers import decimal
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class Figure:
    """A waiting time as the page tells it."""

    label: str
    median: str
    n: int | None
    note: str


@member_view
def quality(request: MemberRequest) -> HttpResponse:
    """Two medians with n and quartiles, over the leaders one answers for."""
    demand(can_see_overview(request.member), OVERVIEW_IS_FOR)
    today, slug = timezone.localdate(), request.organization.slug
    form = CohortFilter(request.GET, cohorts=cohorts_visible_to(request.member))
    waits = waits_of(request.member, cohort=form.cohort_id, on=today)
    context = {
        "form": form,
        "chips": chips(request, form),
        "figures": [
            figure(_("From a question to its answer"), waits.to_answer),
            figure(_("From a diagnosis to the next plan"), waits.to_adjustment),
        ],
        "as_of": waits.as_of,
        "breadcrumbs": [
            Crumb(_("Clinic"), reverse("sponsors:mine", args=[slug])),
            Crumb(_("Sponsorship"), reverse("sponsors:overview", args=[slug])),
            Crumb(_("Quality")),
        ],
    }
    return render(request, "sponsors/quality.html", context, status=status_of(form))


def figure(label: str, waiting: Waiting) -> Figure:
    if waiting.n is None:
        words = _("Not told: fewer than %(n)d in the last year.") % {"n": SMALLEST_GROUP}
        return Figure(label, decimal(None), None, words)
    note = _("the middle half %(low)s to %(high)s days; %(open)d still wait") % {
        "low": decimal(waiting.low),
        "high": decimal(waiting.high),
        "open": waiting.open,
    }
    return Figure(label, decimal(waiting.median), waiting.n, note)
