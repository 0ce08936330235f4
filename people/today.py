"""What is due for somebody: the shape of an item on the Today page, and what people itself puts there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.enums import ImportState
from people.import_queries import imports_newest_first
from people.job_runs import runs_with_step_in
from people.member import Member
from people.permissions import can_import, can_see_jobs
from tenancy.models import JobStep


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing to do, one click away. `due` is None when there is no date to it."""

    title: str
    detail: str
    url: str
    icon: str
    due: dt.date | None = None


def due_items(member: Member, slug: str, _on: dt.date) -> list[DueItem]:
    """For organisation admins work that stopped; for whoever imports, their own files that wait."""
    return [*parked_work(member, slug), *files_waiting(member, slug)]


def parked_work(member: Member, slug: str) -> list[DueItem]:
    if not can_see_jobs(member):
        return []
    count = runs_with_step_in(JobStep.State.PARKED).count()
    if not count:
        return []
    title = ngettext("A job has stopped", "%(count)d jobs have stopped", count) % {"count": count}
    url = f"{reverse('people:jobs', args=[slug])}?state={JobStep.State.PARKED}"
    return [DueItem(title, _("Look why, and try again."), url, "alert-triangle")]


def files_waiting(member: Member, slug: str) -> list[DueItem]:
    if not can_import(member):
        return []
    details = {
        ImportState.UPLOADED: _("Say what its columns hold."),
        ImportState.CHECKED: _("It is checked: apply it or delete it."),
        ImportState.FAULTY: _("It has faults: nothing was imported."),
    }
    waiting = imports_newest_first().filter(uploaded_by=member.person_id, state__in=details)[:5]
    return [
        DueItem(
            imported.file_name,
            details[ImportState(imported.state)],
            reverse("people:import", args=[slug, imported.pk]),
            "file-import",
        )
        for imported in waiting
    ]
