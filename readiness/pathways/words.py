"""The advice in words: roles, rules and actions, with where to go for each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.enums import CareerStage, PositionType
from readiness.pathways.advice import Action, Advice, Check, Match
from readiness.pathways.graph import Kind, Track
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


def role_name(key: str) -> str:
    return str(ROLE_NAMES[key])


def role_lines(advice: Advice) -> list[RoleLine]:
    """The roles ahead, nearest first."""
    return [_role_line(match) for match in advice.matches]


def action_lines(advice: Advice, slug: str, person_id: UUID) -> list[ActionLine]:
    return [_action_line(action, slug, person_id) for action in advice.actions]


def rule_of_check(check: Check) -> str:
    """The requirement as a sentence without a verb, as it is counted here."""
    requirement, need = check.requirement, int(check.need)
    match requirement.kind:
        case Kind.STAGE:
            stages = ", ".join(str(CareerStage(each).label) for each in requirement.of)
            return _("All required milestones of the stage “%(stage)s”") % {"stage": stages}
        case Kind.POINTS:
            dimensions = ", ".join(str(Dimension(each).label) for each in requirement.of)
            return _("%(points)d verified points in %(dimension)s") % {
                "points": need,
                "dimension": dimensions.lower(),
            }
        case Kind.OFFICE:
            offices = _(" or ").join(str(PositionType(each).label).lower() for each in requirement.of)
            text = ngettext("%(years)d year as %(office)s", "%(years)d years as %(office)s", need)
            return text % {"years": need, "office": offices}
        case Kind.LEADING:
            text = ngettext(
                "%(years)d year at the head of a unit", "%(years)d years at the head of a unit", need
            )
            return text % {"years": need}


def _count(check: Check) -> str:
    """Cut off, never rounded up: 2.99 of 3 years is not there yet."""
    have = math.floor(check.have * 10) / 10
    return _("%(have)s of %(need)d") % {"have": f"{have:g}", "need": int(check.need)}


def _role_line(match: Match) -> RoleLine:
    role = match.role
    return RoleLine(
        key=role.key,
        name=role_name(role.key),
        track=str(TRACK_NAMES[role.track]),
        met=match.met,
        total=match.total,
        leads_to=", ".join(role_name(key) for key in role.up),
        sideways=", ".join(role_name(key) for key in role.sideways),
        checks=[CheckLine(rule_of_check(check), _count(check), check.met) for check in match.checks],
    )


def _action_line(action: Action, slug: str, person_id: UUID) -> ActionLine:
    if action.step is not None:
        title = action.step.title
        url = reverse("passport:milestone", args=[slug, person_id, action.step.milestone_id])
    else:
        title = _("Speak with your immediate leader or sponsor about a position")
        url = reverse("passport:person", args=[slug, person_id]) + "#helpers"
    return ActionLine(title, rule_of_check(action.check), role_name(action.role.key), url)
