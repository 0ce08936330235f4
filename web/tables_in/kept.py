"""A table that was read once, kept to be read again: lines of JSON, the header first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from web.tables_in.faults import TableRefusedError
from web.tables_in.table import Row, Table

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def pack(table: Table) -> Iterator[bytes]:
    """A line for the header, then one for each row. May be refused half-way, as the rows may."""
    yield _line([table.header, table.notices])
    for number, cells in table.rows:
        yield _line([number, *cells])


def unpack(file: IO[bytes]) -> Table:
    """What was packed. Nothing in it is refused any more; TableRefusedError when it is not there."""
    try:
        header, notices = json.loads(file.readline())
    except ValueError:  # nothing, or what an earlier version kept
        raise TableRefusedError("The file is no longer kept: please upload it again.") from None
    return Table(header, _rows(file), notices)


def _rows(file: IO[bytes]) -> Iterator[Row]:
    for line in file:
        number, *cells = json.loads(line)
        yield number, cells


def _line(content: list[object]) -> bytes:
    return _encode(content).encode() + b"\n"
