"""Which columns of a survey file hold what: as a person said it, checked, and as it is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from surveys.enums import ItemPart
from surveys.leader_index import least_answered
from surveys.questionnaire import RESERVED_KEYS, Question, Questionnaire
from surveys.survey_file import ColumnPlan


class PlanError(ValueError):
    """The columns cannot be used like this; the message says why."""


@dataclass(frozen=True)
class ItemColumn:
    """A column that holds answers."""

    column: str
    part: str
    group: str
    low: int
    high: int
    reversed: bool = False


@dataclass(frozen=True)
class ImportPlan:
    """The columns of a file and, where an instrument is to be made of them, its title and demand."""

    columns: ColumnPlan
    minimum_answered: int
    instrument_title: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "unit": self.columns.unit,
            "minimum_answered": self.minimum_answered,
            "instrument_title": self.instrument_title,
            "items": [
                {
                    "column": column,
                    "key": question.key,
                    "part": question.part,
                    "group": question.group,
                    "low": question.low,
                    "high": question.high,
                    "reversed": question.reversed,
                }
                for column, question in zip(self.columns.columns, self.columns.questions, strict=True)
            ],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> ImportPlan:
        items = [dict(item) for item in stored["items"]]
        columns = tuple(str(item.pop("column")) for item in items)
        questions = tuple(Question(**item) for item in items)
        return cls(
            ColumnPlan(stored["unit"], columns, questions),
            stored["minimum_answered"],
            stored["instrument_title"],
        )


def plan_new_instrument(
    title: str, unit: str, columns: Sequence[ItemColumn], minimum_answered: int | None = None
) -> ImportPlan:
    """A plan that makes an instrument of the columns. Raises PlanError where they make none."""
    if not title.strip():
        raise PlanError("Give the new instrument a title.")
    ordered = sorted(columns, key=lambda column: ItemPart.values.index(column.part))
    keys = item_keys([column.column for column in ordered])
    questions = tuple(
        Question(key, item.part, item.group or item.part, item.low, item.high, item.reversed)
        for key, item in zip(keys, ordered, strict=True)
    )
    index_items = sum(question.part == ItemPart.INDEX for question in questions)
    minimum = least_answered(index_items) if minimum_answered is None else minimum_answered
    if not unit:
        raise PlanError("Say which column holds the unit.")
    if any(column.low >= column.high for column in columns):
        raise PlanError("The highest answer must be above the lowest.")
    try:
        Questionnaire(questions, minimum)
    except ValueError as error:
        raise PlanError(str(error)) from None
    return ImportPlan(
        ColumnPlan(unit, tuple(column.column for column in ordered), questions), minimum, title.strip()
    )


def plan_known_instrument(questionnaire: Questionnaire, unit: str, columns: Sequence[str]) -> ImportPlan:
    """A plan for an instrument that is there: one column for each of its items, in their order."""
    if not unit:
        raise PlanError("Say which column holds the unit.")
    used = [unit, *columns]
    twice = sorted({column for column in used if used.count(column) > 1})
    if twice:
        raise PlanError(f"Column {twice[0]} is used twice.")
    return ImportPlan(
        ColumnPlan(unit, tuple(columns), questionnaire.questions), questionnaire.minimum_answered
    )


def item_keys(columns: Sequence[str]) -> list[str]:
    """A stable item id for each column, from its name."""
    keys: list[str] = []
    for column in columns:
        key = base = (slugify(column) or "item")[:60]
        number = 2
        while key in keys or key in RESERVED_KEYS:
            key = f"{base}-{number}"
            number += 1
        keys.append(re.sub(r"[^a-z0-9_-]", "-", key))
    return keys
