"""Beginning a leader's plan with a template."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.access import demand
from people.member import Member
from people.models import Person
from sponsors.models import Goal
from sponsors.permissions import REGIMEN_IS_CHANGED_BY, can_change_goals
from sponsors.queries.regimens import goals_of
from sponsors.queries.team import seat_at
from sponsors.regimen_templates import Template
from sponsors.services.regimens import Step, add_action, add_goal


@transaction.atomic
def begin_with_template(leader: Person, template: Template, *, by: Member) -> list[Goal]:
    """Its goals and actions, from today on and still without owners, where there is no plan yet. Each is a
    change like any other."""
    Person.objects.select_for_update(no_key=True).get(pk=leader.pk)  # two at once: one of them begins
    today = timezone.localdate()
    demand(can_change_goals(seat_at(by, leader.pk, on=today)), REGIMEN_IS_CHANGED_BY)
    if goals_of(leader.pk).exists():
        raise ValidationError(_("There is a plan already. A template is for beginning one."))
    reason = _("To begin with: from the template “%(name)s”.") % {"name": template.name}
    made = []
    for wanted in template.goals:
        goal = add_goal(leader, wanted.title, wanted.outcome, reason=reason, by=by)
        for each in wanted.actions:
            start = today + dt.timedelta(days=each.begins)
            step = Step(
                goal_id=goal.pk,
                title=each.title,
                kind=each.kind,
                need=each.need,
                start_on=start,
                due_on=start + dt.timedelta(days=each.lasts),
                domain=each.domain,
                hours=Decimal(each.hours),
                evidence=each.evidence,
            )
            add_action(leader, step, reason=reason, by=by)
        made.append(goal)
    return made
