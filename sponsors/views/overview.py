"""How many leaders have a primary sponsor, who has none, and how the load is spread."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from people.cohort_filter import CohortFilter
from people.models import Person
from people.programme_queries import cohorts_visible_to
from sponsors.permissions import (
    OVERVIEW_IS_FOR,
    can_see_leaders_without,
    can_see_overview,
)
from sponsors.queries.sponsorship_overview import sponsored_of
from sponsors.queries.sponsorships import leaders_without_sponsor
from web.files import file_links, table_response
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.numbers import MISSING, decimal
from web.paging import keyset_page
from web.shell import Crumb


@member_view
def overview(request: MemberRequest) -> HttpResponse:
    """The share with a sponsor, with n and interval; below it, by name, who has none."""
    demand(can_see_overview(request.member), OVERVIEW_IS_FOR)
    today, slug = timezone.localdate(), request.organization.slug
    form = CohortFilter(request.GET, cohorts=cohorts_visible_to(request.member))
    cohort = form.cohort_id
    told = sponsored_of(request.member, cohort=cohort, on=today)
    sponsored = told.with_sponsor
    by_name = can_see_leaders_without(request.member)
    rows = (
        leaders_without_sponsor(request.member, cohort=cohort, on=today)
        if form.is_valid() and by_name
        else None
    )
    page = keyset_page(
        request, rows if rows is not None else Person.objects.none(), order=("search_key", "pk")
    )
    context = {
        "form": form,
        "chips": chips(request, form),
        "sponsored": sponsored,
        "percent": MISSING if sponsored.share is None else decimal(sponsored.share * 100, 0),
        "interval": ""
        if sponsored.low is None or sponsored.high is None
        else f"{decimal(sponsored.low * 100, 0)}–{decimal(sponsored.high * 100, 0)} %",
        "load": told.load,
        "as_of": told.as_of,
        "by_name": by_name,
        "page": page,
        "files": file_links(request, "sponsors:overview", ["csv"], slug) if by_name else [],
        "breadcrumbs": [Crumb(_("Clinic"), reverse("sponsors:mine", args=[slug])), Crumb(_("Sponsorship"))],
    }
    return render_page(request, "sponsors/overview.html", context, partial="list", status=status_of(form))


@member_view
def overview_csv(request: MemberRequest) -> HttpResponse:
    """Leaders without a primary sponsor, all of them."""
    demand(can_see_leaders_without(request.member), OVERVIEW_IS_FOR)
    form = CohortFilter(request.GET, cohorts=cohorts_visible_to(request.member))
    head = [_("Leader"), _("Unit"), _("Stage"), _("On its way")]
    rows = leaders_without_sponsor(request.member, cohort=form.cohort_id, on=timezone.localdate())
    cells = (
        [
            each.name,
            each.unit.name,
            each.get_career_stage_display(),
            _("asked") if each.has_asked else MISSING,  # type: ignore[attr-defined]  # annotated
        ]
        for each in rows
    )
    return table_response("csv", _("without-a-sponsor"), head, cells)
