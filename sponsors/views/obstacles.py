"""What stands in a leader's way: in the leader's clinic, on one page each, and what I am asked to remove."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from people.steps import Step, take_step
from sponsors.forms.obstacles import ChangeForm, CloseForm, RaiseForm, ReopenForm
from sponsors.models import Obstacle
from sponsors.permissions import (
    OBSTACLE_IS_KEPT_BY,
    OBSTACLES_ARE_FOR,
    can_keep_obstacle,
    can_raise_obstacle,
    can_see_obstacle_report,
)
from sponsors.queries.obstacles import (
    obstacle_visible_to,
    obstacles_shown_to,
    obstacles_to_remove,
    steps_of,
)
from sponsors.seats import Seat
from sponsors.services.obstacles import change_obstacle, close_obstacle, raise_obstacle, reopen_obstacle
from sponsors.views.charts import find_clinic, trail
from web.forms import ids_of, status_of
from web.paging import keyset_page, numbered_page
from web.shell import Crumb

USUAL = dt.timedelta(days=42)  # that whoever removes one has, unless somebody says otherwise

STEPS = {
    "change": Step(ChangeForm, change_obstacle, gettext_lazy("Saved. A new owner is told.")),
    "close": Step(CloseForm, close_obstacle, gettext_lazy("Written down. The leader is told.")),
    "reopen": Step(ReopenForm, reopen_obstacle, gettext_lazy("It is open again.")),
}


@member_view
def obstacles(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Of one leader; the leader and the team raise one here."""
    leader, seat = find_clinic(request, person_id)
    demand(seat.is_in_team, OBSTACLES_ARE_FOR)
    first = {"due_on": timezone.localdate() + USUAL}
    may_be_private = can_raise_obstacle(seat, private=True)
    form = RaiseForm(request.POST or None, initial=first, may_be_private=may_be_private)
    if request.method == "POST" and form.is_valid():
        try:
            made = raise_obstacle(leader, form.raised(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = _("%(name)s is asked to remove it.") % {"name": made.owner.name}
            messages.success(request, said)
            return redirect("sponsors:obstacles", request.organization.slug, leader.pk)
    context = {
        "leader": leader,
        "seat": seat,
        "page": numbered_page(request, obstacles_shown_to(seat)),
        "form": form,
        "breadcrumbs": [*trail(request, leader), Crumb(_("Obstacles"))],
    }
    return render(request, "sponsors/obstacles.html", context, status=status_of(form))


@member_view
def mine(request: MemberRequest) -> HttpResponse:
    """What I am asked to remove, the most urgent first."""
    clinic = reverse("sponsors:mine", args=[request.organization.slug])
    page = keyset_page(request, obstacles_to_remove(request.member.person_id), order=("due_on", "pk"))
    context = {
        "page": page,
        "may_report": can_see_obstacle_report(request.member),
        "breadcrumbs": [Crumb(_("Clinic"), clinic), Crumb(_("Obstacles to remove"))],
    }
    return render(request, "sponsors/obstacles_mine.html", context)


@member_view
def obstacle(request: MemberRequest, obstacle_id: UUID) -> HttpResponse:
    """One with its history."""
    return obstacle_page(request, *find_obstacle(request, obstacle_id))


def find_obstacle(request: MemberRequest, obstacle_id: UUID) -> tuple[Obstacle, Seat]:
    """One that the member may read, or 404."""
    found = obstacle_visible_to(request.member, obstacle_id, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def obstacle_page(request: MemberRequest, found: Obstacle, seat: Seat, **refused: forms.Form) -> HttpResponse:
    """The page, also when a form of it was refused."""
    due_on = max(found.due_on, timezone.localdate())
    crumbs = [*trail(request, found.leader), Crumb(_("Obstacles"), _list(request, found))]
    if not seat.is_in_team:
        mine_page = reverse("sponsors:obstacles_mine", args=[request.organization.slug])
        crumbs = [Crumb(_("Obstacles to remove"), mine_page)]
    context = {
        "obstacle": found,
        "seat": seat,
        "steps": steps_of(found),
        "may_keep": can_keep_obstacle(seat, found),
        "change_form": ChangeForm(
            initial={"owner": found.owner.email, "due_on": due_on}, auto_id=ids_of("change")
        ),
        "close_form": CloseForm(auto_id=ids_of("close")),
        "reopen_form": ReopenForm(initial={"due_on": timezone.localdate() + USUAL}, auto_id=ids_of("reopen")),
        "breadcrumbs": [*crumbs, Crumb(found.get_kind_display())],
        **refused,
    }
    return render(request, "sponsors/obstacle.html", context, status=422 if refused else 200)


def _list(request: MemberRequest, found: Obstacle) -> str:
    return reverse("sponsors:obstacles", args=[request.organization.slug, found.leader_id])


def step_of(name: str) -> Callable[..., HttpResponse]:
    """The view that takes one step."""

    @require_POST
    @member_view
    def view(request: MemberRequest, obstacle_id: UUID) -> HttpResponse:
        found, seat = find_obstacle(request, obstacle_id)
        demand(can_keep_obstacle(seat, found), OBSTACLE_IS_KEPT_BY)
        form = STEPS[name].form(request.POST, auto_id=ids_of(name))
        if take_step(STEPS[name], found, form, request) is None:
            found, seat = find_obstacle(request, obstacle_id)  # as it is now
            return obstacle_page(request, found, seat, **{f"{name}_form": form})
        return redirect("sponsors:obstacle", request.organization.slug, found.pk)

    return view
