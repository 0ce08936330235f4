"""Standards, and one with its requirements and what is held against each."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from insights.forms.accreditation import RequirementForm, StandardForm
from insights.models import Standard
from insights.permissions import (
    ACCREDITATION_IS_KEPT_BY,
    ACCREDITATION_IS_READ_BY,
    can_keep_accreditation,
    can_read_accreditation,
    can_see_insights,
)
from insights.queries.accreditation import standard_with, standards
from insights.self_study import self_study
from insights.self_study_years import StudyYear, study_years
from insights.services.accreditation import add_requirement, add_standard, change_standard
from people.access import MemberRequest, demand, member_view
from web.files import file_links
from web.forms import status_of
from web.paging import numbered_page
from web.shell import Crumb, Link


@member_view
def standards_page(request: MemberRequest) -> HttpResponse:
    """All of them, each with its gaps."""
    demand(can_read_accreditation(request.member), ACCREDITATION_IS_READ_BY)
    context = {
        "page": numbered_page(request, standards()),
        "may_keep": can_keep_accreditation(request.member),
        "breadcrumbs": [*trail(request)[:-1], Crumb(_("Accreditation"))],
    }
    return render(request, "insights/standards.html", context)


@member_view
def standard_page(request: MemberRequest, standard_id: UUID) -> HttpResponse:
    """What applies, gaps on top; what no longer applies at the end."""
    demand(can_read_accreditation(request.member), ACCREDITATION_IS_READ_BY)
    standard, today = find_standard(standard_id), timezone.localdate()
    years = study_years(today, standard.first_month)
    year = year_asked(request, years)
    study = self_study(standard, year, on=today)
    context = {
        "standard": standard,
        "study": study,
        "year": year,
        "tabs": [Link(each.label, f"?year={each.first.year}", current=each == year) for each in years],
        "files": file_links(
            request, "insights:standard", ("pdf", "csv", "json"), request.organization.slug, standard.pk
        ),
        "may_keep": can_keep_accreditation(request.member),
        "breadcrumbs": [*trail(request), Crumb(str(standard))],
    }
    return render(request, "insights/standard.html", context)


def year_asked(request: MemberRequest, years: list[StudyYear]) -> StudyYear:
    """The one that the address asks for by its first calendar year, of those that can be looked at."""
    known = {str(year.first.year): year for year in years}
    return known.get(request.GET.get("year", ""), years[0])


@member_view
def standard_new(request: MemberRequest) -> HttpResponse:
    demand(can_keep_accreditation(request.member), ACCREDITATION_IS_KEPT_BY)
    form = StandardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_standard(form.wording(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Added: %s.") % made)
            return redirect("insights:standard", request.organization.slug, made.pk)
    return form_page(request, form, _("Add a standard"), [*trail(request), Crumb(_("Add a standard"))])


@member_view
def standard_edit(request: MemberRequest, standard_id: UUID) -> HttpResponse:
    demand(can_keep_accreditation(request.member), ACCREDITATION_IS_KEPT_BY)
    standard = find_standard(standard_id)
    form = StandardForm(request.POST) if request.method == "POST" else StandardForm.of(standard)
    if request.method == "POST" and form.is_valid():
        try:
            change_standard(standard, form.wording(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("insights:standard", request.organization.slug, standard.pk)
    return form_page(request, form, _("Change the standard"), trail_of(request, standard, _("Change")))


@member_view
def requirement_new(request: MemberRequest, standard_id: UUID) -> HttpResponse:
    """Then on to what is held against it."""
    demand(can_keep_accreditation(request.member), ACCREDITATION_IS_KEPT_BY)
    standard = find_standard(standard_id)
    form = RequirementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_requirement(standard, form.wording(), by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Added: %s.") % made.code)
            return redirect("insights:requirement", request.organization.slug, made.pk)
    title = _("Add a requirement")
    return form_page(request, form, title, trail_of(request, standard, title))


def form_page(
    request: MemberRequest, form: StandardForm | RequirementForm, title: str, crumbs: list[Crumb]
) -> HttpResponse:
    context = {"form": form, "title": title, "back": crumbs[-2].url, "breadcrumbs": crumbs}
    return render(request, "insights/accreditation_form.html", context, status=status_of(form))


def find_standard(standard_id: UUID) -> Standard:
    """It, or 404."""
    found = standard_with(standard_id)
    if found is None:
        raise Http404
    return found


def trail(request: MemberRequest) -> list[Crumb]:
    """Programme directors come from the figures of mentoring: the overview is not theirs."""
    slug = request.organization.slug
    before = (
        Crumb(_("Insights"), reverse("insights:overview", args=[slug]))
        if can_see_insights(request.member)
        else Crumb(_("Figures for accreditation"), reverse("mentoring:accreditation", args=[slug]))
    )
    return [before, Crumb(_("Accreditation"), reverse("insights:standards", args=[slug]))]


def trail_of(request: MemberRequest, standard: Standard, title: str) -> list[Crumb]:
    address = reverse("insights:standard", args=[request.organization.slug, standard.pk])
    return [*trail(request), Crumb(str(standard), address), Crumb(title)]
