"""What is due for somebody: how rooms put items on the Today page, and what people itself puts there.

A room names its kinds of items as `Source`s. One statement asks of all of them whether anything waits
(people/due_statement.py); only where something does, it is looked up. So another kind of item costs no query
while nothing of it waits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.due_statement import what_waits
from people.enums import ImportState
from people.import_queries import imports_newest_first
from people.job_runs import runs_with_step_in
from people.member import Member
from people.models import Import
from people.permissions import can_import, can_see_jobs
from tenancy.models import JobRun, JobStep

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing to do, one click away. `due` is None when there is no date to it."""

    title: str
    detail: str
    url: str
    icon: str
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of item: what waits, the most urgent first, and the items that tell of it. What waits is said
    by a function, called where something does; it may look at its arguments only, and asks nothing itself."""

    waiting: Callable[[], QuerySet[Any, Any]]
    items: Callable[[QuerySet[Any, Any]], Iterable[DueItem]]


def one_by_one(
    waiting: Callable[[], QuerySet[Row]], item: Callable[[Row], DueItem], *, most: int = 10
) -> Source:
    """An item for each of the first `most`."""
    return Source(waiting, lambda found: map(item, found[:most]))


def together(waiting: Callable[[], QuerySet[Any, Any]], item: Callable[[int], DueItem]) -> Source:
    """One item, which says how many there are."""
    return Source(waiting, lambda found: [item(found.count())])


Room = Callable[[Member, str, dt.date], list[Source]]


def items_of(rooms: tuple[Room, ...], member: Member, slug: str, on: dt.date) -> list[DueItem]:
    """The items of whatever holds any. One query, and those of each source that does."""
    sources = [source for room in rooms for source in room(member, slug, on)]
    if not sources:
        return []
    waits = what_waits(rooms, member, on)
    return [
        item
        for source, holds_any in zip(sources, waits, strict=True)
        if holds_any
        for item in source.items(source.waiting())
    ]


def sources(member: Member, slug: str, _on: dt.date) -> list[Source]:
    """For organisation admins work that stopped; for whoever imports, their own files that wait."""
    found = []
    if can_see_jobs(member):
        found.append(together(stopped_runs, lambda count: jobs_stopped(count, slug)))
    if can_import(member):
        found.append(
            one_by_one(lambda: files_of(member.person_id), lambda each: file_waiting(each, slug), most=5)
        )
    return found


def stopped_runs() -> QuerySet[JobRun]:
    return runs_with_step_in(JobStep.State.PARKED)


def files_of(person_id: UUID) -> QuerySet[Import]:
    """What somebody uploaded and has not ended."""
    return imports_newest_first().filter(uploaded_by=person_id, state__in=_left_to_do())


def jobs_stopped(count: int, slug: str) -> DueItem:
    title = ngettext("A job has stopped", "%(count)d jobs have stopped", count) % {"count": count}
    url = f"{reverse('people:jobs', args=[slug])}?state={JobStep.State.PARKED}"
    return DueItem(title, _("Look why, and try again."), url, "alert-triangle")


def file_waiting(imported: Import, slug: str) -> DueItem:
    return DueItem(
        imported.file_name,
        _left_to_do()[ImportState(imported.state)],
        reverse("people:import", args=[slug, imported.pk]),
        "file-import",
    )


def _left_to_do() -> dict[ImportState, str]:
    return {
        ImportState.UPLOADED: _("Say what its columns hold."),
        ImportState.CHECKED: _("It is checked: apply it or delete it."),
        ImportState.FAULTY: _("It has faults: nothing was imported."),
    }
