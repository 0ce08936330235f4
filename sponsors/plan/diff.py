"""What changed between two versions of a regimen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from sponsors.plan.items import Plan, PlannedAction, PlannedGoal

Item = PlannedGoal | PlannedAction


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that was otherwise; values as the items hold them."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that came, went or is otherwise; `item` as it is now, and as it was where it went."""

    what: Literal["added", "changed", "removed"]
    item: Item
    fields: tuple[FieldChange, ...] = ()

    @property
    def is_goal(self) -> bool:
        return isinstance(self.item, PlannedGoal)


def changes_between(before: Plan, after: Plan) -> list[ItemChange]:
    """Goals first, then actions; in each what was added or changed in the order of `after`, then what is gone
    in the order of `before`. Items are the same where their ids are. Linear in the number of items."""
    return [
        *_changes(before.goals, after.goals),
        *_changes(before.actions, after.actions),
    ]


def _changes(before: Sequence[Item], after: Sequence[Item]) -> Iterator[ItemChange]:
    was = {item.id: item for item in before}
    for item in after:
        if item.id not in was:
            yield ItemChange("added", item)
        elif found := fields_between(was[item.id], item):
            yield ItemChange("changed", item, found)
    kept = {item.id for item in after}
    for item in before:
        if item.id not in kept:
            yield ItemChange("removed", item)


def fields_between(before: Item, after: Item) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order in which they are declared."""
    return tuple(
        FieldChange(field.name, old, new)
        for field in fields(before)
        if (old := getattr(before, field.name)) != (new := getattr(after, field.name))
    )
