"""What partners agree on: who decides what, and what they want to reach together."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.enums import Decider, GoalState
from partnerships.models import Partnership, Responsibility, SharedGoal
from partnerships.services.locking import locked_by_partner
from people.member import Member

MOST = 40  # matters, or goals under way: beyond that nobody reads them


@transaction.atomic
def agree_who_decides(
    partnership: Partnership, matter: str, decider: Decider, *, by: Member
) -> Responsibility:
    """Add a matter to the role split."""
    kept = locked_by_partner(partnership, by)
    if not matter.strip():
        raise ValidationError({"matter": _("Say what is decided.")})
    if decider != Decider.TOGETHER and decider not in {each.part for each in kept.current}:
        raise ValidationError(
            {"decider": _("There is no %(part)s in this partnership.") % {"part": decider.label.lower()}}
        )
    if Responsibility.objects.filter(partnership=kept).count() >= MOST:
        raise ValidationError(_("%(most)d matters are enough: take one away first.") % {"most": MOST})
    return Responsibility.objects.create(partnership=kept, matter=matter.strip(), decider=decider)


@transaction.atomic
def drop_matter(responsibility: Responsibility, *, by: Member) -> None:
    """It is no longer agreed on."""
    locked_by_partner(responsibility.partnership, by)
    Responsibility.objects.filter(pk=responsibility.pk).delete()


@transaction.atomic
def set_goal(partnership: Partnership, title: str, due_on: dt.date, *, by: Member) -> SharedGoal:
    """What the partners want to reach together, by a day to come."""
    kept = locked_by_partner(partnership, by)
    if not title.strip():
        raise ValidationError({"title": _("Say what you want to reach.")})
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": _("This day has gone by: choose one to come.")})
    if SharedGoal.objects.filter(partnership=kept, state=GoalState.OPEN).count() >= MOST:
        raise ValidationError(_("%(most)d goals are enough: finish one first.") % {"most": MOST})
    return SharedGoal.objects.create(partnership=kept, title=title.strip(), due_on=due_on)


@transaction.atomic
def finish_goal(goal: SharedGoal, state: GoalState, *, by: Member) -> SharedGoal:
    """Reached, or dropped; or under way again."""
    locked_by_partner(goal.partnership, by)
    kept = SharedGoal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
    kept.state = state
    kept.over_on = None if state == GoalState.OPEN else timezone.localdate()
    kept.save(update_fields=["state", "over_on"])
    return kept
