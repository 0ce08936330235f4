"""Keeping the roles of the pathway advisor: a change is a new version of all of them, checked as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.access import demand
from people.member import Member
from readiness.models import RoleGraph
from readiness.pathways.graph import Defect, Fault, Role, faults_of
from readiness.pathways.presets import ROLES
from readiness.pathways.stored import to_stored
from readiness.pathways.words import role_name
from readiness.permissions import ROLES_ARE_KEPT_BY, can_keep_roles
from readiness.queries import roles_in_force
from tenancy.turns import one_at_a_time

MOST_ROLES: Final = 40

FAULTS: Final = {
    Defect.TWICE: gettext_lazy("There is another role with the name “%(role)s”."),
    Defect.MISSING: gettext_lazy("A way leads to “%(role)s”, which is not there any more."),
    Defect.CIRCLE: gettext_lazy("The ways up from “%(role)s” lead back to it."),
    Defect.NOTHING_ASKED: gettext_lazy("“%(role)s” asks for nothing: say for what."),
    Defect.ITSELF: gettext_lazy("A way sideways leads from “%(role)s” to itself."),
    Defect.TWO_WAYS: gettext_lazy("From “%(role)s” a role is reached both upward and sideways."),
    Defect.UNKNOWN: gettext_lazy("“%(role)s” asks for something that is not known here."),
    Defect.AMOUNT: gettext_lazy("“%(role)s” asks for an amount that nobody reaches."),
}


@transaction.atomic
def save_role(role: Role, *, reason: str, by: Member) -> RoleGraph:
    """Put a role in force as it is now, in its place or as the last one. All others stay as they are."""
    demand(can_keep_roles(by), ROLES_ARE_KEPT_BY)
    roles = _locked()
    others = [each for each in roles if each.key != role.key]
    if role_name(role).casefold() in {role_name(each).casefold() for each in others}:
        raise ValidationError({"name": _said(Fault(Defect.TWICE, role.key), [role])})
    if len(others) >= MOST_ROLES:
        raise ValidationError(_("A map holds at most %(most)d roles.") % {"most": MOST_ROLES})
    new = [role if each.key == role.key else each for each in roles]
    return _write(new if len(others) < len(roles) else [*roles, role], reason, by)


@transaction.atomic
def remove_role(key: str, *, reason: str, by: Member) -> RoleGraph:
    """Take a role off the map, with the ways to it."""
    demand(can_keep_roles(by), ROLES_ARE_KEPT_BY)
    left = [
        replace(
            role,
            up=tuple(way for way in role.up if way != key),
            sideways=tuple(way for way in role.sideways if way != key),
        )
        for role in _locked()
        if role.key != key
    ]
    if not left:
        raise ValidationError(_("A map without roles gives no advice. Bring back the built-in ones instead."))
    return _write(left, reason, by)


@transaction.atomic
def restore_roles(*, reason: str, by: Member) -> RoleGraph:
    """The product's own roles again."""
    demand(can_keep_roles(by), ROLES_ARE_KEPT_BY)
    _locked()
    return _write(ROLES, reason, by)


def new_key(name: str, roles: Sequence[Role]) -> str:
    """A key for a new role: its name in plain letters, numbered where there is one."""
    plain = slugify(name).replace("-", "_")[:40] or "role"
    taken, key, number = {role.key for role in roles}, plain, 2
    while key in taken:
        key, number = f"{plain}_{number}", number + 1
    return key


def _locked() -> tuple[Role, ...]:
    one_at_a_time("readiness roles")
    return roles_in_force()


def _write(roles: Sequence[Role], reason: str, by: Member) -> RoleGraph:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it is kept with this version.")})
    faults = faults_of(roles)
    if faults:
        raise ValidationError(list(dict.fromkeys(_said(fault, roles) for fault in faults)))
    last = RoleGraph.objects.order_by("-version").values_list("version", flat=True).first()
    return RoleGraph.objects.create(
        version=(last or 0) + 1,
        roles=to_stored(roles),
        reason=reason.strip(),
        changed_by_id=by.person_id,
    )


def _said(fault: Fault, roles: Sequence[Role]) -> str:
    names = {role.key: role_name(role) for role in roles}
    return str(FAULTS[fault.defect]) % {"role": names.get(fault.role, fault.role)}
