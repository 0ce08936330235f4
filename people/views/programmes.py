"""Programmes: which there are, one of them, and setting them up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from people.access import MemberRequest, demand, member_view
from people.forms.programmes import CohortForm, ProgrammeForm
from people.models import Cohort, Programme
from people.permissions import (
    PROGRAMMES_ARE_FOR,
    PROGRAMMES_ARE_SET_UP_BY,
    can_manage_programmes,
    can_see_programmes,
)
from people.programme_queries import cohorts_of_programme, directors_of, programmes_visible_to, with_counts
from people.services.programmes import NameTakenError, save_cohort, save_programme
from web.forms import status_of
from web.paging import numbered_page
from web.shell import Crumb
from web.sorting import Column, sorting

COLUMNS = [
    Column("Programme", ("name", "id"), key="name"),
    Column("Champion", ("champion__search_key", "name", "id"), key="champion"),
    Column("Begins", ("start_date", "name", "id"), key="begins"),
    Column("Cohorts", ("cohort_count", "name", "id"), key="cohorts", numeric=True),
    Column("People", ("member_count", "name", "id"), key="people", numeric=True),
]


def programmes_crumb(request: MemberRequest) -> Crumb:
    return Crumb("Programmes", reverse("people:programmes", args=[request.organization.slug]))


def programme_crumb(request: MemberRequest, programme: Programme) -> Crumb:
    return Crumb(programme.name, reverse("people:programme", args=[request.organization.slug, programme.pk]))


@member_view
def programmes(request: MemberRequest) -> HttpResponse:
    """The programmes a member may see."""
    demand(can_see_programmes(request.member), PROGRAMMES_ARE_FOR)
    order = sorting(request, COLUMNS, default="name")
    found = with_counts(programmes_visible_to(request.member), on=timezone.localdate())
    context = {
        "page": numbered_page(request, found.order_by(*order.order)),
        "columns": order.headers,
        "may_manage": can_manage_programmes(request.member),
        "breadcrumbs": [Crumb("Programmes")],
    }
    return render(request, "people/programmes.html", context)


@member_view
def programme(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    """A programme with its cohorts."""
    demand(can_see_programmes(request.member), PROGRAMMES_ARE_FOR)
    found = get_object_or_404(programmes_visible_to(request.member), pk=programme_id)
    cohorts = list(cohorts_of_programme(found, to=request.member, on=timezone.localdate()))
    directors: dict[UUID, list[str]] = {}
    for grant in directors_of(cohort.pk for cohort in cohorts):
        if grant.cohort_id is not None:
            directors.setdefault(grant.cohort_id, []).append(grant.person.name)
    context = {
        "programme": found,
        "cohorts": [(cohort, ", ".join(directors.get(cohort.pk, []))) for cohort in cohorts],
        "may_manage": can_manage_programmes(request.member),
        "breadcrumbs": [programmes_crumb(request), Crumb(found.name)],
    }
    return render(request, "people/programme.html", context)


@member_view
def programme_new(request: MemberRequest) -> HttpResponse:
    """Set up a programme."""
    return _edit_programme(request, Programme(), Crumb("New programme"))


@member_view
def programme_edit(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    """Change a programme."""
    demand(can_manage_programmes(request.member), PROGRAMMES_ARE_SET_UP_BY)
    found = get_object_or_404(programmes_visible_to(request.member), pk=programme_id)
    return _edit_programme(request, found, programme_crumb(request, found), Crumb("Change"))


def _edit_programme(request: MemberRequest, row: Programme, *crumbs: Crumb) -> HttpResponse:
    demand(can_manage_programmes(request.member), PROGRAMMES_ARE_SET_UP_BY)
    form = ProgrammeForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_programme(form.fill(row), by=request.member)
        except NameTakenError:
            form.add_error("name", "Another programme has this name.")
        else:
            messages.success(request, f"{saved.name} is saved.")
            return redirect("people:programme", request.organization.slug, saved.pk)
    title = crumbs[0].label if len(crumbs) == 1 else f"Change {crumbs[0].label}"
    context = {
        "form": form,
        "title": title,
        "back": crumbs[0].url or reverse("people:programmes", args=[request.organization.slug]),
        "breadcrumbs": [programmes_crumb(request), *crumbs],
    }
    return render(request, "people/programme_edit.html", context, status=status_of(form))


@member_view
def cohort_new(request: MemberRequest, programme_id: UUID) -> HttpResponse:
    """Set up a cohort of a programme."""
    demand(can_manage_programmes(request.member), PROGRAMMES_ARE_SET_UP_BY)
    parent = get_object_or_404(programmes_visible_to(request.member), pk=programme_id)
    row = Cohort(programme=parent)
    return edit_cohort(request, row, programme_crumb(request, parent), Crumb("New cohort"))


def edit_cohort(request: MemberRequest, row: Cohort, *crumbs: Crumb) -> HttpResponse:
    """The form of a new or a changed cohort."""
    form = CohortForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_cohort(form.fill(row), by=request.member)
        except NameTakenError:
            form.add_error("name", "Another cohort has this name.")
        else:
            messages.success(request, f"{saved.name} is saved.")
            return redirect("people:cohort", request.organization.slug, saved.pk)
    context = {
        "form": form,
        "title": crumbs[-1].label,
        "back": crumbs[-2].url,
        "breadcrumbs": [programmes_crumb(request), *crumbs],
    }
    return render(request, "people/cohort_edit.html", context, status=status_of(form))
