"""Figures of other organisations beside one's own: what leaves, who is believed, what came in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from insights.enums import Measure
from insights.exchange import RANGES, LetterRefusedError, SharedFigure
from insights.forms.exchange import LARGEST, ExchangeForm, LetterForm, PartnerForm
from insights.models import ExchangePartner
from insights.permissions import (
    EXCHANGE_IS_KEPT_BY,
    INSIGHTS_ARE_FOR,
    can_keep_exchange,
    can_see_insights,
)
from insights.queries.exchange import (
    newest_letters,
    own_figures,
    partners,
    rule_of_exchange,
    sent_letters,
)
from insights.services.exchange import (
    add_partner,
    keep_letter,
    look_through,
    make_letter,
    own_keys,
    remove_partner,
    set_exchange,
)
from people.access import MemberRequest, demand, member_view
from web.bodies import takes_files
from web.charts import Chart, Estimate, intervals
from web.csv import csv_response
from web.downloads import download
from web.forms import status_of
from web.shell import Crumb

HEAD: Final = ("Organisation", "Measure", "Group", "Period", "n", "Value", "Low", "High")
SENT_SHOWN: Final = 12
Told = list[tuple[str, list[SharedFigure]]]


@member_view
def exchange(request: MemberRequest) -> HttpResponse:
    """Own figures beside those of partners, and the switch."""
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    rule = rule_of_exchange()
    said = {"is_on": rule.is_on, "purpose": rule.purpose} if rule else {}
    form = ExchangeForm(request.POST or None, initial=said)
    if request.method == "POST":
        demand(can_keep_exchange(request.member), EXCHANGE_IS_KEPT_BY)
        if form.is_valid():
            try:
                set_exchange(**form.cleaned_data, by=request.member)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Saved."))
                return redirect("insights:exchange", request.organization.slug)
    told = told_by_all(request)
    context = {
        "rule": rule,
        "form": form,
        "may_keep": can_keep_exchange(request.member),
        "own": told[0][1],
        "charts": charts_of(told),
        "partners": partners(),
        "has_letters": len(told) > 1,
        "sent": sent_letters()[:SENT_SHOWN],
        "breadcrumbs": trail(request),
    }
    return render(request, "insights/exchange.html", context, status=status_of(form))


def told_by_all(request: MemberRequest) -> Told:
    """The organisation itself first."""
    theirs = [(letter.partner.name, figures) for letter, figures in newest_letters()]
    return [(request.organization.name, own_figures()), *theirs]


def charts_of(told: Told) -> list[tuple[Measure, Chart]]:
    """One for each measure that somebody tells; its groups one after the other, each with everybody."""
    found: dict[Measure, dict[str, list[Estimate]]] = {}
    for name, figures in told:
        for each in figures:
            factor = 100 if each.measure.is_share else 1
            label = f"{each.label}: {name}" if each.group else name
            row = Estimate(label, factor * each.value, factor * each.low, factor * each.high, n=each.n)
            found.setdefault(each.measure, {}).setdefault(each.group, []).append(row)
    return [(measure, _chart(measure, found[measure])) for measure in Measure if measure in found]


def _chart(measure: Measure, groups: dict[str, list[Estimate]]) -> Chart:
    rows = [row for estimates in groups.values() for row in estimates]
    if measure.is_share:
        return intervals(_("%(measure)s, percent") % {"measure": measure.label}, rows, low=0)
    low, high = RANGES[measure]
    return intervals(str(measure.label), rows, low=low, high=high)


@member_view
def exchange_csv(request: MemberRequest) -> HttpResponse:
    """The same as a file."""
    demand(can_see_insights(request.member), INSIGHTS_ARE_FOR)
    return csv_response("exchange.csv", HEAD, _rows(told_by_all(request)))


def _rows(told: Told) -> Iterator[list[object]]:
    for name, figures in told:
        for each in figures:
            group = each.label if each.group else ""
            numbers = [round(end, 4) for end in (each.value, each.low, each.high)]
            yield [name, each.measure.label, group, each.period, each.n, *numbers]


@require_POST
@member_view
def letter_out(request: MemberRequest) -> HttpResponse:
    """The signed file with today's figures."""
    try:
        token = make_letter(request.organization, by=request.member)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("insights:exchange", request.organization.slug)
    name = f"exchange-{request.organization.slug}-{timezone.localdate().isoformat()}.jwt"
    return download(name, token, "application/jwt")


@require_POST
@member_view
def keys_out(request: MemberRequest) -> HttpResponse:
    """The public keys, for partners."""
    demand(can_keep_exchange(request.member), EXCHANGE_IS_KEPT_BY)
    return download("keys.json", json.dumps(own_keys(request.organization), indent=2), "application/json")


@takes_files(up_to=lambda: LARGEST)
@member_view
def partner_new(request: MemberRequest) -> HttpResponse:
    """Believe an organisation's files; or its new keys."""
    demand(can_keep_exchange(request.member), EXCHANGE_IS_KEPT_BY)
    form = PartnerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_partner(form.cleaned_data["name"], form.cleaned_data["file"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Files that %(name)s signed are believed.") % {"name": made.name})
            return redirect("insights:exchange", request.organization.slug)
    context: dict[str, Any] = {"form": form, "breadcrumbs": [*trail(request), Crumb(_("A partner"))]}
    return render(request, "insights/exchange_partner.html", context, status=status_of(form))


@require_POST
@member_view
def partner_remove(request: MemberRequest, partner_id: UUID) -> HttpResponse:
    """With everything that they told."""
    demand(can_keep_exchange(request.member), EXCHANGE_IS_KEPT_BY)
    found = get_object_or_404(ExchangePartner, pk=partner_id)
    remove_partner(found, by=request.member)
    messages.success(request, _("%(name)s and what they told are gone.") % {"name": found.name})
    return redirect("insights:exchange", request.organization.slug)


@takes_files(up_to=lambda: LARGEST)
@member_view
def letter_in(request: MemberRequest) -> HttpResponse:
    """A partner's file: looked through first, then kept."""
    demand(can_keep_exchange(request.member), EXCHANGE_IS_KEPT_BY)
    form = LetterForm(request.POST or None, request.FILES or None)
    looked = None
    if request.method == "POST" and form.is_valid():
        token = form.cleaned_data["token"]
        try:
            looked = look_through(token)
            if "keep" in request.POST:
                keep_letter(token, by=request.member)
                words = _("The figures of %(name)s are in.") % {"name": looked.partner.name}
                messages.success(request, words)
                return redirect("insights:exchange", request.organization.slug)
        except LetterRefusedError as refused:
            for fault in refused.faults:
                form.add_error("file", fault)
        except ValidationError as error:
            form.add_error(None, error)
    context: dict[str, Any] = {
        "form": form,
        "looked": looked if form.is_bound and not form.errors else None,
        "breadcrumbs": [*trail(request), Crumb(_("A partner’s file"))],
    }
    return render(request, "insights/exchange_letter.html", context, status=status_of(form))


def trail(request: MemberRequest) -> list[Crumb]:
    slug = request.organization.slug
    return [
        Crumb(_("Insights"), reverse("insights:overview", args=[slug])),
        Crumb(_("Exchange"), reverse("insights:exchange", args=[slug])),
    ]
