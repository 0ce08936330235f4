"""Who may enter the organisation: invitations, and one person's access."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from people.access_queries import has_access, open_invitations
from people.forms.access import GroupForm
from people.models import Invitation, Person
from people.permissions import ACCESS_IS_FOR, can_manage_access
from people.services.admins import LastAdminError
from people.services.invitations import CannotInviteError, invite_people, invite_person, revoke_invitation
from people.services.membership import end_access
from people.unit_queries import units_to_choose_from
from web.forms import status_of
from web.paging import numbered_page
from web.shell import Crumb
from web.sorting import Column, sorting

COLUMNS = [
    Column("Person", ("person__search_key", "id"), key="person"),
    Column("Address", ("email", "id"), key="address"),
    Column("Invited", ("created_at", "id"), key="invited"),
    Column("Until", ("expires_at", "id"), key="until"),
    Column("Actions", quiet=True),
]


@member_view
def invitations(request: MemberRequest) -> HttpResponse:
    """The invitations that wait for an answer."""
    demand(can_manage_access(request.member), ACCESS_IS_FOR)
    order = sorting(request, COLUMNS, default="-invited")
    page = numbered_page(request, open_invitations().order_by(*order.order))
    context = {
        "page": page,
        "columns": order.headers,
        "breadcrumbs": [Crumb("Invitations")],
    }
    return render(request, "people/invitations.html", context)


@member_view
def invite_group(request: MemberRequest) -> HttpResponse:
    """Invite a cohort or a unit at once; those who cannot be invited are left out."""
    demand(can_manage_access(request.member), ACCESS_IS_FOR)
    form = GroupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        invited = invite_people(form.people(), by=request.member)
        messages.success(request, f"{invited} invited." if invited else "There was nobody left to invite.")
        return redirect("access:invitations", request.organization.slug)
    context = {
        "form": form,
        "units": units_to_choose_from(),
        "breadcrumbs": [_invitations_crumb(request), Crumb("Invite a group")],
    }
    return render(request, "people/invite_group.html", context, status=status_of(form))


@member_view
@require_POST
def revoke(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """Make an invitation's link dead."""
    demand(can_manage_access(request.member), ACCESS_IS_FOR)
    invitation = get_object_or_404(Invitation, pk=invitation_id)
    revoke_invitation(invitation.pk, by=request.member)
    messages.success(request, "The invitation is revoked.")
    return redirect("access:invitations", request.organization.slug)


@member_view
def person_access(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Whether a person may enter, and what can be done about it."""
    demand(can_manage_access(request.member), ACCESS_IS_FOR)
    person = get_object_or_404(Person, pk=person_id)
    context = {
        "person": person,
        "has_access": has_access(person.pk),
        "invitation": open_invitations().filter(person=person).first(),
        "is_oneself": person.pk == request.member.person_id,
        "breadcrumbs": [_invitations_crumb(request), Crumb(person.name)],
    }
    return render(request, "people/person_access.html", context)


@member_view
@require_POST
def invite(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Send a fresh invitation; an earlier link stops working."""
    demand(can_manage_access(request.member), ACCESS_IS_FOR)
    person = get_object_or_404(Person, pk=person_id)
    try:
        invitation = invite_person(person.pk, by=request.member)
    except CannotInviteError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"An invitation is on its way to {invitation.email}.")
    return redirect("access:person", request.organization.slug, person.pk)


@member_view
@require_POST
def end(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Take a person's access to this organisation."""
    demand(can_manage_access(request.member), ACCESS_IS_FOR)
    person = get_object_or_404(Person, pk=person_id)
    try:
        end_access(person.pk, by=request.member)
    except LastAdminError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{person.name} can no longer enter.")
    return redirect("access:person", request.organization.slug, person.pk)


def _invitations_crumb(request: MemberRequest) -> Crumb:
    return Crumb("Invitations", reverse("access:invitations", args=[request.organization.slug]))
