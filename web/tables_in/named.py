"""A table whose columns have fixed names, in any order and letter case; some may be left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from web.tables_in.faults import TableRefusedError
from web.tables_in.reading import open_table


@dataclass(frozen=True, slots=True)
class NamedTable:
    """`columns` are those that are there. Each row has its number and a cell for each name, empty where the
    column is left out."""

    columns: frozenset[str]
    rows: list[tuple[int, dict[str, str]]]


def open_named(file: IO[bytes], names: Sequence[str], *, needed: Collection[str], most: int) -> NamedTable:
    """All of it, in memory. TableRefusedError for a column that is not known, there twice or missing though
    it is needed, and for more than `most` rows."""
    table = open_table(file)
    known = {name.casefold(): name for name in names}
    columns = [known.get(heading.casefold()) for heading in table.header]
    for heading, column in zip(table.header, columns, strict=True):
        if column is None:
            words = _("This column is not known. Expected: %(names)s.") % {"names": ", ".join(names)}
            raise TableRefusedError(words, column=heading)
        if columns.count(column) > 1:
            raise TableRefusedError(_("There are two columns of this name."), column=heading)
    for name in needed:
        if name not in columns:
            raise TableRefusedError(_("This column is missing."), column=name)
    rows: list[tuple[int, dict[str, str]]] = []
    for number, cells in table.rows:
        if len(rows) == most:
            raise TableRefusedError(_("Expected at most %(most)d rows.") % {"most": most}, row=number)
        given = {str(column): cell for column, cell in zip(columns, cells, strict=True)}
        rows.append((number, dict.fromkeys(names, "") | given))
    return NamedTable(frozenset(str(column) for column in columns), rows)
