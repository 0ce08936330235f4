"""Whether the pools represent the people they could be drawn from: figures that were told once a year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.access import MemberRequest, demand, member_view
from succession.permissions import (
    REPRESENTATION_IS_FOR,
    REPRESENTATION_IS_SWITCHED_BY,
    can_switch_representation,
    watches_succession,
)
from succession.queries.representation import (
    ToldPart,
    ToldTrait,
    rule_of_representation,
    told_representation,
    tried_and_kept_back,
)
from succession.representation import Verdict
from succession.services.representation import switch_representation
from succession.views.pools import trail
from web.charts import Chart, Estimate, intervals
from web.csv import csv_response
from web.forms import status_of
from web.shell import Crumb

WORDS: Final = {
    Verdict.CONSISTENT: gettext_lazy("consistent with the workforce"),
    Verdict.FEWER: gettext_lazy("fewer than expected"),
    Verdict.MORE: gettext_lazy("more than expected"),
    Verdict.CANNOT_TELL: gettext_lazy("cannot tell: even none could be chance"),
}
TONES: Final = {Verdict.FEWER: "warn", Verdict.CONSISTENT: "ok"}
HEAD: Final = (
    *("Trait", "Told on", "Part", "Group", "In pools", "Of declared in pools", "Share in pools"),
    *("Share of workforce", "Parity", "Least by chance", "Most by chance", "Verdict"),
    *("Blau index", "Not declared in pools", "Not declared in workforce"),
)


class SwitchForm(forms.Form):
    is_on = forms.BooleanField(label=gettext_lazy("Look at representation once a year"), required=False)
    purpose = forms.CharField(
        label=gettext_lazy("For what"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "The purpose under data-protection law. Everybody who may see the figures reads it."
        ),
    )


@member_view
def representation(request: MemberRequest) -> HttpResponse:
    """The figures as they were told, and the switch."""
    demand(watches_succession(request.member), REPRESENTATION_IS_FOR)
    rule = rule_of_representation()
    form = SwitchForm(request.POST or None, initial=_said(rule))
    if request.method == "POST":
        demand(can_switch_representation(request.member), REPRESENTATION_IS_SWITCHED_BY)
        if form.is_valid():
            try:
                switch_representation(**form.cleaned_data, by=request.member)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Saved."))
                return redirect("succession:representation", request.organization.slug)
    told = told_representation() if rule and rule.is_on else []
    context = {
        "rule": rule,
        "form": form,
        "may_switch": can_switch_representation(request.member),
        "told": [
            (each, [(part, chart_of(each, part), lines_of(part)) for part in each.parts]) for each in told
        ],
        "kept_back": tried_and_kept_back() if rule and rule.is_on else [],
        "breadcrumbs": [*trail(request), Crumb(_("Representation"))],
    }
    return render(request, "succession/representation.html", context, status=status_of(form))


def _said(rule: object) -> dict[str, object]:
    return {"is_on": getattr(rule, "is_on", False), "purpose": getattr(rule, "purpose", "")}


def chart_of(trait: ToldTrait, part: ToldPart) -> Chart:
    """The share of each group in pools, beside what chance gives from the workforce."""
    rows = [
        Estimate(
            name,
            100 * group.share,
            100 * group.least / part.in_pools,
            100 * group.most / part.in_pools,
            n=group.number,
        )
        for name, group in part.groups
    ]
    label = _("%(trait)s: share of the pools in percent") % {"trait": trait.trait.label}
    return intervals(label, rows, low=0, value_name=_("In pools"), table=False)


def lines_of(part: ToldPart) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "group": group,
            "share": 100 * group.share,
            "workforce_share": 100 * group.workforce_share,
            "words": WORDS[group.verdict],
            "tone": TONES.get(group.verdict, ""),
        }
        for name, group in part.groups
    ]


@member_view
def representation_csv(request: MemberRequest) -> HttpResponse:
    """The same as a file."""
    demand(watches_succession(request.member), REPRESENTATION_IS_FOR)
    rule = rule_of_representation()
    told = told_representation() if rule and rule.is_on else []
    return csv_response("representation.csv", HEAD, _rows(told))


def _rows(told: list[ToldTrait]) -> Iterator[list[object]]:
    for trait in told:
        for part in trait.parts:
            for name, group in part.groups:
                yield [
                    *(trait.trait.label, trait.telling.told_on, part.unit or _("All"), name),
                    *(group.number, part.in_pools, round(group.share, 3), round(group.workforce_share, 3)),
                    round(group.parity, 2) if group.parity is not None else "",
                    *(group.least, group.most, WORDS[group.verdict], round(part.figures.blau, 3)),
                    *(round(part.figures.not_declared_share, 3),),
                    round(part.figures.workforce_not_declared_share, 3),
                ]
