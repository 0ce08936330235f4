"""A version of a regimen on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people.models import Person
from sponsors.enums import ActionKind, Domain, Outcome
from sponsors.models import RegimenVersion, Sponsorship, TeamSeat
from sponsors.plan.items import Plan, PlannedAction, PlannedGoal
from web.numbers import MISSING, decimal
from web.pdf import Row, Sheet


def regimen_sheet(
    leader: Person,
    version: RegimenVersion,
    plan: Plan,
    people: Sequence[Row],
    names: Mapping[UUID, str],
    *,
    cautions: Sequence[str],
    organization: str,
) -> Sheet:
    """The plan as its reader may read it; `people` from `who_is_who`, `names` of the owners, `cautions` in
    words."""
    groups: list[tuple[str, Sequence[Row]]] = [(_("Who is who"), people)]
    groups += [(heading(goal), rows_of(plan, goal, names)) for goal in plan.goals]
    notes = [*cautions]
    if any(action.private for action in plan.actions):
        notes.append(_("This copy holds what stays between leader and sponsor."))
    return Sheet(
        title=leader.name,
        above=_("Development regimen"),
        lead=version.reason,
        head=(_("Action"), _("Kind"), _("Owner"), _("Hours"), _("Due")),
        groups=groups,
        widths=(5, 2, 2, 1, 2),
        notes=notes,
        numeric=(3,),
        organization=organization,
        made=day(timezone.localdate()),
        facts=[
            (_("Version"), str(version.number)),
            (_("In force from"), day(timezone.localdate(version.published_at))),
            (_("Published by"), version.published_by.name),
        ],
        page=_("Page"),
        language=(get_language() or "en").partition("-")[0],
        pages=True,
    )


def who_is_who(
    leader: Person, sponsorship: Sponsorship | None, managers: Mapping[UUID, str], team: Sequence[TeamSeat]
) -> list[Row]:
    """The people round a leader today, each with what they are."""
    return [
        (_("Leader"), leader.name),
        (_("Primary sponsor"), sponsorship.sponsor.name if sponsorship else MISSING),
        *((_("Immediate leader"), name) for name in managers.values()),
        *((str(seat.get_domain_display()), seat.specialist.name) for seat in team),
    ]


def heading(goal: PlannedGoal) -> str:
    return _("%(goal)s · to %(outcome)s") % {
        "goal": goal.title,
        "outcome": str(Outcome(goal.outcome).label).lower(),
    }


def rows_of(plan: Plan, goal: PlannedGoal, names: Mapping[UUID, str]) -> list[Row]:
    return [row_of(each, names) for each in plan.actions if each.goal == goal.id] or [
        (_("Nothing serves this goal yet."), "")
    ]


def row_of(action: PlannedAction, names: Mapping[UUID, str]) -> Row:
    kind = [str(ActionKind(action.kind).label)]
    if action.domain:
        kind.append(str(Domain(action.domain).label))
    if action.private:
        kind.append(_("private"))
    words = [action.title, _("Need: %(need)s") % {"need": action.need}]
    if action.evidence:
        words.append(_("Evidence: %(evidence)s") % {"evidence": action.evidence})
    return (
        "\n".join(words),
        ", ".join(kind),
        names.get(UUID(action.owner), MISSING) if action.owner else MISSING,
        decimal(float(action.hours), 1),
        day(action.due_on),
    )


def day(on: dt.date) -> str:
    return date_format(on, "DATE_FORMAT")
