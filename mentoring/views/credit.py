"""Recognition: a mentor's own ledger, everybody's, the letter, the award, the rule."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mentoring.award import rule_sentences, standings_in
from mentoring.figures.credit import (
    LEDGER_HEAD,
    figures_of,
    ledger_figures,
    ledger_row,
    letter,
    presets,
    rule_words,
)
from mentoring.forms.credit import CreditRuleForm
from mentoring.models import CreditRule
from mentoring.permissions import (
    CREDIT_IS_FOR,
    CREDIT_IS_RULED_BY,
    can_rule_credit,
    can_see_credit,
)
from mentoring.queries.credit import (
    count_mentors_in,
    ledger_of,
    mentors_in,
    rule_for,
    rule_history,
    total_of,
    years_of,
)
from mentoring.queries.exposure import exposures_given_by
from mentoring.services.credit import change_credit_rule
from people.access import MemberRequest, demand, member_view
from people.models import Person
from web.csv import csv_response
from web.forms import status_of
from web.paging import SHORT, numbered_page
from web.pdf import pdf_response
from web.shell import Crumb, Link

YEARS = 5  # that can be looked at


def year_asked(request: MemberRequest) -> int:
    """The year that the address asks for, of those that can be looked at."""
    this_year, asked = timezone.localdate().year, request.GET.get("year", "")
    known = {str(year): year for year in range(this_year, this_year - YEARS, -1)}
    return known.get(asked, this_year)


def year_tabs(year: int) -> list[Link]:
    this_year = timezone.localdate().year
    return [
        Link(str(each), f"?year={each}", current=each == year)
        for each in range(this_year, this_year - YEARS, -1)
    ]


@member_view
def credit(request: MemberRequest) -> HttpResponse:
    """A member's own credit, year by year."""
    person, today = request.member.person_id, timezone.localdate()
    years = years_of(person, on=today)
    year = year_asked(request)
    lines = ledger_of(person, year, on=today)
    context = {
        "year": year,
        "tabs": [tab for tab in year_tabs(year) if int(tab.label) in years],
        "mentors": bool(years),
        "rows": [(line.mentorship, figures_of(line.credit)) for line in lines],
        "total": figures_of(total_of(lines)),
        "rule": rule_words(rule_for(year)),
        "may_see_all": can_see_credit(request.member),
        "breadcrumbs": [Crumb(_("Mentoring credit"))],
    }
    return render(request, "mentoring/credit.html", context)


@member_view
def credit_letter(request: MemberRequest, person_id: UUID, year: int) -> HttpResponse:
    """The record for a promotion file: one's own, or anybody's for those who may see all."""
    person = get_object_or_404(Person, pk=person_id)
    demand(person.pk == request.member.person_id or can_see_credit(request.member), CREDIT_IS_FOR)
    today = timezone.localdate()
    # The years first: any number can stand in an address, also one that is no year.
    lines = ledger_of(person_id, year, on=today) if year in years_of(person_id, on=today) else []
    if not lines:
        raise Http404
    sheet = letter(
        name=person.name,
        organization=request.organization.name,
        year=year,
        lines=lines,
        rule=rule_for(year),
        logs=exposures_given_by(person_id).filter(day__year=year).count(),
        on=today,
    )
    return pdf_response(f"mentoring-{year}.pdf", sheet)


@member_view
def ledger(request: MemberRequest) -> HttpResponse:
    """Everybody who mentored in a year, by name: credit, award and grant."""
    demand(can_see_credit(request.member), CREDIT_IS_FOR)
    year = year_asked(request)
    page = numbered_page(request, mentors_in(year), size=SHORT, total=count_mentors_in(year))
    standings = standings_in(year, on=timezone.localdate(), mentors=page.rows)
    rule = rule_for(year)
    context = {
        "year": year,
        "tabs": year_tabs(year),
        "page": page,
        "head": LEDGER_HEAD,
        "rows": [(each, ledger_figures(each)) for each in standings],
        "rule": rule_words(rule),
        "sentences": rule_sentences(rule or CreditRule()),
        "breadcrumbs": [Crumb(_("Mentoring credit")), Crumb(_("All mentors"))],
    }
    return render(request, "mentoring/ledger.html", context)


@member_view
def ledger_csv(request: MemberRequest) -> HttpResponse:
    """The table as a file, all pages."""
    demand(can_see_credit(request.member), CREDIT_IS_FOR)
    year = year_asked(request)
    rows = map(ledger_row, standings_in(year, on=timezone.localdate()))
    return csv_response(f"mentoring-credit-{year}.csv", [str(each) for each in LEDGER_HEAD], rows)


@member_view
def credit_rule(request: MemberRequest) -> HttpResponse:
    """The rule in force for everybody to read, with who changed it; HR admins put a new version in force."""
    history = list(rule_history()[:50])
    latest = history[0] if history else CreditRule()
    may_change = can_rule_credit(request.member)
    if request.method == "POST":
        demand(may_change, CREDIT_IS_RULED_BY)
    form = _form(request, latest)
    if form.is_bound and form.is_valid():
        change_credit_rule(form.terms(), reason=form.cleaned_data["reason"], by=request.member)
        messages.success(request, _("The new version is in force."))
        return redirect("mentoring:credit_rule", request.organization.slug)
    context = {
        "rule": rule_words(rule_for(timezone.localdate().year)),
        "sentences": rule_sentences(latest),
        "presets": presets(latest.full_time_hours),
        "full_time_hours": latest.full_time_hours,
        "history": [(each, rule_words(each)) for each in history],
        "may_change": may_change,
        "form": form,
        "breadcrumbs": [
            Crumb(_("Mentoring credit"), reverse("mentoring:credit", args=[request.organization.slug])),
            Crumb(_("Rule")),
        ],
    }
    return render(request, "mentoring/credit_rule.html", context, status=status_of(form))


def _form(request: MemberRequest, latest: CreditRule) -> CreditRuleForm:
    year = timezone.localdate().year
    if request.method == "POST":
        return CreditRuleForm(request.POST, year=year)
    kept = ("percent_fte", "full_time_hours", "points", "award_raters", "grant_months")
    return CreditRuleForm(year=year, initial={name: getattr(latest, name) for name in kept})
