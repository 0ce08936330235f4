"""What a table is once it has been read, within which bounds, and what no cell of any table may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MAX_COLUMNS: Final = 400
MAX_ROWS: Final = 1_000_000
MAX_CELL: Final = 10_000  # characters
FORMULA: Final = "="  # what a formula's text begins with; no value may
# C0 and C1 controls, line separators and halves of surrogate pairs: no name, title or number holds one.
FORBIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

Row = tuple[int, list[str]]  # the row's number as a spreadsheet shows it, and its cells without outer spaces


@dataclass(slots=True)
class Table:
    """The column names and, once, the rows below them, each as wide as the header and none of them blank."""

    header: list[str]
    rows: Iterator[Row]
    notices: list[str] = field(default_factory=list)


def objection(cell: str) -> str:
    """What speaks against a cell, whatever its column means; empty if nothing does."""
    if cell.startswith(FORMULA):
        return "Expected a value, not a formula: copy the column and paste it as values."
    if FORBIDDEN.search(cell):
        return "Expected text on one line without control characters."
    return ""
