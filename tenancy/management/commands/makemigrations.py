"""manage.py makemigrations, with the constraints of a new table inside its CreateModel.

Django writes each constraint as an operation of its own, and `migrate` renders all related models anew for
each: with some two hundred walls that took four times as long as everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.management.commands import makemigrations
from django.db.migrations import Migration
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation


class Command(makemigrations.Command):
    def write_migration_files(self, changes: dict[str, list[Migration]], *args: Any, **kwargs: Any) -> None:
        for app_label, migrations in changes.items():
            for migration in migrations:
                # The autodetector too sets an attribute that the stubs know on the class alone.
                migration.operations = folded(migration.operations, app_label)  # type: ignore[misc]
        super().write_migration_files(changes, *args, **kwargs)


def folded(operations: Sequence[Operation], app_label: str) -> list[Operation]:
    """`operations` with each index and constraint moved into the CreateModel of its table.

    It stays where the table gets another field first, or anything but tables and fields comes between.
    """
    result: list[Operation] = []
    for operation in operations:
        place = creation(result, operation) if isinstance(operation, AddIndex | AddConstraint) else None
        if place is None:
            result.append(operation)
        else:
            reduced = result[place].reduce(operation, app_label)
            assert isinstance(reduced, list)  # noqa: S101 - CreateModel takes in both
            result[place : place + 1] = reduced
    return result


def creation(operations: list[Operation], addition: AddIndex | AddConstraint) -> int | None:
    """The place of the CreateModel that may take in `addition`."""
    for place in reversed(range(len(operations))):
        operation = operations[place]
        if isinstance(operation, CreateModel):
            if operation.name_lower == addition.model_name_lower:
                return place
        elif not is_passable(operation, addition):
            return None
    return None


def is_passable(operation: Operation, addition: AddIndex | AddConstraint) -> bool:
    """Whether `addition` may as well come before `operation`."""
    if isinstance(operation, AddField):
        return operation.model_name_lower != addition.model_name_lower
    return isinstance(operation, AddIndex | AddConstraint)
