"""The steps of a selection's page: each is posted, done by one service, and said."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from people.member import Member
from people.steps import Step, take_step
from succession.enums import RUNNING_STATES, SelectionState
from succession.forms.selections import DecideForm
from succession.models import Selection, Standing
from succession.permissions import (
    DECISION_IS_TAKEN_BY,
    NAMES_ARE_GIVEN_BY,
    SCORES_ARE_GIVEN_BY,
    SELECTIONS_ARE_RUN_BY,
    STANDING_IS_ANSWERED_BY,
    can_decide,
    can_name,
    can_run_selection,
    can_score,
)
from succession.queries.selections import place_on_panel
from succession.seats import SelectionSeat
from succession.services.appointing import appoint
from succession.services.interviews import share_out
from succession.services.panels import decide, declare, hand_in, name_panel_member
from succession.services.selections import set_rules, stop_selection
from succession.services.slate_ballots import count_ballot, open_ballot
from succession.services.standings import name, say_no, stand, withdraw
from succession.views.selections import (
    STEP_FORMS,
    decide_form,
    find_own,
    find_selection,
    selection_page,
)
from web.forms import ids_of

STEPS = {
    "name": Step(STEP_FORMS["name"], name, _("They are asked.")),
    "stand": Step(STEP_FORMS["stand"], stand, _("You stand. The staff see your name.")),
    "say-no": Step(forms.Form, say_no, _("Written down. Nobody else is told.")),
    "withdraw": Step(forms.Form, withdraw, _("You no longer stand.")),
    "panel": Step(STEP_FORMS["panel"], name_panel_member, _("They are on the panel, and told.")),
    "declare": Step(STEP_FORMS["declare"], declare, _("Written down.")),
    "rules": Step(STEP_FORMS["rules"], set_rules, _("Changed, and told in the log.")),
    "share": Step(forms.Form, share_out, _("Shared out. The panel offers times next.")),
    "ballot": Step(STEP_FORMS["ballot"], open_ballot, _("Open. The staff are told.")),
    "count": Step(forms.Form, count_ballot, _("Counted.")),
    "hand-in": Step(forms.Form, hand_in, _("Handed in.")),
    "decide": Step(DecideForm, decide, _("Written down. Everybody who took part is told.")),
    "appoint": Step(STEP_FORMS["appoint"], appoint, _("Appointed. The term is on record.")),
    "stop": Step(STEP_FORMS["stop"], stop_selection, _("Stopped.")),
}
OF_CANDIDATES = ("stand", "say-no", "withdraw")
OF_HR = ("panel", "rules", "share", "ballot", "count", "appoint", "stop")


def may_take(step: str, seat: SelectionSeat, member: Member, own: Standing | None) -> None:
    """403 for a step that is somebody else's."""
    if step in OF_HR:
        demand(can_run_selection(member, seat), SELECTIONS_ARE_RUN_BY)
    elif step in OF_CANDIDATES:
        demand(own is not None, STANDING_IS_ANSWERED_BY)
    elif step == "name":
        demand(can_name(seat), NAMES_ARE_GIVEN_BY)
    elif step == "decide":
        demand(can_decide(seat), DECISION_IS_TAKEN_BY)
    elif step == "declare":
        demand(seat.on_panel, SCORES_ARE_GIVEN_BY)
    else:
        demand(can_score(seat), SCORES_ARE_GIVEN_BY)


def subject_of(step: str, found: Selection, own: Standing | None, member: Member) -> Model:
    """What the step's service acts on: the selection, one's own standing, one's own place on the panel."""
    subject: Model | None = found
    if step in OF_CANDIDATES:
        subject = own
    elif step == "declare":
        subject = place_on_panel(found, member.person_id)
    if subject is None:
        raise Http404
    return subject


def step_of(step: str) -> Callable[..., HttpResponse]:
    """The view that takes one step."""

    @require_POST
    @member_view
    def view(request: MemberRequest, selection_id: UUID) -> HttpResponse:
        found, seat = find_own(request, selection_id)
        own = Standing.objects.filter(selection=found, person=request.member.person_id).first()
        may_take(step, seat, request.member, own)
        form = (
            decide_form(found, request.POST)
            if step == "decide"
            else STEPS[step].form(request.POST, auto_id=ids_of(step))
        )
        if take_step(STEPS[step], subject_of(step, found, own, request.member), form, request) is None:
            found, seat = find_selection(request, selection_id)  # as it is now
            shown = f"{step}_form"
            if shown not in _ON_THE_PAGE or found.state not in _SHOWN_IN.get(step, RUNNING_STATES):
                words = [str(each) for faults in form.errors.values() for each in faults]
                messages.error(request, " ".join(words))
                return redirect("succession:selection", request.organization.slug, selection_id)
            return selection_page(request, found, seat, **{shown: form})
        return redirect("succession:selection", request.organization.slug, selection_id)

    return view


# What a form that was refused is shown in; in another state its words are a message.
_SHOWN_IN = {
    **{step: {SelectionState.PREPARING} for step in ("name", "stand", "panel", "rules", "ballot")},
    "decide": {SelectionState.SELECTING},
    "appoint": {SelectionState.DECIDED},
}
_ON_THE_PAGE = {*(f"{name}_form" for name in STEP_FORMS), "decide_form"}
