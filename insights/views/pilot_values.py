"""Entering what the units of a pilot measured."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from insights.forms.pilots import PeriodForm, ValuesForm
from insights.permissions import PILOTS_ARE_KEPT_BY, can_keep_pilots
from insights.pilot_enums import OutcomeKind
from insights.pilot_periods import period_label
from insights.queries.pilots import outcome_with, units_of, values_of
from insights.services.pilot_values import set_period
from insights.views.pilots import trail_of
from people.access import MemberRequest, demand, member_view
from web.forms import status_of


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
