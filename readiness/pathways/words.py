"""The advice in words: roles, rules and actions, with where to go for each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.enums import CareerStage, PositionType
from readiness.pathways.advice import Action, Advice, Check, Match, Step
from readiness.pathways.graph import Kind, Requirement, Role, Track
from surveys.enums import Dimension

ROLE_NAMES = {
    "chief_resident": gettext_lazy("Chief resident"),
    "programme_director": gettext_lazy("Programme director"),
    "division_chief": gettext_lazy("Division chief"),
    "department_chair": gettext_lazy("Department chair"),
    "chief_medical_officer": gettext_lazy("Chief medical officer"),
    "head_of_specialty": gettext_lazy("Head of specialty"),
    "clinical_director": gettext_lazy("Clinical director"),
    "medical_director": gettext_lazy("Medical director"),
    "chief_executive": gettext_lazy("Chief executive"),
}
TRACK_NAMES = {
    Track.ACADEMIC: gettext_lazy("Academic path"),
    Track.HOSPITAL: gettext_lazy("Hospital path"),
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    rule: str
    count: str
    met: bool


@dataclass(frozen=True, slots=True)
class RoleLine:
    key: str
    name: str
    track: str
    met: int
    total: int
    leads_to: str
    sideways: str
    checks: list[CheckLine]


@dataclass(frozen=True, slots=True)
class ActionLine:
    title: str
    rule: str
    role: str
    url: str


KIND_NAMES = {
    Kind.PODS: gettext_lazy("Skill pods marked at the expected level or above"),
    Kind.PUBLICATIONS: gettext_lazy("Publications with a DOI"),
    Kind.COMMITTEES: gettext_lazy("Committees led since a skill pod, confirmed"),
    Kind.LEADING: gettext_lazy("Years at the head of a unit"),
}


def role_name(role: Role) -> str:
    """The organisation's word, or the product's."""
    return role.name or str(ROLE_NAMES.get(role.key, role.key))


def names_of(keys: Iterable[str], roles: Sequence[Role]) -> str:
    known = {role.key: role for role in roles}
    return ", ".join(role_name(known[key]) for key in keys if key in known)


def role_lines(advice: Advice, roles: Sequence[Role]) -> list[RoleLine]:
    """The roles ahead, nearest first."""
    return [_role_line(match, roles) for match in advice.matches]


def action_lines(advice: Advice, slug: str, person_id: UUID) -> list[ActionLine]:
    return [_action_line(action, slug, person_id) for action in advice.actions]


def rule_of_check(check: Check) -> str:
    """The requirement as a sentence without a verb, as much as the organisation's map can give."""
    return rule_of(check.requirement, int(check.need))


def rule_of(requirement: Requirement, need: int) -> str:
    """A requirement with so many points, years or things."""
    of = requirement.of
    match requirement.kind:
        case Kind.STAGE:
            stages = ", ".join(str(CareerStage(each).label) for each in of)
            return _("All required milestones of the stage “%(stage)s”") % {"stage": stages}
        case Kind.POINTS:
            dimensions = ", ".join(str(Dimension(each).label) for each in of).lower()
            text = _("%(points)d verified points in %(dimension)s")
            return text % {"points": need, "dimension": dimensions}
        case Kind.OFFICE:
            offices = _(" or ").join(str(PositionType(each).label).lower() for each in of)
            text = ngettext("%(years)d year as %(office)s", "%(years)d years as %(office)s", need)
            return text % {"years": need, "office": offices}
        case kind:
            return _counted(kind, need)


def _counted(kind: Kind, number: int) -> str:
    """So many things of a kind that has no closer word."""
    one, more = {
        Kind.PODS: (
            _("%(n)d skill pod marked at the expected level or above"),
            _("%(n)d skill pods marked at the expected level or above"),
        ),
        Kind.PUBLICATIONS: (_("%(n)d publication with a DOI"), _("%(n)d publications with a DOI")),
        Kind.COMMITTEES: (
            _("%(n)d committee led since a skill pod, confirmed"),
            _("%(n)d committees led since a skill pod, confirmed"),
        ),
        Kind.LEADING: (_("%(n)d year at the head of a unit"), _("%(n)d years at the head of a unit")),
    }[kind]
    return (one if number == 1 else more) % {"n": number}


def _count(check: Check) -> str:
    """Cut off, never rounded up: 2.99 of 3 years is not there yet."""
    have = math.floor(check.have * 10) / 10
    return _("%(have)s of %(need)d") % {"have": f"{have:g}", "need": int(check.need)}


def _role_line(match: Match, roles: Sequence[Role]) -> RoleLine:
    role = match.role
    return RoleLine(
        key=role.key,
        name=role_name(role),
        track=str(TRACK_NAMES[role.track]),
        met=match.met,
        total=match.total,
        leads_to=names_of(role.up, roles),
        sideways=names_of(role.sideways, roles),
        checks=[CheckLine(rule_of_check(check), _count(check), check.met) for check in match.checks],
    )


def _action_line(action: Action, slug: str, person_id: UUID) -> ActionLine:
    title, url = _deed(action, slug, person_id)
    return ActionLine(title, rule_of_check(action.check), role_name(action.role), url)


def _deed(action: Action, slug: str, person_id: UUID) -> tuple[str, str]:
    """What to do, and where."""
    step = action.step
    if isinstance(step, Step):
        return step.title, reverse("passport:milestone", args=[slug, person_id, step.milestone_id])
    if step is not None:
        return step.title, reverse("passport:pod", args=[slug, step.pod_id])
    kind = action.check.requirement.kind
    if kind == Kind.PUBLICATIONS:
        return _("Bring in your publications with their DOIs"), reverse(
            "passport:portfolio_of", args=[slug, person_id]
        )
    if kind == Kind.COMMITTEES:
        return _("Lead a committee, and have it confirmed beside the pod you did"), reverse(
            "passport:pods_of", args=[slug, person_id]
        )
    return _("Speak with your immediate leader or sponsor about a position"), (
        reverse("passport:person", args=[slug, person_id]) + "#helpers"
    )
