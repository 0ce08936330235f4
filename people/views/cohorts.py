"""A cohort: who is in it, adding people, and the end of somebody's time in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from people.access import MemberRequest, demand, member_view
from people.directory_queries import found_by
from people.forms.programmes import AddPeopleForm, LastDayForm, PastePeopleForm
from people.models import Cohort, Person
from people.permissions import (
    PROGRAMMES_ARE_FOR,
    PROGRAMMES_ARE_SET_UP_BY,
    can_manage_programmes,
    can_see_programmes,
)
from people.person_search import PersonSearch
from people.programme_queries import (
    cohorts_visible_to,
    directors_of,
    memberships_in,
    memberships_visible_to,
    people_to_add,
)
from people.services.programmes import AlreadyInCohortError, add_to_cohort, end_cohort_membership
from people.views.programmes import (
    edit_cohort,
    programme_crumb,
    programmes_crumb,
)
from web.forms import status_of
from web.paging import SHORT, numbered_page
from web.shell import Crumb
from web.sorting import Column, sorting

FOUND = 50
COLUMNS = [
    Column("Name", ("person__search_key", "id"), key="name"),
    Column("Unit", ("person__unit__name", "person__search_key", "id"), key="unit"),
    Column("Career stage", ("person__career_stage", "person__search_key", "id"), key="stage"),
    Column("From", ("start_date", "person__search_key", "id"), key="from"),
    Column("Until", ("end_date", "person__search_key", "id"), key="until"),
    Column("Actions", quiet=True),
]


def _cohort_visible_to(request: MemberRequest, cohort_id: UUID) -> Cohort:
    demand(can_see_programmes(request.member), PROGRAMMES_ARE_FOR)
    return get_object_or_404(cohorts_visible_to(request.member).select_related("programme"), pk=cohort_id)


def _crumbs(request: MemberRequest, cohort: Cohort, *last: str) -> list[Crumb]:
    here = reverse("people:cohort", args=[request.organization.slug, cohort.pk])
    return [
        programmes_crumb(request),
        programme_crumb(request, cohort.programme),
        Crumb(cohort.name, here),
        *map(Crumb, last),
    ]


@member_view
def cohort(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """The people of a cohort."""
    found = _cohort_visible_to(request, cohort_id)
    order = sorting(request, COLUMNS, default="name")
    context = {
        "cohort": found,
        "directors": [grant.person for grant in directors_of([found.pk])],
        "page": numbered_page(request, memberships_in(found).order_by(*order.order), size=SHORT),
        "columns": order.headers,
        "today": timezone.localdate(),
        "may_manage": can_manage_programmes(request.member),
        "breadcrumbs": [*_crumbs(request, found)[:-1], Crumb(found.name)],
    }
    return render(request, "people/cohort.html", context)


@member_view
def cohort_edit(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Change a cohort's name and dates."""
    found = _cohort_visible_to(request, cohort_id)
    demand(can_manage_programmes(request.member), PROGRAMMES_ARE_SET_UP_BY)
    return edit_cohort(request, found, *_crumbs(request, found, f"Change {found.name}")[1:])


@member_view
def cohort_add(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Search for people and choose several; after adding them one can go on."""
    found = _cohort_visible_to(request, cohort_id)
    demand(can_manage_programmes(request.member), PROGRAMMES_ARE_SET_UP_BY)
    form = AddPeopleForm(request.POST if request.method == "POST" else None, cohort=found)
    if request.method == "POST" and form.is_valid():
        if _added(request, found, form.cleaned_data["people"], form.cleaned_data["start_date"]):
            return redirect("people:cohort_add", request.organization.slug, found.pk)
        form.add_error("people", "Somebody else added one of them a moment ago.")
    search = PersonSearch(request.GET)
    chosen = set(request.POST.getlist("people"))
    context = {
        "cohort": found,
        "form": form,
        "search": search,
        "text": search.text,
        "people": _to_choose_from(found, search.text, chosen),
        "limit": FOUND,
        "breadcrumbs": _crumbs(request, found, "Add people"),
    }
    return render(request, "people/cohort_add.html", context, status=status_of(form))


def _to_choose_from(cohort: Cohort, text: str, chosen: set[str]) -> list[tuple[Person, bool]]:
    """Who was found, each with whether it was ticked before the form came back."""
    if not text:
        return []
    people = found_by(people_to_add(cohort, on=timezone.localdate()), text)
    return [(person, str(person.pk) in chosen) for person in people.order_by("search_key", "pk")[:FOUND]]


@member_view
def cohort_paste(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Add people by their staff numbers."""
    found = _cohort_visible_to(request, cohort_id)
    demand(can_manage_programmes(request.member), PROGRAMMES_ARE_SET_UP_BY)
    form = PastePeopleForm(request.POST if request.method == "POST" else None, cohort=found)
    if request.method == "POST" and form.is_valid():
        if _added(request, found, form.cleaned_data["numbers"], form.cleaned_data["start_date"]):
            return redirect("people:cohort", request.organization.slug, found.pk)
        form.add_error("numbers", "Somebody else added one of them a moment ago.")
    context = {"cohort": found, "form": form, "breadcrumbs": _crumbs(request, found, "Paste staff numbers")}
    return render(request, "people/cohort_paste.html", context, status=status_of(form))


@member_view
def cohort_membership(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Say when somebody's time in a cohort ends, or take that back."""
    demand(can_see_programmes(request.member), PROGRAMMES_ARE_FOR)
    membership = get_object_or_404(memberships_visible_to(request.member), pk=membership_id)
    demand(can_manage_programmes(request.member), PROGRAMMES_ARE_SET_UP_BY)
    form = LastDayForm(request.POST if request.method == "POST" else None, membership=membership)
    if request.method == "POST" and form.is_valid():
        end_cohort_membership(membership, last_day=form.cleaned_data["last_day"], by=request.member)
        messages.success(request, f"Saved for {membership.person.name}.")
        return redirect("people:cohort", request.organization.slug, membership.cohort_id)
    context = {
        "membership": membership,
        "form": form,
        "breadcrumbs": _crumbs(request, membership.cohort, membership.person.name),
    }
    return render(request, "people/cohort_membership.html", context, status=status_of(form))


def _added(request: MemberRequest, cohort: Cohort, people: Iterable[Person], start_date: dt.date) -> bool:
    """Add them and say so; False when somebody was faster."""
    try:
        count = add_to_cohort(cohort, people, start_date=start_date, by=request.member)
    except AlreadyInCohortError:
        return False
    messages.success(request, f"{count} added to {cohort.name}.")
    return True
