"""Whether anything waits for somebody: one statement of everything that could, kept for members alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.db.models import Exists, QuerySet

from people.member import Member
from people.models import Person
from tenancy.kept import kept


class Waits(Protocol):
    """A kind of item: what of it waits, written only when it is needed."""

    @property
    def waiting(self) -> Callable[[], QuerySet[Any, Any]]: ...


SourcesOf = Callable[[Member, str, dt.date], Sequence[Waits]]  # what may wait there for a member on a day


def what_waits(rooms: tuple[SourcesOf, ...], member: Member, on: dt.date) -> tuple[bool, ...]:
    """For each source of the rooms, in their order, whether anything of it waits for a member. One query."""
    answers: tuple[bool, ...]
    (answers,) = kept(waiting_told, rooms, member, on)
    return answers


def waiting_told(rooms: tuple[SourcesOf, ...], member: Member, on: dt.date) -> QuerySet[Person, Any]:
    """A row of them."""
    anything = [Exists(source.waiting()) for room in rooms for source in room(member, "", on)]
    return Person.objects.filter(pk=member.person_id).values_list(*anything)
