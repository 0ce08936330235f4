"""Statements that are written once for members alike: whether anything waits for somebody, and the rows of a
query that many pages ask.

To have Django write them takes four times as long as to have PostgreSQL answer them, and only values differ
from one member to the next: who asks, in which organisation, who reports to them. So each is written for two
stand-ins, who share nothing but what makes members alike. Where the two statements differ is a place for a
value of whoever asks. Anything else that differs, as a moment or a name, has no place in a statement that is
kept: it raises when the statement is written, before anybody could get the answer of somebody else.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NoReturn, Protocol
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Exists, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from people.enums import Role
from people.member import Member
from people.models import Person
from tenancy.scope import tenant_scope

MOST_KEPT: Final = 256  # kinds of members, days and time zones in one process; those asked last stay


class NotForEverybodyError(RuntimeError):
    """A statement depends on more than the values of a member and what makes members alike."""


class Waits(Protocol):
    """A kind of item: what of it waits, written only when it is needed."""

    @property
    def waiting(self) -> Callable[[], QuerySet[Any, Any]]: ...


Asks = Callable[[Member, dt.date], QuerySet[Any, Any]]  # plain values: `values_list`
SourcesOf = Callable[[Member, str, dt.date], Sequence[Waits]]  # what may wait there for a member on a day


@dataclass(frozen=True, slots=True)
class Alike:
    """What the words of a statement may depend on. Members with all of this in common share a statement."""

    on: dt.date
    time_zone: str
    language: str | None
    roles: frozenset[Role]
    reports: int
    led_units: int
    directed_cohorts: int

    def stand_in(self) -> Member:
        """Nobody, in no organisation: every value is drawn, and no other stand-in has it."""
        return Member(
            person_id=uuid4(),
            organization_id=-secrets.randbits(62),
            name=secrets.token_hex(),
            given_name=secrets.token_hex(),
            unit_id=uuid4(),
            locale=secrets.token_hex(),
            roles=self.roles,
            directed_cohorts=_ids(self.directed_cohorts),
            reports=_ids(self.reports),
            led_units=_ids(self.led_units),
            unread=secrets.randbits(62),
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """`places`: which of a member's values stands where among the parameters."""

    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]

    def parameters_for(self, member: Member) -> list[Any]:
        values, filled = _values_of(member), list(self.parameters)
        for place, value in self.places:
            filled[place] = values[value]
        return filled


def what_waits(rooms: tuple[SourcesOf, ...], member: Member, on: dt.date) -> tuple[bool, ...]:
    """For each source of the rooms, in their order, whether anything of it waits for a member. One query."""
    statement = statement_for(rooms, alike(member, on))
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.parameters_for(member))
        answers: tuple[bool, ...] = cursor.fetchone()
    return answers


def alike(member: Member, on: dt.date) -> Alike:
    return Alike(
        on,
        timezone.get_current_timezone_name(),
        get_language(),
        member.roles,
        len(member.reports),
        len(member.led_units),
        len(member.directed_cohorts),
    )


def rows_kept(asks: Asks, member: Member, on: dt.date) -> list[tuple[Any, ...]]:
    """The rows of a query of plain values for a member on a day. `asks` is a function of a module: its
    statement is kept as long as the process lives. One query."""
    statement = statement_of(asks, alike(member, on))
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.parameters_for(member))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@lru_cache(maxsize=MOST_KEPT)
def statement_for(rooms: tuple[SourcesOf, ...], members: Alike) -> Statement:
    return _compared(lambda member: written_for(rooms, member, members.on), members)


@lru_cache(maxsize=MOST_KEPT)
def statement_of(asks: Asks, members: Alike) -> Statement:
    return _compared(lambda member: written(asks, member, members.on), members)


def _compared(write: Callable[[Member], tuple[str, tuple[Any, ...]]], members: Alike) -> Statement:
    """Written twice, and compared. Whoever asks is no part of it."""
    one, other = members.stand_in(), members.stand_in()
    (sql, first), (same, second) = write(one), write(other)
    if sql != same:
        raise NotForEverybodyError("The words of a statement depend on who asks.")
    known = list(zip(_values_of(one), _values_of(other), strict=True))
    places = []
    for place, pair in enumerate(zip(first, second, strict=True)):
        if pair[0] == pair[1]:
            continue
        if pair not in known:
            raise NotForEverybodyError(f"Not a value of whoever asks: {pair[0]!r} in {sql}")
        places.append((place, known.index(pair)))
    return Statement(sql, first, tuple(places))


def written(asks: Asks, member: Member, on: dt.date) -> tuple[str, tuple[Any, ...]]:
    """A query as Django writes it for one member, with its parameters. Asks the database nothing."""
    with connection.execute_wrapper(_refuse), tenant_scope(member.organization_id):
        return asks(member, on).query.sql_with_params()


def written_for(rooms: Sequence[SourcesOf], member: Member, on: dt.date) -> tuple[str, tuple[Any, ...]]:
    """The statement as Django writes it for one member, with its parameters. Asks the database nothing."""
    with connection.execute_wrapper(_refuse), tenant_scope(member.organization_id):
        anything = [Exists(source.waiting()) for room in rooms for source in room(member, "", on)]
        asked = Person.objects.filter(pk=member.person_id).values_list(*anything)
        return asked.query.sql_with_params()


def _values_of(member: Member) -> list[Any]:
    """Everything of a member that a statement may name, in one order for all who are alike."""
    return [
        member.person_id,
        member.organization_id,
        member.unit_id,
        *member.reports,
        *member.led_units,
        *member.directed_cohorts,
    ]


def _ids(count: int) -> frozenset[UUID]:
    return frozenset(uuid4() for _ in range(count))


def _refuse(*_asked: object) -> NoReturn:
    raise NotForEverybodyError("Writing a statement asks nothing: what one organisation holds is no other's.")
