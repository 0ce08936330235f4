"""What is wrong with a file, said so that somebody can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

KEPT = 5_000  # more would help nobody: the first thousands show the pattern
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: in a row and column of the file, or (row None) with the file as a whole."""

    message: str
    row: int | None = None
    column: str = ""
    value: str = ""


class FileRejected(Exception):  # noqa: N818 - it is the file's fault, not an error of ours
    """The file cannot be read as a table at all, and why."""

    def __init__(self, message: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        super().__init__(message)
        self.fault = Fault(message, row, column, shown(value))


@dataclass(slots=True)
class Faults:
    """The faults found so far: all are counted, the first thousands kept."""

    count: int = 0
    kept: list[Fault] = field(default_factory=list)

    def add(self, message: str, *, row: int | None = None, column: str = "", value: str = "") -> None:
        self.count += 1
        if len(self.kept) < KEPT:
            self.kept.append(Fault(message, row, column, shown(value)))

    def extend(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.add(fault.message, row=fault.row, column=fault.column, value=fault.value)

    def in_order(self) -> list[Fault]:
        return sorted(self.kept, key=lambda fault: (fault.row or 0, fault.column))


def shown(value: str) -> str:
    """A value as it can be stored and shown: no control characters, not too long."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value[: _SHOWN + 1])
    return clean if len(clean) <= _SHOWN else clean[: _SHOWN - 1] + "…"
