"""What readiness puts on the Today page."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.enums import Role
from people.member import Member
from people.today import DueItem
from readiness.enums import CoachingState
from readiness.queries import open_tasks_owned_by, tasks_overseen_by


def due_items(member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """Coaching that the member does; for programme directors also coaching without a coach."""
    items = [
        DueItem(
            _("Coach %(name)s") % {"name": task.person.name},
            _("A coaching session was assigned to you."),
            reverse("readiness:task", args=[slug, task.pk]),
            "message-circle-heart",
            task.due_on,
        )
        for task in open_tasks_owned_by(member)[:20]
    ]
    if not member.has(Role.PROGRAMME_DIRECTOR):
        return items
    waiting = list(
        tasks_overseen_by(member, on=on)
        .filter(state=CoachingState.OPEN)
        .order_by("due_on")
        .values_list("due_on", flat=True)[:500]
    )
    if waiting:
        title = ngettext("Assign a coach", "Assign %(count)d coaches", len(waiting)) % {"count": len(waiting)}
        detail = _("Scores are below the line.")
        url = reverse("readiness:coaching", args=[slug])
        items.append(DueItem(title, detail, url, "flag", waiting[0]))
    return items
