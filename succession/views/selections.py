"""Selections: all of them, one with everything that somebody may do in it, and its public log."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import MemberRequest, demand, member_view
from succession.approval_box import has_voted, receipts
from succession.enums import StandingState
from succession.forms.selections import (
    RULES,
    AppointForm,
    BallotForm,
    DecideForm,
    DeclareForm,
    NameForm,
    OpenForm,
    PanelForm,
    ReasonForm,
    RulesForm,
    StandForm,
)
from succession.models import PanelMember, Selection, Standing
from succession.permissions import (
    SELECTION_IS_FOR,
    SELECTIONS_ARE_RUN_BY,
    can_decide,
    can_interview,
    can_name,
    can_open_selection,
    can_run_selection,
    can_score,
    can_see_selection,
    can_vote,
)
from succession.queries.selections import (
    coverage_of,
    entry_on_roll,
    events_of,
    panel_of,
    place_on_panel,
    seat_in,
    selection_with,
    selections,
    selections_of,
    standings_of,
)
from succession.seats import SelectionSeat
from succession.selection_words import facts_of, way_of
from succession.services.selections import first_day, open_selection
from succession.services.slate_ballots import obstacles
from web.forms import ids_of, status_of
from web.paging import numbered_page
from web.shell import Crumb


@member_view
def selection_list(request: MemberRequest) -> HttpResponse:
    """All that run or ran: the way of each is open to everybody, names are not."""
    mine = {*selections_of(request.member.person_id).values_list("pk", flat=True)}
    page = numbered_page(request, selections())
    context = {
        "page": page,
        "lines": [(each, each.pk in mine) for each in page],
        "may_open": can_open_selection(request.member),
        "breadcrumbs": [Crumb(_("Selections"))],
    }
    return render(request, "succession/selections.html", context)


@member_view
def selection_new(request: MemberRequest) -> HttpResponse:
    """Open one."""
    demand(can_open_selection(request.member), SELECTIONS_ARE_RUN_BY)
    form = OpenForm(request.POST or None, initial={"position": request.GET.get("position", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = open_selection(**form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Open. The staff are told; name a panel next."))
            return redirect("succession:selection", request.organization.slug, made.pk)
    context = {"form": form, "breadcrumbs": [*trail(request), Crumb(_("Open one"))]}
    return render(request, "succession/selection_new.html", context, status=status_of(form))


@member_view
def selection(request: MemberRequest, selection_id: UUID) -> HttpResponse:
    """Where it is, who stands, and what I have to do in it. Whoever has no part in it reads the log."""
    found, seat = find_selection(request, selection_id)
    if not can_see_selection(request.member, seat):
        return redirect("succession:selection_log", request.organization.slug, selection_id)
    return selection_page(request, found, seat)


@member_view
def selection_log(request: MemberRequest, selection_id: UUID) -> HttpResponse:
    """What happened when, by which rules, and the codes of the votes that were counted: for everybody."""
    found, seat = find_selection(request, selection_id)
    context = {
        "selection": found,
        "way": way_of(found),
        "events": [(each, facts_of(each)) for each in events_of(found)],
        "receipts": receipts(found),
        "panel": panel_of(found),
        "may_see": can_see_selection(request.member, seat),
        "breadcrumbs": [*trail(request), Crumb(found.position.title)],
    }
    return render(request, "succession/selection_log.html", context)


def find_selection(request: MemberRequest, selection_id: UUID) -> tuple[Selection, SelectionSeat]:
    """Or 404."""
    found = selection_with(selection_id)
    if found is None:
        raise Http404
    return found, seat_in(found, request.member.person_id, on=timezone.localdate())


def find_own(request: MemberRequest, selection_id: UUID) -> tuple[Selection, SelectionSeat]:
    """One in which the member has a part: 403 for everybody else."""
    found, seat = find_selection(request, selection_id)
    demand(can_see_selection(request.member, seat), SELECTION_IS_FOR)
    return found, seat


def selection_page(
    request: MemberRequest, found: Selection, seat: SelectionSeat, **refused: forms.Form
) -> HttpResponse:
    """The page, also when a form of it was refused."""
    member, person = request.member, request.member.person_id
    runs = found.is_running and can_run_selection(member, seat)
    standings = list(standings_of(found))
    own = next((each for each in standings if each.person_id == person), None)
    context: dict[str, Any] = {
        "selection": found,
        "way": way_of(found),
        "seat": seat,
        "shown": [each for each in standings if each.state in _shown_in(found)],
        "waiting": sum(each.is_asked for each in standings) if runs else 0,
        "own": own,
        "place": place_on_panel(found, person) if seat.on_panel else None,
        "entry": entry_on_roll(found, person) if seat.votes else None,
        "panel": list(panel_of(found)),
        "coverage": coverage_of(found),
        "has_voted": seat.votes and found.is_voting and has_voted(found),
        "runs": runs,
        "obstacles": obstacles(found) if runs and found.is_preparing else [],
        "ballot_is_over": found.closes_on is not None and found.closes_on < timezone.localdate(),
        "may_name": found.is_preparing and can_name(seat),
        "may_vote": found.is_voting and can_vote(seat),
        "may_answer": found.is_preparing and own is not None and own.is_asked,
        "may_withdraw": own is not None
        and ((own.stands and found.is_preparing) or (own.on_slate and found.is_selecting)),
        "may_interview": can_interview(seat),
        "may_score": found.is_selecting and can_score(seat),
        **forms_of(request, found, seat),
        "breadcrumbs": [*trail(request), Crumb(found.position.title)],
        **refused,
    }
    return render(request, "succession/selection.html", context, status=422 if refused else 200)


def _shown_in(selection: Selection) -> set[str]:
    """Whom the staff and the panel see: who said yes; with a slate, the names on it."""
    return {StandingState.ON_SLATE} if selection.has_slate else {StandingState.STANDING}


def forms_of(request: MemberRequest, found: Selection, seat: SelectionSeat) -> dict[str, forms.Form]:
    """Empty, each under its step's name."""
    made: dict[str, forms.Form] = {
        f"{name}_form": form(auto_id=ids_of(name)) for name, form in STEP_FORMS.items()
    }
    if found.is_preparing and can_run_selection(request.member, seat):
        made["rules_form"] = RulesForm(auto_id=ids_of("rules"), initial=model_to_dict(found, fields=RULES))
    if found.is_selecting and can_decide(seat):
        made["decide_form"] = decide_form(found)
    if found.is_decided and can_run_selection(request.member, seat):
        made["appoint_form"] = AppointForm(auto_id=ids_of("appoint"), initial={"start": first_day(found)})
    return made


STEP_FORMS: dict[str, type[forms.Form]] = {
    "name": NameForm,
    "stand": StandForm,
    "panel": PanelForm,
    "rules": RulesForm,
    "declare": DeclareForm,
    "ballot": BallotForm,
    "appoint": AppointForm,
    "stop": ReasonForm,
}


def decide_form(found: Selection, data: Any = None) -> DecideForm:
    slate = standings_of(found).filter(state=StandingState.ON_SLATE)
    return DecideForm(data, slate=slate, auto_id=ids_of("decide"))


def paper_of(found: Selection, person_id: UUID) -> list[Standing]:
    """The names on somebody's paper, in an order of their own that stays: nobody gains by being first."""
    standing = standings_of(found).filter(state=StandingState.STANDING)
    return sorted(standing, key=lambda each: hashlib.sha256(each.pk.bytes + person_id.bytes).digest())


def panel_places(found: Selection) -> list[PanelMember]:
    return [each for each in panel_of(found) if not each.stepped_back]


def trail(request: MemberRequest) -> list[Crumb]:
    return [Crumb(_("Selections"), reverse("succession:selections", args=[request.organization.slug]))]


def crumb_of(request: MemberRequest, found: Selection) -> Crumb:
    page = reverse("succession:selection", args=[request.organization.slug, found.pk])
    return Crumb(found.position.title, page)
