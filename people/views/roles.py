"""Granted roles: who has them, giving and taking."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from people.access import MemberRequest, demand, member_view
from people.enums import Role
from people.forms.roles import GrantForm, ReasonForm, RoleFilter
from people.permissions import ROLES_ARE_FOR, can_grant_roles
from people.person_search import search_person
from people.role_queries import grants, people_to_grant
from people.services.admins import LastAdminError
from people.services.roles import AlreadyGrantedError, grant_role, revoke_role
from web.filters import chips
from web.forms import status_of
from web.htmx import render_page
from web.paging import numbered_page
from web.shell import Crumb
from web.sorting import Column, sorting

COLUMNS = [
    Column("Person", ("person__search_key", "role", "id"), key="person"),
    Column("Role", ("role", "person__search_key", "id"), key="role"),
    Column("Granted", ("-granted_at", "id"), key="granted"),
    Column("Actions", quiet=True),
]


@member_view
def roles(request: MemberRequest) -> HttpResponse:
    """Who has which granted role."""
    demand(can_grant_roles(request.member), ROLES_ARE_FOR)
    form = RoleFilter(request.GET)
    order = sorting(request, COLUMNS, default="role")
    role = form.cleaned_data["role"] if form.is_valid() else ""
    context = {
        "form": form,
        "chips": chips(request, form),
        "page": numbered_page(request, grants(role).order_by(*order.order)),
        "columns": order.headers,
        "breadcrumbs": [Crumb("Roles")],
    }
    return render_page(request, "people/roles.html", context, partial="list", status=status_of(form))


@member_view
def role_grant(request: MemberRequest) -> HttpResponse:
    """Find the person to give a role to."""
    demand(can_grant_roles(request.member), ROLES_ARE_FOR)
    found = search_person(request.GET, people_to_grant(on=timezone.localdate()))
    context = {
        "found": found,
        "cancel": reverse("people:roles", args=[_slug(request)]),
        "breadcrumbs": [_roles_crumb(request), Crumb("Grant a role")],
    }
    return render(request, "people/role_grant.html", context, status=status_of(found.form))


@member_view
def role_grant_to(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Give a person a role, with the reason."""
    demand(can_grant_roles(request.member), ROLES_ARE_FOR)
    person = get_object_or_404(people_to_grant(on=timezone.localdate()), pk=person_id)
    form = GrantForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            grant_role(
                person,
                role,
                cohort=form.cleaned_data["cohort"],
                reason=form.cleaned_data["reason"],
                by=request.member,
            )
        except AlreadyGrantedError:
            form.add_error("role", f"{person.name} has this role already.")
        else:
            messages.success(request, f"{person.name} is {role.label} now.")
            return redirect("people:roles", request.organization.slug)
    crumbs = [
        _roles_crumb(request),
        Crumb("Grant a role", reverse("people:role_grant", args=[_slug(request)])),
    ]
    context = {"form": form, "person": person, "breadcrumbs": [*crumbs, Crumb(person.name)]}
    return render(request, "people/role_grant_to.html", context, status=status_of(form))


@member_view
def role_revoke(request: MemberRequest, grant_id: UUID) -> HttpResponse:
    """Take a role away, with the reason."""
    demand(can_grant_roles(request.member), ROLES_ARE_FOR)
    grant = get_object_or_404(grants(), pk=grant_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_role(grant, reason=form.cleaned_data["reason"], by=request.member)
        except LastAdminError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{grant.person.name} is no longer {grant.get_role_display()}.")
            # Who takes their own admin role can no longer see the list.
            gone = grant.person_id == request.member.person_id and grant.role == Role.ORGANIZATION_ADMIN
            return redirect("today" if gone else "people:roles", request.organization.slug)
    context = {"form": form, "grant": grant, "breadcrumbs": [_roles_crumb(request), Crumb("Revoke a role")]}
    return render(request, "people/role_revoke.html", context, status=status_of(form))


def _slug(request: MemberRequest) -> str:
    return request.organization.slug


def _roles_crumb(request: MemberRequest) -> Crumb:
    return Crumb("Roles", reverse("people:roles", args=[request.organization.slug]))
