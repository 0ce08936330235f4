"""Planning a pilot: what is tried, in which units, by which outcomes."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from insights.forms.pilots import OutcomeForm, PilotForm, PilotUnitForm
from insights.models import Pilot
from insights.permissions import PILOTS_ARE_KEPT_BY, can_keep_pilots
from insights.queries.pilots import outcome_with, outcomes_of, pilot_unit_with, units_of
from insights.services.pilots import (
    add_outcome,
    add_unit,
    call_off_pilot,
    change_pilot,
    plan_pilot,
    remove_outcome,
    remove_unit,
)
from insights.views.pilots import find_pilot, trail, trail_of
from people.access import MemberRequest, demand, member_view
from web.forms import ids_of, status_of
from web.shell import Crumb


@member_view
def pilot_new(request: MemberRequest) -> HttpResponse:
    """Then on to its units and outcomes."""
    demand(can_keep_pilots(request.member), PILOTS_ARE_KEPT_BY)
    form = PilotForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_pilot(form.plan(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Planned: %s.") % made)
            return redirect("insights:pilot_set_up", request.organization.slug, made.pk)
    context = {
        "form": form,
        "back": reverse("insights:pilots", args=[request.organization.slug]),
        "breadcrumbs": [*trail(request), Crumb(_("Plan a pilot"))],
    }
    return render(request, "insights/pilot_form.html", context, status=status_of(form))


@member_view
def pilot_edit(request: MemberRequest, pilot_id: UUID) -> HttpResponse:
    demand(can_keep_pilots(request.member), PILOTS_ARE_KEPT_BY)
    pilot = find_pilot(pilot_id)
    form = PilotForm(request.POST) if request.method == "POST" else PilotForm.of(pilot)
    if request.method == "POST" and form.is_valid():
        try:
            change_pilot(pilot, form.plan(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("insights:pilot", request.organization.slug, pilot.pk)
    context = {
        "form": form,
        "pilot": pilot,
        "has_begun": pilot.has_begun(timezone.localdate()),
        "back": reverse("insights:pilot", args=[request.organization.slug, pilot.pk]),
        "breadcrumbs": trail_of(request, pilot, _("Change")),
    }
    return render(request, "insights/pilot_form.html", context, status=status_of(form))


@require_POST
@member_view
def pilot_call_off(request: MemberRequest, pilot_id: UUID) -> HttpResponse:
    demand(can_keep_pilots(request.member), PILOTS_ARE_KEPT_BY)
    pilot = find_pilot(pilot_id)
    try:
        call_off_pilot(pilot, by=request.member)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("insights:pilot", request.organization.slug, pilot.pk)
    messages.success(request, _("Called off: %s.") % pilot)
    return redirect("insights:pilots", request.organization.slug)


@member_view
def pilot_set_up(request: MemberRequest, pilot_id: UUID) -> HttpResponse:
    """Its units and outcomes, to add and to take away."""
    demand(can_keep_pilots(request.member), PILOTS_ARE_KEPT_BY)
    return set_up_page(request, find_pilot(pilot_id))


@require_POST
@member_view
def pilot_unit_add(request: MemberRequest, pilot_id: UUID) -> HttpResponse:
    demand(can_keep_pilots(request.member), PILOTS_ARE_KEPT_BY)
    pilot = find_pilot(pilot_id)
    form = PilotUnitForm(request.POST, auto_id=ids_of("unit"))
    if form.is_valid():
        try:
            add_unit(pilot, form.cleaned_data["unit"], form.cleaned_data["arm"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("insights:pilot_set_up", request.organization.slug, pilot.pk)
    return set_up_page(request, pilot, unit_form=form)


@require_POST
@member_view
def pilot_outcome_add(request: MemberRequest, pilot_id: UUID) -> HttpResponse:
    demand(can_keep_pilots(request.member), PILOTS_ARE_KEPT_BY)
    pilot = find_pilot(pilot_id)
    form = OutcomeForm(request.POST, auto_id=ids_of("outcome"))
    if form.is_valid():
        try:
            add_outcome(pilot, form.plan(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("insights:pilot_set_up", request.organization.slug, pilot.pk)
    return set_up_page(request, pilot, outcome_form=form)


@require_POST
@member_view
def pilot_unit_remove(request: MemberRequest, unit_id: UUID) -> HttpResponse:
    demand(can_keep_pilots(request.member), PILOTS_ARE_KEPT_BY)
    unit = pilot_unit_with(unit_id)
    if unit is None:
        raise Http404
    try:
        remove_unit(unit, by=request.member)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("insights:pilot_set_up", request.organization.slug, unit.pilot_id)


@require_POST
@member_view
def pilot_outcome_remove(request: MemberRequest, outcome_id: UUID) -> HttpResponse:
    demand(can_keep_pilots(request.member), PILOTS_ARE_KEPT_BY)
    outcome = outcome_with(outcome_id)
    if outcome is None:
        raise Http404
    try:
        remove_outcome(outcome, by=request.member)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("insights:pilot_set_up", request.organization.slug, outcome.pilot_id)


def set_up_page(
    request: MemberRequest,
    pilot: Pilot,
    *,
    unit_form: forms.Form | None = None,
    outcome_form: forms.Form | None = None,
) -> HttpResponse:
    """With a form that was refused, or empty ones."""
    unit_form = unit_form or PilotUnitForm(auto_id=ids_of("unit"))
    outcome_form = outcome_form or OutcomeForm(auto_id=ids_of("outcome"))
    context = {
        "pilot": pilot,
        "units": units_of(pilot),
        "outcomes": outcomes_of(pilot),
        "unit_form": unit_form,
        "outcome_form": outcome_form,
        "has_begun": pilot.has_begun(timezone.localdate()),
        "breadcrumbs": trail_of(request, pilot, _("Units and outcomes")),
    }
    status = 422 if unit_form.errors or outcome_form.errors else 200
    return render(request, "insights/pilot_set_up.html", context, status=status)
