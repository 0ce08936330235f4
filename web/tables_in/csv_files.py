"""CSV files: UTF-8, UTF-16 with a byte order mark, or Windows-1252; comma, semicolon, tab or bar."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO, Final

from web.tables_in.faults import TableRefusedError
from web.tables_in.table import Row, Table

_PIECE: Final = 2**20
_LONGEST_LINE: Final = 2**20  # characters: without a bound, a file without line breaks would be one
_DELIMITERS: Final = ",;\t|"
_WINDOWS_1252: Final = (
    "The file is not UTF-8 and was read as Windows-1252. Look at names with accents before you apply it."
)


def open_csv(file: IO[bytes]) -> Table:
    """The rows of a CSV file as they stand, the header among them."""
    encoding = _encoding_of(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    return Table([], _rows(text), [_WINDOWS_1252] if encoding == "cp1252" else [])


def _encoding_of(file: IO[bytes]) -> str:
    """The encoding in which all of the file makes sense. What is UTF-8 up to a place is broken there."""
    start = file.read(4_096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif start.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    elif start.count(0) * 4 > len(start):
        raise TableRefusedError("This looks like UTF-16 without a byte order mark. Save it as CSV UTF-8.")
    else:
        encoding = "utf-8"
    try:
        _read_through(file, encoding)
    except _BrokenError as broken:
        if encoding != "utf-8" or broken.after_accents or not _is_windows_1252(file):
            raise TableRefusedError(
                "The file is not readable text from here on. Save it as CSV UTF-8, or as XLSX.",
                row=broken.line,
                value=broken.around,
            ) from None
        return "cp1252"
    return encoding


class _BrokenError(Exception):
    """Bytes that are no text in an encoding: in which line, and whether letters beyond ASCII came before."""

    def __init__(self, error: UnicodeDecodeError, lines: int, after_accents: bool) -> None:
        before = error.object[: error.start]
        self.line = lines + before.count(b"\n") + 1
        self.after_accents = after_accents or not before.isascii()
        begin = max(before.rfind(b"\n") + 1, error.start - 15)
        self.around = error.object[begin : error.end + 5].decode("latin-1").strip()


def _read_through(file: IO[bytes], encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    lines, accents, piece = 0, False, b" "
    try:
        while piece:
            piece = file.read(_PIECE)
            text = decoder.decode(piece, final=not piece)
            lines += text.count("\n")
            accents = accents or not text.isascii()
    except UnicodeDecodeError as error:
        raise _BrokenError(error, lines, accents) from None
    except UnicodeError:  # UTF-16 whose byte order mark turns up again, and the like
        raise TableRefusedError("The file is not readable text. Save it as CSV UTF-8, or as XLSX.") from None


def _is_windows_1252(file: IO[bytes]) -> bool:
    try:
        _read_through(file, "cp1252")
    except _BrokenError:
        return False
    return True


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise TableRefusedError(
                f"The line has more than {_LONGEST_LINE:,} characters.", row=number, value=line
            )
        yield line


def _delimiter_of(line: str) -> str:
    """The delimiter that splits the first line into most columns; a comma when none does."""

    def columns(delimiter: str) -> int:
        try:
            return len(next(csv.reader([line], delimiter=delimiter), []))
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=columns)


def _rows(text: io.TextIOWrapper) -> Iterator[Row]:
    number = 0
    try:
        delimiter = _delimiter_of(next((line for line in _lines(text) if line.strip()), ""))
        text.seek(0)
        reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
        for number, cells in enumerate(reader, 1):
            yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise TableRefusedError(
            f"The row cannot be split into cells ({error}). Expected quotes in pairs, doubled inside a cell.",
            row=number + 1,
        ) from None
    finally:
        if not text.closed:
            text.detach()  # the file is the caller's to close
