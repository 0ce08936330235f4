"""What is wrong with a file, said so that somebody can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

KEPT = 5_000  # more would help nobody: the first thousands show the pattern
_SHOWN = 200
DAMAGED = "The workbook is damaged. Open it in a spreadsheet program and save it again as XLSX."


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: in a row and column as a spreadsheet shows them, or (row None) with the whole file."""

    message: str
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        place = [f"row {self.row}"] if self.row else []
        place += [f"column {self.column}"] if self.column else []
        place += [f"“{self.value}”"] if self.value else []
        return f"{', '.join(place)}: {self.message}" if place else self.message


class TableRefusedError(ValueError):
    """Why a file cannot be read as a table at all."""

    def __init__(self, message: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        self.fault = Fault(message, row, column, shown(value))
        super().__init__(str(self.fault))


@dataclass(slots=True)
class Faults:
    """The faults found so far: all are counted, the first ones kept."""

    count: int = 0
    kept: list[Fault] = field(default_factory=list)
    limit: int = KEPT

    def add(self, message: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        self.extend([Fault(message, row, column, shown(value))])

    def extend(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.count += 1
            if len(self.kept) < self.limit:
                self.kept.append(fault)

    def in_order(self) -> list[Fault]:
        return sorted(self.kept, key=lambda fault: (fault.row or 0, fault.column))


def shown(value: str) -> str:
    """A value as it can be stored and shown: no control characters, not too long."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value[: _SHOWN + 1])
    return clean if len(clean) <= _SHOWN else clean[: _SHOWN - 1] + "…"
