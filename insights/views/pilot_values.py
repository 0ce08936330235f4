"""Entering what the units of a pilot measured."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from insights.forms.pilots import PeriodForm, ValuesFileForm, ValuesForm
from insights.models import Pilot
from insights.permissions import PILOTS_ARE_KEPT_BY, can_keep_pilots
from insights.pilot_enums import OutcomeKind
from insights.pilot_files import HEAD, LARGEST, read_values, value_rows
from insights.pilot_periods import period_label
from insights.queries.pilots import all_values, outcome_with, outcomes_of, units_of, values_of
from insights.services.pilot_values import enter_values, set_period
from insights.views.pilots import find_pilot, trail_of
from people.access import MemberRequest, demand, member_view
from web.bodies import takes_files
from web.csv import csv_response
from web.forms import status_of
from web.tables_in import Fault

SHOWN: Final = 200  # faults on the page


@member_view
def pilot_values(request: MemberRequest, outcome_id: UUID) -> HttpResponse:
    """All units of one outcome in one period, which the address names."""
    demand(can_keep_pilots(request.member), PILOTS_ARE_KEPT_BY)
    outcome = outcome_with(outcome_id)
    if outcome is None:
        raise Http404
    periods = PeriodForm(outcome, timezone.localdate(), request.GET or None)
    period = periods.chosen()
    if not periods.is_bound:
        periods.initial = {"period": period.isoformat()}
    units, kind = units_of(outcome.pilot), OutcomeKind(outcome.kind)
    form = (
        ValuesForm(units, kind, request.POST)
        if request.method == "POST"
        else ValuesForm.of(units, kind, values_of(outcome, period=period))
    )
    here = reverse("insights:pilot_values", args=[request.organization.slug, outcome.pk])
    if request.method == "POST" and form.is_valid() and not periods.errors:
        set_period(outcome, period, form.values(), by=request.member)
        messages.success(request, _("Saved: %s.") % period_label(period, outcome.period))
        return redirect(f"{here}?period={period.isoformat()}")
    context = {
        "outcome": outcome,
        "pilot": outcome.pilot,
        "periods": periods,
        "period": period_label(period, outcome.period),
        "action": f"{here}?period={period.isoformat()}",
        "form": form,
        "units": units,
        "breadcrumbs": trail_of(request, outcome.pilot, outcome.name),
    }
    status = status_of(periods) if periods.errors else status_of(form)
    return render(request, "insights/pilot_values.html", context, status=status)


@member_view
def pilot_values_csv(request: MemberRequest, pilot_id: UUID) -> HttpResponse:
    """What was entered, as such a file."""
    demand(can_keep_pilots(request.member), PILOTS_ARE_KEPT_BY)
    pilot = find_pilot(pilot_id)
    return csv_response(f"values-{pilot.name}.csv", HEAD, value_rows(all_values(pilot)))


@takes_files(up_to=lambda: LARGEST)
@member_view
def pilot_values_file(request: MemberRequest, pilot_id: UUID) -> HttpResponse:
    """All rows of a file or none."""
    demand(can_keep_pilots(request.member), PILOTS_ARE_KEPT_BY)
    pilot = find_pilot(pilot_id)
    if request.method != "POST":
        return _file_page(request, pilot, ValuesFileForm(), [])
    form = ValuesFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _file_page(request, pilot, form, [])
    today = timezone.localdate()
    found = read_values(form.cleaned_data["file"], outcomes_of(pilot), units_of(pilot), today=today)
    if found.faults:
        return _file_page(request, pilot, form, found.faults)
    count = enter_values(found.values, by=request.member)
    messages.success(request, _("Values taken over: %(count)d.") % {"count": count})
    return redirect("insights:pilot", request.organization.slug, pilot.pk)


def _file_page(
    request: MemberRequest, pilot: Pilot, form: ValuesFileForm, faults: list[Fault]
) -> HttpResponse:
    context = {
        "pilot": pilot,
        "form": form,
        "faults": faults[:SHOWN],
        "count": len(faults),
        "head": HEAD,
        "breadcrumbs": trail_of(request, pilot, _("From a file")),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "insights/pilot_values_file.html", context, status=status)
