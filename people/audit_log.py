"""The audit trail in words: which entries a filter asks for, and how one reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import GeneratedField, Model, QuerySet
from django.utils import timezone

from people.queries import names_of, people_beginning_with
from tenancy.jobs import registered_jobs
from tenancy.models import AuditEntry

TELLING: Final = ("name", "title", "file_name", "label")  # columns by which a row calls itself


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the page shows it."""

    id: int
    at: dt.datetime  # in the organisation's time
    actor: str
    what: str
    subject: str  # whom or what it is about, as far as the entry tells
    operation: str
    key: str
    reason: str
    request_id: str
    changes: list[Change]

    @property
    def clock(self) -> str:
        """The time of day, to the second."""
        return f"{self.at:%H:%M:%S}"


def entries_matching(
    *,
    actor: str = "",
    key: str = "",
    table: str = "",
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
) -> QuerySet[AuditEntry]:
    """Entries by who did it (how the name begins), object and time, newest first."""
    conditions: dict[str, Any] = {
        "actor_id__in": people_beginning_with(actor).values("pk") if actor else None,
        "key": key,
        "table_name": table,
        "at__gte": since,
        "at__lt": until,
    }
    wanted = {name: value for name, value in conditions.items() if value not in (None, "")}
    return AuditEntry.objects.filter(**wanted).order_by("-id")


def table_titles() -> dict[str, str]:
    """What each audited table is called, for people."""
    return {model._meta.db_table: str(model._meta.verbose_name).capitalize() for model in audited_models()}


@cache
def audited_models() -> tuple[type[Model], ...]:
    """The models whose changes are in the trail."""
    return tuple(
        model
        for model in apps.get_models()
        if any(constraint.name.endswith("_audit") for constraint in model._meta.constraints)
    )


def lines_of(entries: list[AuditEntry]) -> list[Line]:
    """The entries in words, with one query for all names."""
    names = names_of({found for entry in entries for found in ids_in(entry)})
    titles, jobs = table_titles(), registered_jobs()
    return [
        Line(
            id=entry.pk,
            at=timezone.localtime(entry.at),
            actor=names.get(entry.actor_id, "A former member") if entry.actor_id else "The system",
            what=titles.get(entry.table_name, entry.table_name),
            subject=subject_of(entry, names),
            operation=entry.get_operation_display(),
            key=entry.key,
            reason=jobs[entry.reason].title if entry.reason in jobs else entry.reason,
            request_id=entry.request_id,
            changes=changes_of(entry, names),
        )
        for entry in entries
    ]


def ids_in(entry: AuditEntry) -> Iterator[UUID]:
    """Every id that may be a person's: who did it, the row itself, what its links point or pointed to."""
    if entry.actor_id:
        yield entry.actor_id
    links = [value for column, value in entry.change.items() if column.endswith("_id")]
    for value in [entry.key, *chain.from_iterable(v if isinstance(v, list) else [v] for v in links)]:
        with suppress(ValueError, TypeError, AttributeError):
            yield UUID(value)


def subject_of(entry: AuditEntry, names: Mapping[UUID, str]) -> str:
    """The person the row is or belongs to, or what the row calls itself; empty where it tells neither."""
    for value in (entry.key, entry.change.get("person_id")):
        if name := name_of(value, names):
            return name
    told = (entry.change.get(column) for column in TELLING)
    return next((value for value in told if isinstance(value, str) and value), "")


def changes_of(entry: AuditEntry, names: Mapping[UUID, str]) -> list[Change]:
    """Each field with what it was and what it became, but for what PostgreSQL derives from the others."""
    told = {
        column: value
        for column, value in sorted(entry.change.items())
        if column not in derived_columns().get(entry.table_name, ())
    }
    if entry.operation == "update":
        return [updated(column, pair, names) for column, pair in told.items()]
    filled = [
        (label(column), shown(value, names)) for column, value in told.items() if value not in (None, "")
    ]
    if entry.operation == "insert":
        return [Change(name, "", value) for name, value in filled]
    return [Change(name, value, "") for name, value in filled]


def updated(column: str, pair: object, names: Mapping[UUID, str]) -> Change:
    before, after = pair if isinstance(pair, list) else (pair, pair)  # redacted values come as one word
    return Change(label(column), shown(before, names), shown(after, names))


@cache
def derived_columns() -> dict[str, frozenset[str]]:
    """By table, the columns that are computed from others."""
    return {
        model._meta.db_table: frozenset(
            str(field.column) for field in model._meta.local_fields if isinstance(field, GeneratedField)
        )
        for model in audited_models()
    }


def label(column: str) -> str:
    return column.removesuffix("_id").replace("_", " ").capitalize()


def shown(value: object, names: Mapping[UUID, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else name_of(value, names) or str(value)


def name_of(value: object, names: Mapping[UUID, str]) -> str:
    """The name of the person with this id, if it is one."""
    try:
        return names.get(UUID(value), "") if isinstance(value, str) else ""
    except ValueError:
        return ""
