"""Queries whose statement is written once for arguments alike, and kept.

To have Django write a statement takes two to four times as long as to have PostgreSQL answer it, and from one
request to the next only values differ: who asks, about whom, in which organisation. So a statement is
written for two stand-ins, who share nothing but what makes arguments alike. Where the two statements differ is
a place for a value of whoever asks. Anything else that differs, as a moment or a name, has no place in a
statement that is kept: it raises when the statement is written, before anybody could get the answer of
somebody else.
"""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import secrets
from collections.abc import Callable, Iterator, Sequence
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

MOST_KEPT: Final = 512  # kinds of questions, days and time zones in one process

M = TypeVar("M", bound=Model)
R = TypeVar("R")
P = ParamSpec("P")


class NotForEverybodyError(RuntimeError):
    """A statement depends on more than the values of its arguments and what makes them alike."""


@dataclasses.dataclass(frozen=True, slots=True)
class Alike:
    """What the words of a statement may depend on. Arguments with all of this in common share a statement.

    `shapes`: of each argument all but its values; `equal`: of the values those that are one, by their places.
    """

    time_zone: str
    language: str | None
    shapes: tuple[Any, ...]
    equal: tuple[tuple[int, int], ...]


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
    but its arguments, and at those only as values: they are ids, days, choices, flags, and dataclasses or
    sets of these. Raises NotForEverybodyError where its words depend on more, and TypeError for an argument
    of another kind.
    """
    arguments = (*given, *(value for _name, value in sorted(named.items())))
    names = tuple(sorted(named))
    shapes = tuple(map(_shape, arguments))
    values = values_of(arguments)
    key = (asks, names, Alike(timezone.get_current_timezone_name(), get_language(), shapes, equal(values)))
    statement = _kept.get(key)
    if statement is None:
        statement = compared(asks, arguments, names, key[-1])
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)  # the oldest; another thread may have been first
        _kept[key] = statement
    if not statement.sql:
        return []
    return list(_rows(statement, statement.parameters_for(values)))


def values_of(arguments: Sequence[Any]) -> list[Any]:
    """Every value that a statement may name, in one order for all arguments that are alike."""
    return [current_organization_id(), *(value for each in arguments for value in _values(each))]


def equal(values: Sequence[Any]) -> tuple[tuple[int, int], ...]:
    """The places of those that came before, each with the first place of the same value."""
    first: dict[Any, int] = {}
    return tuple(
        (place, first[value]) for place, value in enumerate(values) if first.setdefault(value, place) != place
    )


def compared(
    asks: Callable[..., QuerySet[Any, Any]],
    arguments: Sequence[Any],
    names: tuple[str, ...],
    members: Alike,
) -> Statement:
    """Written twice, and compared. Of whoever asks only what makes them alike is used."""
    one, other = (stand_in_for(arguments, members) for _ in range(2))
    (rows, compiler, sql, first), (_, _, same, second) = (
        written(asks, stand_in, names, organization_id=values[0]) for stand_in, values in (one, other)
    )
    if sql != same:
        raise NotForEverybodyError("The words of a statement depend on who asks.")
    known = list(zip(one[1], other[1], strict=True))
    places = []
    for place, pair in enumerate(zip(first, second, strict=True)):
        if pair[0] == pair[1]:
            continue
        if pair not in known:
            raise NotForEverybodyError(f"Not a value of whoever asks: {pair[0]!r} in {sql}")
        places.append((place, known.index(pair)))
    return Statement(rows, compiler, sql, first, tuple(places))


def stand_in_for(arguments: Sequence[Any], members: Alike) -> tuple[list[Any], list[Any]]:
    """Nobody, in no organisation: arguments of the same shapes and their values. Every value is drawn, and no
    other stand-in has it; what was one value still is."""
    drawn: list[Any] = [-secrets.randbits(62), *(_drawn(v) for each in arguments for v in _values(each))]
    for place, earlier in members.equal:
        drawn[place] = drawn[earlier]
    following = iter(drawn[1:])
    rebuilt = [_rebuilt(each, following) for each in arguments]
    return rebuilt, [drawn[0], *(value for each in rebuilt for value in _values(each))]


def written(
    asks: Callable[..., QuerySet[Any, Any]],
    arguments: Sequence[Any],
    names: tuple[str, ...] = (),
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


def _rows(statement: Statement, parameters: tuple[Any, ...]) -> Iterator[Any]:
    """What Django makes of the answer, by the compiler that wrote the statement."""
    compiler, query = copy.copy(statement.compiler), copy.copy(statement.rows.query)
    compiler.connection = connection  # of this thread
    compiler.as_sql = lambda *_args, **_more: (statement.sql, parameters)
    query.get_compiler = lambda *_args, **_more: compiler  # type: ignore[method-assign]
    found = statement.rows.__class__(model=statement.rows.model, query=query, using=statement.rows._db)
    found._fields = statement.rows._fields  # type: ignore[attr-defined]
    return iter(statement.rows._iterable_class(found))  # type: ignore[attr-defined]


def _values(given: Any) -> Iterator[Any]:
    """What differs between arguments that are alike; of a set in the order in which it is gone through."""
    if given is None or isinstance(given, bool | Enum | dt.date | FunctionType):
        return
    if isinstance(given, UUID | int | str):
        yield given
    elif isinstance(given, tuple | frozenset):
        for each in given:
            yield from _values(each)
    else:
        for each in dataclasses.fields(given):
            yield from _values(getattr(given, each.name))


def _shape(given: Any) -> Any:
    """What does not. A text in a dataclass is a value; on its own it could be a choice between words."""
    if isinstance(given, dt.datetime) or type(given) is str:
        raise TypeError(f"{type(given).__name__} is no argument of a statement that is kept: {given!r}")
    return _shape_within(given)


def _shape_within(given: Any) -> Any:
    if given is None or isinstance(given, bool | Enum | dt.date | FunctionType):
        return given
    if isinstance(given, UUID | int | str):
        return type(given)
    if isinstance(given, frozenset):
        choices = frozenset(each for each in given if isinstance(each, Enum))
        return choices, len(given)
    if isinstance(given, tuple):
        return tuple(map(_shape_within, given))
    if not dataclasses.is_dataclass(given):
        raise TypeError(f"{type(given).__name__} is no argument of a statement that is kept.")
    return type(given), *(_shape_within(getattr(given, each.name)) for each in dataclasses.fields(given))


def _drawn(value: Any) -> Any:
    if isinstance(value, UUID):
        return uuid4()
    return secrets.randbits(62) if isinstance(value, int) else secrets.token_hex()


def _rebuilt(given: Any, drawn: Iterator[Any]) -> Any:
    """The same with drawn values in place of its own, taken in the order of `_values`."""
    if given is None or isinstance(given, bool | Enum | dt.date | FunctionType):
        return given
    if isinstance(given, UUID | int | str):
        return next(drawn)
    if isinstance(given, tuple | frozenset):
        return type(given)(_rebuilt(each, drawn) for each in given)
    changed = {each.name: _rebuilt(getattr(given, each.name), drawn) for each in dataclasses.fields(given)}
    return dataclasses.replace(given, **changed)


def _refuse(*_asked: object) -> NoReturn:
    raise NotForEverybodyError("Writing a statement asks nothing: what one organisation holds is no other's.")
