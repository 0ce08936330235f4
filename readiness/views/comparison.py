"""Two cohorts set side by side: a page and its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.access import MemberRequest, demand, member_view
from readiness.cohorts import CohortFilter, Facets, scores_of
from readiness.comparison import Line, chart_of, file_row, head_of, lines_of
from readiness.estimates import spreads_of
from readiness.permissions import MEMBERS_ARE_FOR
from readiness.question import Asked
from readiness.views.cohorts import asked, frame_of
from tenancy.jobs.periods import quarter_label
from web.csv import csv_response
from web.files import file_links
from web.filters import chips
from web.htmx import render_page


class ComparisonForm(forms.Form):
    """The quarter and the two cohorts; they live in the address."""

    quarter = forms.ChoiceField(label=gettext_lazy("Quarter"), required=False)
    first = forms.ChoiceField(label=gettext_lazy("First cohort"), required=False)
    second = forms.ChoiceField(label=gettext_lazy("Second cohort"), required=False)

    def __init__(self, parameters: Mapping[str, str], *, facets: Facets) -> None:
        super().__init__(parameters)
        cohorts = [("", _("Choose")), *((str(key), name) for key, name in facets.cohorts)]
        quarters = [(quarter, quarter_label(quarter)) for quarter in facets.quarters]
        for name, offered in (("quarter", quarters), ("first", cohorts), ("second", cohorts)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = offered
        self._keys = {str(key): (key, name) for key, name in facets.cohorts}

    def pair(self, quarter: str) -> tuple[tuple[CohortFilter, str], tuple[CohortFilter, str]] | None:
        """Two different cohorts of a quarter with their names; None until both are chosen."""
        if not self.is_valid():
            return None
        first, second = (self._keys.get(self.cleaned_data[name]) for name in ("first", "second"))
        if first is None or second is None or first == second:
            return None
        return (
            (CohortFilter(quarter, cohort=first[0]), first[1]),
            (CohortFilter(quarter, cohort=second[0]), second[1]),
        )


@dataclass(frozen=True, slots=True)
class Compared:
    names: tuple[str, str]
    lines: list[Line]
    overlap: bool


def compared_by(form: ComparisonForm, question: Asked) -> Compared | None:
    pair = form.pair(question.chosen.quarter)
    if pair is None:
        return None
    (first, name), (second, other) = pair
    here, there = (
        scores_of(each, question.member, persons=question.persons, on=question.on) for each in (first, second)
    )
    overlap = here.filter(person__in=there.values("person")).exists()
    lines = lines_of(spreads_of(here), spreads_of(there), (name, other), overlap=overlap)
    return Compared((name, other), lines, overlap)


def posed(request: MemberRequest) -> tuple[Asked, ComparisonForm]:
    """The question of the address, for those who may choose cohorts: parts taken away from each other would
    tell an executive of a few."""
    question = asked(request)
    demand(question.persons, MEMBERS_ARE_FOR)
    plain = replace(question, chosen=CohortFilter(question.chosen.quarter))
    return plain, ComparisonForm(request.GET, facets=question.form.facets)


@member_view
def comparison(request: MemberRequest) -> HttpResponse:
    question, form = posed(request)
    found = compared_by(form, question)
    context: dict[str, Any] = {
        **frame_of(request, question, current="readiness:comparison"),
        "form": form,
        "chips": chips(request, form),
        "found": found,
        "chart": chart_of(found.lines, found.names) if found else None,
        "files": file_links(request, "readiness:comparison", ("csv",), request.organization.slug),
    }
    return render_page(request, "readiness/comparison.html", context, partial="results")


@member_view
def comparison_csv(request: MemberRequest) -> HttpResponse:
    """The lines of the page; the head alone until two cohorts are chosen."""
    question, form = posed(request)
    found = compared_by(form, question)
    names = found.names if found else (_("First cohort"), _("Second cohort"))
    rows = map(file_row, found.lines) if found else ()
    return csv_response(f"cohorts-compared-{question.chosen.quarter}.csv", head_of(names), rows)
