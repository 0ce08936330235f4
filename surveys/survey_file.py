"""A file of a past survey, a row a respondent: what its columns probably are, and its answers or its faults.

Pure: takes a table, gives arrays. Columns that the plan does not name, and so every column that tells who
answered, are never looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from surveys.arrays import FloatArray
from surveys.enums import ItemPart
from surveys.questionnaire import Question
from web.tables_in import Faults, Row, Table, TableRefusedError, objection

UNANSWERED: Final = frozenset({"", "na", "n/a", "nan", "null", "."})
FAULTS_KEPT: Final = 200
LOOKED_AT: Final = 500  # rows that a guess is made from
WIDEST_SCALE: Final = 11  # levels: 0 to 10
UNIT_NAMES: Final = (
    "unit",
    "unit_id",
    "unit id",
    "unit code",
    "department",
    "team",
    "group",
    "company",
    "site",
)


@dataclass(frozen=True)
class ColumnPlan:
    """Which column holds the unit and which the answers to which question, index questions first."""

    unit: str
    columns: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass
class SurveyFile:
    """What a file says. With `faults` the rest must not be used.

    `units`: the unit of each response as an index into `codes`. `answers` (n, J), NaN for unanswered.
    `first_row`: where each code stands first.
    """

    codes: list[str] = field(default_factory=list)
    first_row: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    answers: FloatArray = field(default_factory=lambda: np.empty((0, 0)))
    notices: list[str] = field(default_factory=list)
    faults: Faults = field(default_factory=lambda: Faults(limit=FAULTS_KEPT))


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a column probably is: "unit", an item part, or "" for a column to leave out."""

    column: str
    use: str = ""
    group: str = ""
    low: int = 1
    high: int = 5
    examples: str = ""


def demand_names(header: Sequence[str]) -> None:
    """Columns are known by their names: raises TableRefusedError where one has none or two have the same."""
    seen: set[str] = set()
    for place, column in enumerate(header, 1):
        if not column:
            raise TableRefusedError(f"Column {place} has no name.", row=1)
        if column.casefold() in seen:
            raise TableRefusedError("Two columns have this name.", row=1, column=column)
        seen.add(column.casefold())


def read_survey(table: Table, plan: ColumnPlan) -> SurveyFile:
    """The answers of a table, or every fault with row, column and value."""
    found = SurveyFile(notices=table.notices)
    missing = [name for name in (plan.unit, *plan.columns) if name not in table.header]
    for name in missing:
        found.faults.add("The file has no such column.", column=name)
    if missing:
        return found
    rows: list[list[float]] = []
    try:
        for answers in _responses(table, plan, found):
            rows.append(answers)
    except TableRefusedError as refusal:
        found.faults.extend([refusal.fault])
    found.answers = np.array(rows, dtype=np.float64).reshape(len(rows), len(plan.questions))
    return found


def _responses(table: Table, plan: ColumnPlan, found: SurveyFile) -> Iterator[list[float]]:
    unit_place = table.header.index(plan.unit)
    readers = [
        (table.header.index(name), name, question, _values(question))
        for name, question in zip(plan.columns, plan.questions, strict=True)
    ]
    known: dict[str, int] = {}
    for number, cells in table.rows:
        code = cells[unit_place]
        message = objection(code) if code else "Every response needs a unit."
        if message:
            found.faults.add(message, row=number, column=plan.unit, value=code)
        if code not in known:
            known[code] = len(known)
            found.codes.append(code)
            found.first_row.append(number)
        found.units.append(known[code])
        answers = []
        for place, name, question, values in readers:
            answer = values.get(cells[place])
            if answer is None:
                answer = _read_answer(cells[place], name, question, number, found)
            answers.append(answer)
        yield answers


def _values(question: Question) -> dict[str, float]:
    return {str(level): float(level) for level in range(question.low, question.high + 1)}


def _read_answer(text: str, column: str, question: Question, row: int, found: SurveyFile) -> float:
    if text.casefold() in UNANSWERED:
        return np.nan
    if re.fullmatch(r"[+-]?[0-9]{1,6}([.,]0*)?", text):
        answer = float(text.replace(",", "."))
        if question.low <= answer <= question.high:
            return answer
    found.faults.add(
        objection(text) or f"An answer is a whole number from {question.low} to {question.high}, or empty.",
        row=row,
        column=column,
        value=text,
    )
    return np.nan


def guess_columns(table: Table) -> list[ColumnGuess]:
    """What each column of a table probably is, from its name and its first rows; a person confirms it.

    Columns with few small whole numbers are answers. Those whose names differ in their number only make a
    group; the largest group is the index, the others are outcomes.
    """
    columns = list(zip(*(cells for _, cells in _first(table.rows)), strict=False))
    columns = columns or [() for _ in table.header]
    unit = _guess_unit(table.header)
    ranges = {
        name: _range(values) for name, values in zip(table.header, columns, strict=True) if name != unit
    }
    groups: dict[str, list[str]] = {}
    for name, found in ranges.items():
        if found is not None:
            groups.setdefault(_stem(name), []).append(name)
    largest = max(groups, key=lambda stem: len(groups[stem]), default="")
    guesses = []
    for name, values in zip(table.header, columns, strict=True):
        examples = ", ".join(value for value, _ in Counter(filter(None, values)).most_common(4))
        if name == unit:
            guesses.append(ColumnGuess(name, "unit", examples=examples))
        elif ranges[name] is None:
            guesses.append(ColumnGuess(name, examples=examples))
        else:
            stem = _stem(name)
            low, high = _scale([ranges[other] for other in groups[stem]])
            use = ItemPart.INDEX if stem == largest else ItemPart.OUTCOME
            guesses.append(ColumnGuess(name, use, stem, low, high, examples))
    return guesses


def _first(rows: Iterator[Row]) -> Iterator[Row]:
    for _, row in zip(range(LOOKED_AT), rows, strict=False):
        yield row


def _guess_unit(columns: Sequence[str]) -> str:
    by_name = {column.casefold(): column for column in columns}
    return next((by_name[name] for name in UNIT_NAMES if name in by_name), "")


def _range(values: Sequence[str]) -> tuple[int, int] | None:
    """Lowest and highest answer where all values are small whole numbers on a narrow scale."""
    given = {value for value in values if value.casefold() not in UNANSWERED}
    if not given or any(not re.fullmatch(r"[0-9]{1,2}", value) for value in given):
        return None
    numbers = {int(value) for value in given}
    return (min(numbers), max(numbers)) if max(numbers) < WIDEST_SCALE else None


def _scale(ranges: Sequence[tuple[int, int] | None]) -> tuple[int, int]:
    """The usual scale that holds what was seen: 0 or 1 at the bottom, 4, 5, 7 or 10 at the top."""
    seen = [found for found in ranges if found is not None]
    low = 0 if any(found[0] == 0 for found in seen) else 1
    highest = max(found[1] for found in seen)
    tops = (4, 5, 6, 7, 10) if low == 0 else (5, 7, 10)
    return low, next((top for top in tops if top >= highest), highest)


def _stem(name: str) -> str:
    return re.sub(r"[\s_.-]*[0-9]+$", "", name.casefold()) or name.casefold()
