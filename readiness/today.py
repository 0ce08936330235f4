"""What readiness puts on the Today page."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.enums import Role
from people.member import Member
from people.today import DueItem, Source, one_by_one
from readiness.enums import CoachingState
from readiness.models import CoachingTask
from readiness.queries import open_tasks_owned_by, tasks_overseen_by


def sources(member: Member, slug: str, on: dt.date) -> list[Source]:
    """Coaching that the member does; for programme directors also coaching without a coach."""
    found = [one_by_one(lambda: open_tasks_owned_by(member), lambda each: to_coach(each, slug), most=20)]
    if member.has(Role.PROGRAMME_DIRECTOR):
        found.append(
            Source(lambda: tasks_without_coach(member, on=on), lambda waiting: [to_assign(waiting, slug)])
        )
    return found


def tasks_without_coach(member: Member, *, on: dt.date) -> QuerySet[CoachingTask]:
    return tasks_overseen_by(member, on=on).filter(state=CoachingState.OPEN).order_by("due_on")


def to_coach(task: CoachingTask, slug: str) -> DueItem:
    return DueItem(
        _("Coach %(name)s") % {"name": task.person.name},
        _("A session was held: close the task.")
        if task.is_held  # type: ignore[attr-defined]  # annotated
        else _("A coaching session was assigned to you."),
        reverse("readiness:task", args=[slug, task.pk]),
        "message-circle-heart",
        task.due_on,
    )


def to_assign(waiting: QuerySet[CoachingTask], slug: str) -> DueItem:
    """One item for all, by the day of the first."""
    days = list(waiting.values_list("due_on", flat=True)[:500])
    return DueItem(
        ngettext("Assign a coach", "Assign %(count)d coaches", len(days)) % {"count": len(days)},
        _("Scores are below the line."),
        reverse("readiness:coaching", args=[slug]),
        "flag",
        days[0],
    )
