"""What is shown at a gate, looked at, recommended and decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passport.evidence_files import MAXIMUM_BYTES, evidence_response
from passport.quarantine import with_held
from people.access import MemberRequest, demand, member_view
from sponsors.enums import ProofState
from sponsors.forms.onboarding import DecisionForm, LookForm, ProofForm, RecommendationForm
from sponsors.models import Gate, GateProof, Onboarding
from sponsors.permissions import (
    GATE_IS_DECIDED_BY,
    GATE_IS_RECOMMENDED_BY,
    ONBOARDING_IS_FOR,
    PROOF_COMES_FROM,
    PROOF_IS_CONFIRMED_BY,
    can_confirm_proof,
    can_read_gates,
    can_read_proof,
    can_recommend,
    can_show_proof,
)
from sponsors.plan.onboarding import days_of_extension, decisions_at
from sponsors.queries.gates import ItemShown, items_of, newest_words, open_gate_of
from sponsors.queries.onboarding import Place
from sponsors.services.gate_proofs import confirm_proof, return_proof, show_proof, withdraw_proof
from sponsors.services.gates import decide_gate, recommend
from sponsors.views.onboarding import find_onboarding, trail
from web.bodies import takes_files
from web.forms import status_of
from web.shell import Crumb


@takes_files(up_to=lambda: MAXIMUM_BYTES)
@member_view
def item(request: MemberRequest, person_id: UUID, item_id: UUID) -> HttpResponse:
    """One thing to show: what was shown of it, and for the leader showing it."""
    place, found = find_gates(request, person_id)
    shown = find_item(found, item_id)
    if request.method != "POST":
        return item_page(request, place, shown)
    demand(can_show_proof(place.seat), PROOF_COMES_FROM)
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            show_proof(found, shown.item, form.shown(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Shown. Whoever confirms it is told."))
            return redirect("sponsors:gate_item", request.organization.slug, person_id, item_id)
    return item_page(request, place, shown, proof_form=form)


@require_POST
@member_view
def look(request: MemberRequest, person_id: UUID, proof_id: UUID) -> HttpResponse:
    """Confirm what was shown, or send it back."""
    place, found = find_gates(request, person_id)
    proof = find_proof(found, proof_id)
    demand(can_confirm_proof(place.seat, private=proof.item.is_private), PROOF_IS_CONFIRMED_BY)
    form = LookForm(request.POST)
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            if request.POST.get("say") == "confirm":
                confirm_proof(proof, note=note, by=request.member)
                messages.success(request, _("Confirmed."))
            else:
                return_proof(proof, note=note, by=request.member)
                messages.success(request, _("Sent back; the leader reads your note."))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("sponsors:onboarding", request.organization.slug, person_id)
    return item_page(request, place, find_item(found, proof.item_id), look_form=form)


@require_POST
@member_view
def withdraw(request: MemberRequest, person_id: UUID, proof_id: UUID) -> HttpResponse:
    """Take back what nobody has looked at yet."""
    _place, found = find_gates(request, person_id)
    proof = find_proof(found, proof_id)
    try:
        withdraw_proof(proof, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken back."))
    return redirect("sponsors:gate_item", request.organization.slug, person_id, proof.item_id)


# Where somebody makes a browser show it all the same, it can do nothing.
@csp_update({"sandbox": []})  # type: ignore[arg-type]  # typed for views without arguments
@member_view
def file(request: MemberRequest, person_id: UUID, proof_id: UUID) -> HttpResponse:
    """What was attached, as a download and never as a page of ours."""
    place, found = find_gates(request, person_id)
    proof = find_proof(found, proof_id)
    demand(reads_proof(place, private=proof.item.is_private), PROOF_IS_CONFIRMED_BY)
    if not proof.file:
        raise Http404
    return evidence_response(proof.file, proof.file_name or "file")


@member_view
def gate_recommend(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """As the sponsor or the immediate leader."""
    place, gate = find_open_gate(request, person_id)
    demand(can_recommend(place.seat), GATE_IS_RECOMMENDED_BY)
    form = RecommendationForm(request.POST or None, decisions=decisions_at(gate.number))
    if request.method == "POST" and form.is_valid():
        try:
            recommend(gate, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Recommended. The leader reads it now."))
            return redirect("sponsors:onboarding", request.organization.slug, person_id)
    return gate_page(request, place, gate, form, _("Recommend"))


@member_view
def gate_decide(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """As the chair, on two recommendations."""
    place, gate = find_open_gate(request, person_id)
    demand(place.is_chair, GATE_IS_DECIDED_BY)
    form = DecisionForm(request.POST or None, decisions=decisions_at(gate.number))
    if request.method == "POST" and form.is_valid():
        try:
            decide_gate(gate, form.verdict(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Decided. The leader is told, and reads why."))
            return redirect("sponsors:onboarding", request.organization.slug, person_id)
    return gate_page(request, place, gate, form, _("Decide"))


def find_gates(request: MemberRequest, person_id: UUID) -> tuple[Place, Onboarding]:
    """For whoever reads what is said at the gates; 404 where there is no onboarding."""
    place = find_onboarding(request, person_id)
    demand(can_read_gates(place.seat, is_chair=place.is_chair), ONBOARDING_IS_FOR)
    if place.onboarding is None:
        raise Http404
    return place, place.onboarding


def find_open_gate(request: MemberRequest, person_id: UUID) -> tuple[Place, Gate]:
    place, found = find_gates(request, person_id)
    gate = open_gate_of(found.pk) if found.is_running else None
    if gate is None:
        raise Http404
    return place, gate


def find_item(onboarding: Onboarding, item_id: UUID) -> ItemShown:
    for items in items_of(onboarding).values():
        for each in items:
            if each.item.pk == item_id:
                return each
    raise Http404


def find_proof(onboarding: Onboarding, proof_id: UUID) -> GateProof:
    proof = GateProof.objects.filter(onboarding=onboarding, pk=proof_id).select_related("item").first()
    if proof is None:
        raise Http404
    return proof


def reads_proof(place: Place, *, private: bool) -> bool:
    return can_read_proof(place.seat, private=private, is_chair=place.is_chair)


def item_page(request: MemberRequest, place: Place, shown: ItemShown, **refused: forms.Form) -> HttpResponse:
    """The page, also when one of its forms was refused."""
    running = place.onboarding is not None and place.onboarding.is_running
    state = shown.proof.state if shown.proof else None
    private = shown.item.is_private
    context: dict[str, Any] = {
        "place": place,
        "leader": place.leader,
        "item": shown.item,
        "proofs": with_held(shown.proofs),
        "reads": reads_proof(place, private=private),
        "proof_form": ProofForm()
        if running and can_show_proof(place.seat) and state in {None, ProofState.RETURNED}
        else None,
        "look_form": LookForm()
        if running and can_confirm_proof(place.seat, private=private) and state == ProofState.SHOWN
        else None,
        "may_withdraw": running and can_show_proof(place.seat) and state == ProofState.SHOWN,
        "breadcrumbs": [*trail(request, place), Crumb(shown.item.title)],
        **refused,
    }
    return render(request, "sponsors/gate_item.html", context, status=422 if refused else 200)


def gate_page(request: MemberRequest, place: Place, gate: Gate, form: forms.Form, title: str) -> HttpResponse:
    """A form beside everything it is to be decided on."""
    assert place.onboarding is not None  # noqa: S101 - there is a gate
    today = timezone.localdate()
    context = {
        "leader": place.leader,
        "gate": gate,
        "form": form,
        "title": title,
        "items": items_of(place.onboarding)[gate.number],
        "words": list(newest_words(gate).values()),
        "days": days_of_extension(place.onboarding.started_on, gate.number, gate.due_on, on=today),
        "breadcrumbs": [*trail(request, place), Crumb(title)],
    }
    return render(request, "sponsors/gate_form.html", context, status=status_of(form))
