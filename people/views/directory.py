"""The directory and a person's page."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from people.access import MemberRequest, member_view
from people.directory_queries import people_matching, people_visible_to, profile_of
from people.forms.directory import DirectoryFilter
from people.models import Person
from people.permissions import can_import, can_manage_access, can_open_passport, can_read_audit
from people.views.sections import section_tabs
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import keyset_page
from web.shell import Crumb
from web.sorting import Column, sorting

COLUMNS = [
    Column("Name", ("search_key", "id"), key="name"),
    Column("Unit", ("unit__name", "search_key", "id"), key="unit"),
    Column("Profession", ("profession", "search_key", "id"), key="profession"),
    Column("Career stage", ("career_stage", "search_key", "id"), key="stage"),
    Column("Here since", ("start_date", "search_key", "id"), key="since"),
]


@member_view
def people(request: MemberRequest) -> HttpResponse:
    """Everybody, found by name or address and narrowed by unit, profession and stage."""
    form = DirectoryFilter(request.GET, member=request.member)
    order = sorting(request, COLUMNS, default="name")
    found = Person.objects.none()
    if form.is_valid():
        asked = form.cleaned_data
        found = people_matching(
            request.member,
            text=asked["q"],
            unit=asked["unit"],
            profession=asked["profession"],
            career_stage=asked["stage"],
            former=asked.get("former", False),
        )
    context = {
        "form": form,
        "chips": [replace(chip, value=chip.value.strip()) for chip in chips(request, form)],
        "page": keyset_page(request, found, order=order.order),
        "columns": order.headers,
        "today": timezone.localdate(),
        "tabs": section_tabs(request, "people:people"),
        "may_import": can_import(request.member),
        "breadcrumbs": [Crumb("People")],
    }
    return render_page(request, "people/people.html", context, partial="list", status=status_of(form))


@member_view
def person(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Who somebody is, whom they work with and what they hold."""
    member, slug = request.member, request.organization.slug
    on = timezone.localdate()
    found = get_object_or_404(people_visible_to(member), pk=person_id)
    profile = profile_of(found, to=member, on=on)
    context = {
        "profile": profile,
        "may_open_passport": can_open_passport(member, found.pk, profile.cohort_ids(on=on)),
        "person": found,
        "today": on,
        "is_oneself": found.pk == member.person_id,
        "has_left": found.has_left(on),
        "may_invite": can_manage_access(member),
        "may_read_audit": can_read_audit(member),
        "breadcrumbs": [Crumb("People", reverse("people:people", args=[slug])), Crumb(found.name)],
    }
    return render(request, "people/person.html", context)
