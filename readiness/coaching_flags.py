"""The task that a score below the line opened, in the clinic of whom it is about."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from people.member import Member
from readiness.queries import open_tasks_about
from sponsors.flags import Flag, shows_flags
from tenancy.jobs.periods import quarter_label


@shows_flags
def coaching_flags(member: Member, leader_id: UUID) -> list[Flag]:
    """For those who see the task: its coach, and whoever may assign it. One query."""
    title = _("Readiness Score below the line, %(quarter)s")
    return [
        Flag(
            id=task.pk,
            title=title % {"quarter": quarter_label(task.quarter)},
            owner=task.owner.name if task.owner else "",
            is_own=task.owner_id == member.person_id,
            due_on=task.due_on,
            view="readiness:task",
        )
        for task in open_tasks_about(member, leader_id)
    ]
