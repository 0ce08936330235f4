"""The roles of the pathway advisor: what each asks for, and keeping them."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from readiness.pathways.graph import Role
from readiness.pathways.words import TRACK_NAMES, names_of, role_name, rule_of
from readiness.permissions import ROLES_ARE_KEPT_BY, can_keep_roles
from readiness.queries import roles_history, roles_in_force
from readiness.role_forms import ReasonForm, RoleForm
from readiness.role_keeping import new_key, remove_role, restore_roles, save_role
from web.forms import status_of
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class RoleRow:
    key: str
    name: str
    track: str
    rules: list[str]
    leads_to: str
    sideways: str


@member_view
def roles(request: MemberRequest) -> HttpResponse:
    """Everybody may read what a role asks for; who changed it stands beside it."""
    return roles_page(request, ReasonForm(auto_id="restore_%s"))


@member_view
def role_new(request: MemberRequest) -> HttpResponse:
    """A role of the organisation's own."""
    return role_page(request, None)


@member_view
def role_edit(request: MemberRequest, key: str) -> HttpResponse:
    """What a role is called, asks for and leads to."""
    return role_page(request, find_role(key))


@require_POST
@member_view
def role_remove(request: MemberRequest, key: str) -> HttpResponse:
    """Take a role off the map."""
    demand(can_keep_roles(request.member), ROLES_ARE_KEPT_BY)
    role, form = find_role(key), ReasonForm(request.POST, auto_id="remove_%s")
    if form.is_valid():
        try:
            remove_role(key, reason=form.cleaned_data["reason"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("“%(role)s” is off the map.") % {"role": role_name(role)})
            return redirect("readiness:roles", request.organization.slug)
    return role_page(request, role, remove_form=form)


@require_POST
@member_view
def roles_restore(request: MemberRequest) -> HttpResponse:
    """The built-in roles again."""
    demand(can_keep_roles(request.member), ROLES_ARE_KEPT_BY)
    form = ReasonForm(request.POST, auto_id="restore_%s")
    if form.is_valid():
        restore_roles(reason=form.cleaned_data["reason"], by=request.member)
        messages.success(request, _("The built-in roles are in force."))
        return redirect("readiness:roles", request.organization.slug)
    return roles_page(request, form)


def find_role(key: str) -> Role:
    found = {role.key: role for role in roles_in_force()}.get(key)
    if found is None:
        raise Http404
    return found


def roles_page(request: MemberRequest, form: ReasonForm) -> HttpResponse:
    known = roles_in_force()
    history = list(roles_history()[:20])
    context = {
        "rows": [row_of(role, known) for role in known],
        "history": history,
        "may_keep": can_keep_roles(request.member),
        "restore_form": form,
        "breadcrumbs": [Crumb(_("Roles and ways"))],
    }
    return render(request, "readiness/roles.html", context, status=status_of(form))


def role_page(
    request: MemberRequest, role: Role | None, remove_form: ReasonForm | None = None
) -> HttpResponse:
    """The form of a role, and saving it; also when taking it off the map was refused."""
    demand(can_keep_roles(request.member), ROLES_ARE_KEPT_BY)
    slug, known = request.organization.slug, roles_in_force()
    saving = request.method == "POST" and remove_form is None
    form = RoleForm(request.POST if saving else None, role=role, roles=known)
    if saving and form.is_valid():
        key = role.key if role else new_key(form.cleaned_data["name"], known)
        try:
            saved = save_role(form.role(key), reason=form.cleaned_data["reason"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Version %(version)d is in force.") % {"version": saved.version})
            return redirect("readiness:roles", slug)
    context = {
        "form": form,
        "role": role and row_of(role, known),
        "remove_form": remove_form or ReasonForm(auto_id="remove_%s"),
        "breadcrumbs": [
            Crumb(_("Roles and ways"), reverse("readiness:roles", args=[slug])),
            Crumb(role_name(role) if role else _("A new role")),
        ],
    }
    return render(request, "readiness/role.html", context, status=status_of(remove_form or form))


def row_of(role: Role, known: tuple[Role, ...]) -> RoleRow:
    return RoleRow(
        key=role.key,
        name=role_name(role),
        track=str(TRACK_NAMES[role.track]),
        rules=[rule_of(asked, asked.amount) for asked in role.requirements],
        leads_to=names_of(role.up, known),
        sideways=names_of(role.sideways, known),
    )
