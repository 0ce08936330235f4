"""One action: how far it is, what came of it, who attests it, and into whose hands the leader lets it go."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passport.enums import ALIVE
from passport.queries import milestones_in_force, stamps_of
from people.access import MemberRequest, demand, member_view
from people.models import Person
from sponsors.enums import ActionState
from sponsors.forms.regimens import ProgressForm
from sponsors.models import Action
from sponsors.permissions import OUTCOME_IS_ATTESTED_BY, RELEASE_IS_BY, can_attest_outcome, can_release
from sponsors.queries.regimens import history_of
from sponsors.seats import Seat
from sponsors.services import outcomes as services
from sponsors.views.regimen_parts import find_action
from sponsors.views.regimens import regimen_trail
from web.forms import status_of
from web.shell import Crumb


@member_view
def progress(request: MemberRequest, person_id: UUID, action_id: UUID) -> HttpResponse:
    """How far an action is, and what came of it."""
    leader, seat, action = find_action(request, person_id, action_id)
    form = None if action.is_attested else form_of(request, action)
    if request.method == "POST":
        form = form or form_of(request, action)
        if form.is_valid():
            try:
                services.report_progress(action, form.report(), by=request.member)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Saved."))
                return redirect("sponsors:regimen", request.organization.slug, leader.pk)
    context = {
        "leader": leader,
        "seat": seat,
        "action": action,
        "form": form,
        "history": history_of(seat, action),
        **compartments(seat, action),
        "breadcrumbs": [*regimen_trail(request, leader), Crumb(action.title)],
    }
    return render(request, "sponsors/action.html", context, status=status_of(form) if form else 200)


def form_of(request: MemberRequest, action: Action) -> ProgressForm:
    milestones = milestones_in_force(on=timezone.localdate())
    initial = ProgressForm.values_of(action)
    return ProgressForm(request.POST or None, milestones=milestones, initial=initial)


def compartments(seat: Seat, action: Action) -> dict[str, object]:
    """Who reads it, and the next step upwards for whoever may take it. Whether it is stamped is told to those
    who may open the Passport."""
    releases, stamp = can_release(seat), None
    if action.is_attested and action.milestone_id and (seat.is_leader or seat.is_manager):
        stamp = stamps_of(action.leader_id).filter(milestone=action.milestone_id, state__in=ALIVE).first()
    is_done = action.state == ActionState.DONE
    return {
        "stamp": stamp,
        "may_attest": is_done and not action.is_attested and can_attest_outcome(seat, private=action.private),
        "may_release": releases and action.private,
        "may_take_back": releases and services.can_be_taken_back(action),
        "attested": releases and action.is_attested and not action.private and stamp is None,
    }


@require_POST
@member_view
def attest(request: MemberRequest, person_id: UUID, action_id: UUID) -> HttpResponse:
    """Say that the outcome is so."""
    leader, seat, action = find_action(request, person_id, action_id)
    demand(can_attest_outcome(seat, private=action.private), OUTCOME_IS_ATTESTED_BY)
    seen = request.POST.get("seen", "")
    said = _("Attested. %(name)s is told.") % {"name": leader.given_name}
    return step(request, leader, action, partial(services.attest_outcome, seen=seen), said)


@require_POST
@member_view
def release(request: MemberRequest, person_id: UUID, action_id: UUID) -> HttpResponse:
    """From leader and sponsor to the team."""
    leader, action = find_to_release(request, person_id, action_id)
    return step(request, leader, action, services.release_to_team, _("The team reads it now."))


@require_POST
@member_view
def take_back(request: MemberRequest, person_id: UUID, action_id: UUID) -> HttpResponse:
    """From the team back to leader and sponsor."""
    leader, action = find_to_release(request, person_id, action_id)
    return step(request, leader, action, services.take_back, _("It is between you and your sponsor again."))


@require_POST
@member_view
def to_passport(request: MemberRequest, person_id: UUID, action_id: UUID) -> HttpResponse:
    """What is attested, into the own Passport."""
    leader, action = find_to_release(request, person_id, action_id)
    return step(request, leader, action, services.release_to_passport, _("It is in your Passport."))


def find_to_release(request: MemberRequest, person_id: UUID, action_id: UUID) -> tuple[Person, Action]:
    leader, seat, action = find_action(request, person_id, action_id)
    demand(can_release(seat), RELEASE_IS_BY)
    return leader, action


def step(
    request: MemberRequest, leader: Person, action: Action, act: Callable[..., object], said: str
) -> HttpResponse:
    """One step, and back to the action, with why not where it was refused."""
    try:
        act(action, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("sponsors:action_progress", request.organization.slug, leader.pk, action.pk)
