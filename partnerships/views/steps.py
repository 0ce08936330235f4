"""What is done on a partnership's page, one form each. A refused one comes back on the page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from partnerships.forms.partnerships import (
    CharterForm,
    GoalForm,
    GoalStateForm,
    JoinForm,
    MatterForm,
    MeetingForm,
    ShareForm,
)
from partnerships.models import Meeting, Partner, PartnerChange, Partnership, Responsibility, SharedGoal
from partnerships.permissions import (
    CHARTER_IS_KEPT_BY,
    PARTNERS_ARE_CHANGED_BY,
    can_change_partners,
    can_keep_charter,
)
from partnerships.services import charter, checks, meetings, partners
from partnerships.services import partnerships as services
from partnerships.views.partnerships import find_partnership, partnership_page
from people.access import MemberRequest, demand, member_view
from people.member import Member
from people.steps import Step, take_step
from web.forms import ids_of


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may, and the words for whoever may not: said before anything typed is looked at."""

    allows: Callable[[Member, Collection[UUID]], bool]
    words: Promise


KEEP = Rule(can_keep_charter, CHARTER_IS_KEPT_BY)
ARRANGE = Rule(can_change_partners, PARTNERS_ARE_CHANGED_BY)


@dataclass(frozen=True, slots=True)
class RuledStep(Step):
    """A step, and whose it is."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class ItemStep(RuledStep):
    """The same, with something that belongs to the partnership; `way`: how it leads to it."""

    model: type[Model]
    way: str = "partnership"


# Each posts to partnerships:<name>; its form is `<name>_form` on the page.
STEPS = {
    "charter": RuledStep(CharterForm, services.write_charter, _("The charter is written."), KEEP),
    "matter": RuledStep(MatterForm, charter.agree_who_decides, _("Agreed."), KEEP),
    "goal": RuledStep(GoalForm, charter.set_goal, _("The goal is set."), KEEP),
    "meeting": RuledStep(MeetingForm, meetings.log_meeting, _("Logged."), KEEP),
    "check_open": RuledStep(
        forms.Form, checks.open_check, _("The check has begun: your partners are asked, too."), KEEP
    ),
    "join": RuledStep(JoinForm, partners.add_partner, _("All partners are told."), ARRANGE),
    "end": RuledStep(
        forms.Form, services.end_partnership, _("Over. Everything that was agreed stays."), ARRANGE
    ),
}
ITEM_STEPS = {
    "matter_drop": ItemStep(forms.Form, charter.drop_matter, _("Taken away."), KEEP, Responsibility),
    "goal_finish": ItemStep(GoalStateForm, charter.finish_goal, _("Noted."), KEEP, SharedGoal),
    "meeting_strike": ItemStep(forms.Form, meetings.strike_meeting, _("Taken away."), KEEP, Meeting),
    "partner_release": ItemStep(
        forms.Form, partners.release_partner, _("The others are told."), ARRANGE, Partner
    ),
    "partner_share": ItemStep(ShareForm, partners.set_share, _("Changed."), ARRANGE, Partner),
    "change_keep": ItemStep(
        forms.Form,
        partners.keep_partner,
        _("It goes on as it is."),
        ARRANGE,
        PartnerChange,
        "partner__partnership",
    ),
}


@require_POST
@member_view
def step(request: MemberRequest, partnership_id: UUID, name: str) -> HttpResponse:
    """Do it, or show the page again with what is wrong."""
    taken, found = STEPS[name], find_partnership(partnership_id)
    demand(taken.rule.allows(request.member, found.partner_ids), taken.rule.words)
    return _take(request, taken, found, name=name)


@require_POST
@member_view
def item_step(request: MemberRequest, partnership_id: UUID, item_id: UUID, name: str) -> HttpResponse:
    """The same with a part of the partnership, which has to belong to it."""
    taken, found = ITEM_STEPS[name], find_partnership(partnership_id)
    demand(taken.rule.allows(request.member, found.partner_ids), taken.rule.words)
    item = get_object_or_404(
        taken.model._default_manager.select_related(taken.way), pk=item_id, **{taken.way: found}
    )
    return _take(request, taken, found, item, name=name)


def _take(
    request: MemberRequest, taken: RuledStep, found: Partnership, item: Model | None = None, *, name: str
) -> HttpResponse:
    form = taken.form(request.POST, auto_id=ids_of(name))
    if take_step(taken, item or found, form, request) is not None:
        return redirect("partnerships:partnership", request.organization.slug, found.pk)
    return partnership_page(request, find_partnership(found.pk), refused=form, step=name)
