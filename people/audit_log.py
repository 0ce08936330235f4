"""The audit trail in words: which entries a filter asks for, and how one reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils import timezone

from people.queries import names_of, people_beginning_with
from tenancy.models import AuditEntry


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
    names = names_of(entry.actor_id for entry in entries if entry.actor_id)
    titles = table_titles()
    return [
        Line(
            id=entry.pk,
            at=timezone.localtime(entry.at),
            actor=names.get(entry.actor_id, "A former member") if entry.actor_id else "The system",
            what=titles.get(entry.table_name, entry.table_name),
            operation=entry.get_operation_display(),
            key=entry.key,
            reason=entry.reason,
            request_id=entry.request_id,
            changes=changes_of(entry),
        )
        for entry in entries
    ]


def changes_of(entry: AuditEntry) -> list[Change]:
    """Each field with what it was and what it became."""
    if entry.operation == "update":
        return [updated(name, pair) for name, pair in sorted(entry.change.items())]
    filled = {name: value for name, value in sorted(entry.change.items()) if value not in (None, "")}
    pairs = [(label(name), shown(value)) for name, value in filled.items()]
    if entry.operation == "insert":
        return [Change(name, "", value) for name, value in pairs]
    return [Change(name, value, "") for name, value in pairs]


def updated(column: str, pair: object) -> Change:
    before, after = pair if isinstance(pair, list) else (pair, pair)  # redacted values come as one word
    return Change(label(column), shown(before), shown(after))


def label(column: str) -> str:
    return column.removesuffix("_id").replace("_", " ").capitalize()


def shown(value: object) -> str:
    return "" if value is None else str(value)
