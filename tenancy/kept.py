"""Queries whose statement is written once for arguments alike, and kept.

To have Django write a statement takes two to four times as long as to have PostgreSQL answer it, and from one
request to the next only values differ: who asks, about whom, in which organisation. So a statement is
written for two stand-ins, who share nothing but what makes arguments alike. Where the two statements differ
is a place for a value of whoever asks. Anything else that differs, as a moment or a name, has no place in a
statement that is kept: it raises when the statement is written, before anybody could get the answer of
somebody else.
"""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from types import FunctionType
from typing import Any, Final, NoReturn, ParamSpec, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from tenancy.scope import current_organization_id, tenant_scope

VALUES: Final = (UUID, int, str, dt.datetime)
MOST_KEPT: Final = 512  # kinds of questions, days and time zones in one process

M = TypeVar("M", bound=Model)
R = TypeVar("R")
P = ParamSpec("P")


class NotForEverybodyError(RuntimeError):
    """A statement depends on more than the values of its arguments and what makes them alike."""


@dataclasses.dataclass(frozen=True, slots=True)
class Alike:
    """What the words of a statement may depend on. Arguments with all of this in common share a statement.

    `today`: a query that looks for it by itself is written anew each day. `kinds`: of each value, of which
    the first is the organisation; `shapes`: each argument with a place among the values for everything that
    is one. What is the same value twice has one place.
    """

    time_zone: str
    today: dt.date
    language: str | None
    kinds: tuple[type, ...]
    shapes: tuple[Any, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Place:
    """Of a value."""

    number: int


@dataclasses.dataclass(frozen=True, slots=True)
class _Set:
    """Choices, and the places of values. Those that nothing before it had are a span: a set has no order."""

    choices: frozenset[Any]
    known: frozenset[int]
    new: range


@dataclasses.dataclass(frozen=True, slots=True)
class _Made:
    """A dataclass or a tuple of shapes."""

    of: type
    parts: tuple[Any, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Statement:
    """`places`: which value stands where among the parameters; without words nothing can be found."""

    rows: QuerySet[Any, Any]  # of a stand-in: how a row becomes what the query gives
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]

    def parameters_for(self, values: Sequence[Any]) -> tuple[Any, ...]:
        filled = list(self.parameters)
        for place, value in self.places:
            filled[place] = values[value]
        return tuple(filled)


_kept: dict[tuple[Any, ...], Statement] = {}


def kept(asks: Callable[P, QuerySet[M, R]], *given: P.args, **named: P.kwargs) -> list[R]:
    """The rows of `asks(*given)`. One query.

    `asks` is a function of a module, and its statement stays as long as the process. It may look at nothing
    but its arguments, and at those only as values: they are ids, days, moments, choices, flags,
    and dataclasses or sets of these. Raises NotForEverybodyError where its words depend on more, and
    TypeError for an argument of another kind.
    """
    arguments = (*given, *(value for _name, value in sorted(named.items())))
    names = tuple(sorted(named))
    members, values = alike(arguments)
    key = (asks, names, members)
    statement = _kept.get(key)
    if statement is None:
        statement = compared(asks, names, members)
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)  # the oldest; another thread may have been first
        _kept[key] = statement
    if not statement.sql:
        return []
    return list(_rows(statement, statement.parameters_for(values)))


def first_kept(asks: Callable[P, QuerySet[M, R]], *given: P.args, **named: P.kwargs) -> R | None:
    """The first of the rows, where there is one: `asks` itself takes no more of them than it must."""
    return next(iter(kept(asks, *given, **named)), None)


def alike(arguments: Sequence[Any]) -> tuple[Alike, list[Any]]:
    """What arguments share with others, and their values. TypeError for what is neither."""
    places: dict[Any, int] = {current_organization_id(): 0}
    for each in arguments:
        # In a dataclass they are values. On its own a text could be a choice between words; and what Django
        # writes of a number depends on whether its column can hold it.
        if type(each) in {str, int}:
            raise TypeError(f"{type(each).__name__} is no argument of a statement that is kept: {each!r}")
    shapes = tuple(_shape(each, places) for each in arguments)
    zone, kinds = timezone.get_current_timezone_name(), tuple(map(type, places))
    return Alike(zone, timezone.localdate(), get_language(), kinds, shapes), list(places)


def compared(asks: Callable[..., QuerySet[Any, Any]], names: tuple[str, ...], members: Alike) -> Statement:
    """Written twice, and compared. Whoever asks is no part of it."""
    one, other = ([_drawn(kind) for kind in members.kinds] for _ in range(2))
    (rows, compiler, sql, first), (_, _, same, second) = (
        written(asks, [_filled(each, drawn) for each in members.shapes], names, organization_id=drawn[0])
        for drawn in (one, other)
    )
    if sql != same:
        raise NotForEverybodyError("The words of a statement depend on who asks.")
    places = []
    for place, (this, that) in enumerate(zip(first, second, strict=True)):
        if this == that:
            continue
        if (
            this not in one
            or that not in other
            or not exchangeable(one.index(this), other.index(that), members)
        ):
            raise NotForEverybodyError(f"Not a value of whoever asks: {this!r} in {sql}")
        places.append((place, one.index(this)))
    return Statement(rows, compiler, sql, first, tuple(places))


def exchangeable(one: int, other: int, members: Alike) -> bool:
    """Whether two places are the same, or of one set, which Django goes through in an order of its own."""
    return one == other or any({one, other} <= each for shape in members.shapes for each in _sets(shape))


def _sets(shape: Any) -> Iterator[set[int]]:
    if isinstance(shape, _Set):
        yield {*shape.known, *shape.new}
    elif isinstance(shape, _Made):
        for each in shape.parts:
            yield from _sets(each)


def written(
    asks: Callable[..., QuerySet[Any, Any]],
    arguments: Sequence[Any],
    names: tuple[str, ...],
    *,
    organization_id: int,
) -> tuple[QuerySet[Any, Any], Any, str, tuple[Any, ...]]:
    """A query as Django writes it, with its compiler, words and parameters. Asks the database nothing."""
    given = arguments[: len(arguments) - len(names)]
    named = dict(zip(names, arguments[len(given) :], strict=True))
    with connection.execute_wrapper(_refuse), tenant_scope(organization_id):
        rows = asks(*given, **named)
        if rows._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise NotForEverybodyError("What is fetched beside the rows would be written each time.")
        compiler = rows.query.get_compiler(using=rows.db)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            sql, parameters = "", ()
    return rows, compiler, sql, tuple(parameters)


def _rows(statement: Statement, parameters: tuple[Any, ...]) -> Iterable[Any]:
    """What Django makes of the answer, by the compiler that wrote the statement."""
    compiler, query = copy.copy(statement.compiler), copy.copy(statement.rows.query)
    compiler.connection = connection  # of this thread
    compiler.as_sql = lambda *_args, **_more: (statement.sql, parameters)
    query.get_compiler = lambda *_args, **_more: compiler  # type: ignore[method-assign]
    found = statement.rows.__class__(model=statement.rows.model, query=query, using=statement.rows.db)
    found._fields = statement.rows._fields  # type: ignore[attr-defined]
    made: Any = statement.rows._iterable_class(found)
    return made  # type: ignore[no-any-return]  # the rows, as they are gone through


def _shape(given: Any, places: dict[Any, int]) -> Any:
    """An argument without its values, which get places in the order in which they are met."""
    if _is_choice(given):
        return given
    if isinstance(given, VALUES):
        return _Place(places.setdefault(given, len(places)))
    if isinstance(given, frozenset):
        values = [each for each in given if not _is_choice(each)]
        known = frozenset(places[each] for each in values if each in places)
        began = len(places)
        for each in values:
            _shape(each, places)
        return _Set(given.difference(values), known, range(began, len(places)))
    if isinstance(given, tuple):
        return _Made(tuple, tuple(_shape(each, places) for each in given))
    if not dataclasses.is_dataclass(given):
        raise TypeError(f"{type(given).__name__} is no argument of a statement that is kept.")
    fields = (getattr(given, each.name) for each in dataclasses.fields(given))
    return _Made(type(given), tuple(_shape(each, places) for each in fields))


def _filled(shape: Any, drawn: Sequence[Any]) -> Any:
    """An argument of a shape with other values."""
    if isinstance(shape, _Place):
        return drawn[shape.number]
    if isinstance(shape, _Set):
        return shape.choices | {drawn[place] for place in (*shape.known, *shape.new)}
    if not isinstance(shape, _Made):
        return shape
    parts = [_filled(each, drawn) for each in shape.parts]
    return tuple(parts) if shape.of is tuple else shape.of(*parts)


def _is_choice(given: Any) -> bool:
    """Whether words may depend on it: a flag, a choice, a day or a function."""
    is_day = isinstance(given, dt.date) and not isinstance(given, dt.datetime)
    return is_day or given is None or isinstance(given, bool | Enum | FunctionType)


def _drawn(kind: type) -> Any:
    """A value that nobody has."""
    if kind is UUID:
        return uuid4()
    if kind is dt.datetime:
        return dt.datetime.fromtimestamp(secrets.randbits(32), dt.UTC)
    return -secrets.randbits(62) if kind is int else secrets.token_hex()


def _refuse(*_asked: object) -> NoReturn:
    raise NotForEverybodyError("Writing a statement asks nothing: what one organisation holds is no other's.")
