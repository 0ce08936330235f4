"""Tables that people hand in, as CSV or XLSX: a header and a stream of rows of text, or why not and where.

Nothing here knows what a column means.
"""

from web.tables_in.faults import Fault, Faults, TableRefusedError
from web.tables_in.kept import pack, unpack
from web.tables_in.named import NamedTable, open_named
from web.tables_in.reading import open_table
from web.tables_in.table import FORBIDDEN, FORMULA, Row, Table, objection

__all__ = [
    "FORBIDDEN",
    "FORMULA",
    "Fault",
    "Faults",
    "NamedTable",
    "Row",
    "Table",
    "TableRefusedError",
    "objection",
    "open_named",
    "open_table",
    "pack",
    "unpack",
]
