"""Rows of text into a typed temporary table, every cell checked on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from people.imports.cells import Parser
from people.imports.fields import Field, Kind
from tenancy.copy import copy_into_temporary
from web.csv import unguarded
from web.tables_in import FORBIDDEN, FORMULA, Faults, Row, Table, TableRefusedError, objection

STAGED = "import_staged"


def stage(kind: Kind, table: Table, columns: Mapping[str, str], order: str, faults: Faults) -> int:
    """Copy the mapped columns of every row into `import_staged`; returns the number of rows.

    A cell with a fault is staged as NULL, so that the checks in SQL find what else is wrong in one go.
    """
    fields = [field for field in kind.fields if columns.get(field.name)]
    places = [table.header.index(columns[field.name]) for field in fields]
    types = {"row_number": "integer"} | {field.name: field.sql_type for field in fields}
    readers = [
        _Reader(field, heading, place, field.parser(order))
        for field, heading, place in zip(fields, (columns[f.name] for f in fields), places, strict=True)
    ]
    return copy_into_temporary(STAGED, types, _values(table.rows, readers, faults))


class _Reader:
    """What to do with one column."""

    __slots__ = ("heading", "parse", "place", "required")

    def __init__(self, field: Field, heading: str, place: int, parse: Parser) -> None:
        self.heading, self.place, self.parse, self.required = heading, place, parse, field.required

    def read(self, row: int, cell: str, odd: bool, faults: Faults) -> object:
        if not cell:
            if self.required:
                faults.add("Expected a value; the cell is empty.", row=row, column=self.heading)
            return None
        if cell[0] == "'":
            cell = unguarded(cell)
        try:
            if (odd or cell[0] == FORMULA) and (message := objection(cell)):
                raise ValueError(message)
            return self.parse(cell)
        except ValueError as expectation:
            faults.add(str(expectation), row=row, column=self.heading, value=cell)
            return None


def _values(rows: Iterator[Row], readers: list[_Reader], faults: Faults) -> Iterator[list[object]]:
    try:
        for number, cells in rows:
            odd = FORBIDDEN.search("".join(cells)) is not None  # one look at a row, not one at each cell
            yield [number, *[reader.read(number, cells[reader.place], odd, faults) for reader in readers]]
    except TableRefusedError as refused:
        # Half-way through the file: what has been read stays staged, and is checked, but never applied.
        faults.extend([refused.fault])
