"""XML from strangers, parsed in one pass and in bounded memory.

expat keeps every name it has met, the tags that are open and the tag it is in the middle of: each has a
bound here. A document type is refused, so no entity can be declared, and none can explode.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from typing import IO, Final
from xml.parsers import expat

from web.tables_in.faults import TableRefusedError

_PIECE: Final = 2**16
_TAG: Final = 2**20  # bytes of one tag or comment
_NAMES: Final = 5_000  # different names of elements and attributes
_DEPTH: Final = 64
_WHOLE: Final = 32 * 2**20  # bytes of a part that is read whole
_ELEMENTS: Final = 250_000  # and its elements: styles have some ten thousand

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class NotASpreadsheetError(ValueError):
    """XML that no spreadsheet program writes."""


def parse(content: IO[bytes], start: Start, end: End, text: Callable[[str], None]) -> Iterator[None]:
    """Call start(name, attributes), end(name) and text(piece) for all there is; names without prefix.

    Stops after each piece of the file, so that the caller can hand on what is complete.
    """
    open_tags = 0

    def starts(name: str, attributes: dict[str, str]) -> None:
        nonlocal open_tags
        open_tags += 1
        if open_tags > _DEPTH:
            raise NotASpreadsheetError
        start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def ends(name: str) -> None:
        nonlocal open_tags
        open_tags -= 1
        end(name.rpartition(":")[2] if ":" in name else name)

    names: dict[str, str] = {}
    parser = expat.ParserCreate(None, None, names)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler, parser.EndElementHandler = starts, ends
    parser.CharacterDataHandler = text
    fed = 0
    while piece := content.read(_PIECE):
        parser.Parse(piece, False)
        fed += len(piece)
        if len(names) > _NAMES or fed - parser.CurrentByteIndex > _TAG:
            raise NotASpreadsheetError
        yield
    parser.Parse(b"", True)
    yield


def elements(content: IO[bytes], wanted: Set[str]) -> list[tuple[str, str, dict[str, str]]]:
    """All elements of a small part in their order: name, name of the one around it, wanted attributes."""
    found: list[tuple[str, str, dict[str, str]]] = []
    around = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(found) == _ELEMENTS:
            raise NotASpreadsheetError
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append((name, around[-1], {key: plain[key] for key in wanted & plain.keys()}))
        around.append(name)

    def end(name: str) -> None:
        around.pop()

    for pieces, _ in enumerate(parse(content, start, end, lambda text: None)):
        if pieces * _PIECE > _WHOLE:
            raise NotASpreadsheetError
    return found


def _refuse_document_type(*_: object) -> None:
    raise TableRefusedError("The workbook declares XML entities, which no spreadsheet program writes.")
