"""A leader's team: who looks after what, since when, and for what need."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from sponsors.forms.team import CallForm
from sponsors.permissions import TEAM_IS_CONVENED_BY, TEAM_IS_FOR, can_convene_team
from sponsors.queries.coaching import coaches_here
from sponsors.queries.team import specialists_here, team_of
from sponsors.services.team import convene_specialist, release_specialist
from sponsors.views.charts import find_clinic, trail
from web.forms import status_of
from web.shell import Crumb

SUGGESTED = 30


@member_view
def team(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """The team of now and of before; the sponsor calls somebody into it."""
    leader, seat = find_clinic(request, person_id)
    demand(seat.is_in_team, TEAM_IS_FOR)
    may_convene, today = can_convene_team(seat), timezone.localdate()
    if request.method == "POST":
        demand(may_convene, TEAM_IS_CONVENED_BY)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = convene_specialist(leader, form.call(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(name)s is called into the team.") % {"name": made.specialist.name})
            return redirect("sponsors:team", request.organization.slug, leader.pk)
    seats = list(team_of(leader.pk))
    context = {
        "leader": leader,
        "seat": seat,
        "now": [each for each in seats if each.end_date is None or each.end_date > today],
        "before": [each for each in seats if each.end_date is not None and each.end_date <= today],
        "form": form if may_convene else None,
        "suggested": specialists_here(on=today)[:SUGGESTED] if may_convene else [],
        "coaches": coaches_here(on=today)[:SUGGESTED] if may_convene else [],
        "breadcrumbs": [*trail(request, leader), Crumb(_("Team"))],
    }
    return render(request, "sponsors/team.html", context, status=status_of(form))


@require_POST
@member_view
def release(request: MemberRequest, person_id: UUID, seat_id: UUID) -> HttpResponse:
    """A specialist leaves the team."""
    leader, seat = find_clinic(request, person_id)
    demand(can_convene_team(seat), TEAM_IS_CONVENED_BY)
    found = team_of(leader.pk).filter(pk=seat_id).first()
    if found is None:
        raise Http404
    try:
        release_specialist(found, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("%(name)s is no longer in the team.") % {"name": found.specialist.name})
    return redirect("sponsors:team", request.organization.slug, leader.pk)
