"""What the units of a pilot measured as a table: a row for each value. It goes out as it comes in."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Final, TypeVar

from django.utils.translation import gettext as _

from insights.models import PilotOutcome, PilotUnit, PilotValue
from insights.pilot_enums import OutcomeKind
from insights.pilot_periods import open_periods, period_named, written_period
from insights.services.pilot_values import Measured
from web.csv import unguarded
from web.tables_in import Fault, Faults, TableRefusedError, open_named

LARGEST: Final = 2 * 1024 * 1024  # bytes
MOST_ROWS: Final = 10_000
OUTCOME, UNIT, PERIOD, VALUE, PEOPLE = HEAD = ("Outcome", "Unit", "Period", "Value", "People")
NUMBER: Final = re.compile(r"-?\d{1,12}(\.\d{1,4})?")
T = TypeVar("T")
COUNT: Final = re.compile(r"[1-9]\d{0,5}")


@dataclass(frozen=True, slots=True)
class ValuesFile:
    """What a file says, or what is wrong with it: never both."""

    values: list[Measured]
    faults: list[Fault]


def read_values(
    file: IO[bytes], outcomes: Sequence[PilotOutcome], units: Sequence[PilotUnit], *, today: dt.date
) -> ValuesFile:
    """Outcomes and units by their names. No queries."""
    faults = Faults()
    try:
        table = open_named(file, HEAD, needed=[OUTCOME, UNIT, PERIOD, VALUE], most=MOST_ROWS)
    except TableRefusedError as refusal:
        return ValuesFile([], [refusal.fault])
    named = Counter(each.unit.name.casefold() for each in units)
    by_outcome = {each.name.casefold(): each for each in outcomes}
    by_unit = {each.unit.name.casefold(): each for each in units if named[each.unit.name.casefold()] == 1}
    values: list[Measured] = []
    seen: set[object] = set()
    for number, cells in table.rows:
        row = _Row(number, {name: unguarded(cell) for name, cell in cells.items()}, faults, today)
        outcome, unit = row.one_of(OUTCOME, by_outcome), row.one_of(UNIT, by_unit)
        period = row.period(outcome) if outcome else None
        value, people = row.value(), row.people(outcome)
        if outcome is None or unit is None or period is None:
            continue
        if (key := (outcome.pk, unit.pk, period)) in seen:
            row.fault(PERIOD, _("An earlier row has the same outcome, unit and period."))
        seen.add(key)
        values.append(Measured(outcome.pk, unit.pk, period, value, people))
    return ValuesFile([] if faults.count else values, faults.in_order())


def value_rows(values: Iterable[PilotValue]) -> list[Sequence[object]]:
    """Such a file's rows. Values of too few people are left out: what is there already stays."""
    return [
        (
            each.outcome.name,
            each.unit.unit.name,
            written_period(each.period, each.outcome.period),
            f"{each.value.normalize():f}",
            each.people,
        )
        for each in values
        if each.is_told
    ]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Mapping[str, str]
    faults: Faults
    today: dt.date

    def fault(self, column: str, words: str) -> None:
        self.faults.add(words, row=self.number, column=column, value=self.cells[column])

    def one_of(self, column: str, known: Mapping[str, T]) -> T | None:
        found = known.get(self.cells[column].casefold())
        if found is None:
            self.fault(column, _("The pilot has none of this name, or several."))
        return found

    def period(self, outcome: PilotOutcome) -> dt.date | None:
        found = period_named(self.cells[PERIOD], outcome.period)
        if found is None:
            self.fault(PERIOD, _("Expected a quarter such as 2026-Q3, or a month such as 2026-07."))
        elif found not in open_periods(outcome.period, self.today):
            self.fault(PERIOD, _("It lies ahead, or too far back."))
        return found

    def value(self) -> Decimal:
        cell = self.cells[VALUE]
        if NUMBER.fullmatch(cell) is None:
            self.fault(VALUE, _("Expected a number with at most four decimals."))
            return Decimal(0)
        return Decimal(cell)

    def people(self, outcome: PilotOutcome | None) -> int | None:
        cell = self.cells[PEOPLE]
        if COUNT.fullmatch(cell):
            return int(cell)
        if cell:
            self.fault(PEOPLE, _("Expected a whole number of people, or nothing."))
        elif outcome and OutcomeKind(outcome.kind).is_of_people:
            self.fault(PEOPLE, _("Say how many people are behind it: nothing is told of fewer than five."))
        return None
