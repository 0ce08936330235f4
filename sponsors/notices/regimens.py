"""What leaders and their teams are told of a regimen. No titles of actions, no reasons."""

from __future__ import annotations

from django.utils.translation import gettext as _

from people.notices import Notice, page_path
from sponsors.models import Action, Proposal, RegimenVersion

ICON = "clipboard-heart"


def published(version: RegimenVersion) -> Notice:
    title = _("Version %(number)d of your regimen is in force: read it.")
    return Notice(title % {"number": version.number}, _path(version), ICON)


def acknowledged(version: RegimenVersion) -> Notice:
    title = _("%(name)s has read version %(number)d of the regimen.")
    return Notice(title % {"name": version.leader.name, "number": version.number}, _path(version), ICON)


def to_attest(action: Action) -> Notice:
    title = _("An action of %(name)s is done: attest what came of it.") % {"name": action.leader.name}
    return Notice(title, _action(action), ICON)


def attested(action: Action, *, by: str) -> Notice:
    """For the leader, who may let it go into the Passport."""
    return Notice(_("%(name)s attested what came of an action.") % {"name": by}, _action(action), ICON)


def disowned(action: Action) -> Notice:
    """For whoever plans: who saw to it has left."""
    title = _("%(owner)s is no longer here: name who sees to an action of %(leader)s.")
    names = {"owner": action.owner.name if action.owner else "", "leader": action.leader.name}
    return Notice(title % names, _action(action), ICON)


def _action(action: Action) -> str:
    return page_path("sponsors:action_progress", action.leader_id, action.pk)


def _path(version: RegimenVersion) -> str:
    return page_path("sponsors:regimen", version.leader_id)


def proposed(proposal: Proposal, *, by: str) -> Notice:
    return Notice(_("%(name)s proposes something for the regimen.") % {"name": by}, _regimen(proposal), ICON)


def answered(proposal: Proposal) -> Notice:
    return Notice(_("Your proposal for the regimen is answered."), _regimen(proposal), ICON)


def _regimen(proposal: Proposal) -> str:
    return page_path("sponsors:regimen", proposal.leader_id)
