"""The cells of a worksheet as text, as a person would type them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import IO, Final

from web.tables_in.faults import DAMAGED, TableRefusedError
from web.tables_in.table import FORMULA, MAX_CELL, MAX_COLUMNS, Row
from web.tables_in.xml_parts import NotASpreadsheetError, parse

_LAST_ROW: Final = 1_048_576
_SHARED: Final = 128 * 2**20  # bytes of memory, roughly, for the texts that cells share
_OBJECT: Final = 60  # bytes that Python takes for a short text beside its characters
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATES: Final = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})  # built-in number formats
_ELAPSED: Final = 46
_NEVER_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED_CODE = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_LAST_DAY: Final = 2_958_466  # 10000-01-01


@dataclass(frozen=True, slots=True)
class Formats:
    """How a workbook shows numbers: what each cell style makes of one, and where its days begin."""

    styles: Sequence[str] = ()  # "", "date" or "elapsed"
    from_1904: bool = False


def format_of(number: int, code: str) -> str:
    """What a number format makes of a number: "date" for days and times, "elapsed" for hours beyond 24."""
    code = _NEVER_SHOWN.sub("", code).partition(";")[0]
    if number == _ELAPSED or _ELAPSED_CODE.search(code):
        return "elapsed"
    return "date" if number in _DATES or re.search("[dmyhs]", _BRACKETS.sub("", code), re.I) else ""


def shared_texts(content: IO[bytes]) -> list[str]:
    """The texts that cells refer to by number, without the phonetic hints beside them."""
    found = _Texts()
    for _ in parse(content, found.start, found.end, found.text):
        if found.weight > _SHARED:
            raise TableRefusedError("The workbook holds too much text. Save it as CSV instead.")
    return found.texts


@dataclass(slots=True)
class _Texts:
    """The shared texts so far."""

    texts: list[str] = field(default_factory=list)
    weight: int = 0
    parts: list[str] = field(default_factory=list)
    wanted: bool = False
    phonetic: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self.wanted = not self.phonetic
        elif name == "rPh":
            self.phonetic = True

    def text(self, piece: str) -> None:
        if self.wanted:
            self.parts.append(piece)
            self.weight += _OBJECT + len(piece)

    def end(self, name: str) -> None:
        if name == "t":
            self.wanted = False
        elif name == "rPh":
            self.phonetic = False
        elif name == "si":
            self.texts.append(_unescaped("".join(self.parts)))
            self.weight += _OBJECT
            self.parts.clear()


def sheet_rows(content: IO[bytes], shared: Sequence[str], formats: Formats) -> Iterator[Row]:
    """The rows of a worksheet that have cells."""
    sheet = _Sheet(shared, formats)
    try:
        for _ in parse(content, sheet.start, sheet.end, sheet.text):
            complete, sheet.complete = sheet.complete, []
            yield from complete
    except TableRefusedError:
        raise
    except Exception as error:  # zipfile, zlib and expat have their kinds; the consumer's own never pass here
        raise TableRefusedError(DAMAGED, row=max(sheet.row, 1)) from error


@dataclass(slots=True)
class _Sheet:
    """Where in a worksheet the parser is."""

    shared: Sequence[str]
    formats: Formats
    complete: list[Row] = field(default_factory=list)
    row: int = 0
    cells: list[str] = field(default_factory=list)
    column: int = 0  # of the next cell that does not say where it is
    cell: dict[str, str] = field(default_factory=dict)
    value: str = ""
    formula: str | None = None
    parts: list[str] | None = None  # of the text being read
    length: int = 0
    phonetic: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.cell, self.value, self.formula, self.length = attributes, "", None, 0
        elif name in {"v", "t", "f"}:
            self.parts = None if self.phonetic else []
        elif name == "row":
            self._begin_row(attributes.get("r"))
        elif name == "rPh":
            self.phonetic = True

    def text(self, piece: str) -> None:
        if self.parts is not None:
            self.parts.append(piece)
            self.length += len(piece)
            if self.length > MAX_CELL:
                raise TableRefusedError(
                    f"A cell has more than {MAX_CELL:,} characters.", row=self.row, value=self.parts[0]
                )

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name == "row":
            self.complete.append((self.row, self.cells))
        elif name == "rPh":
            self.phonetic = False
        elif self.parts is not None:
            if name == "v":
                self.value = "".join(self.parts)
            elif name == "t":  # one of several runs, perhaps
                self.value += "".join(self.parts)
            elif name == "f":
                self.formula = "".join(self.parts)
            self.parts = None

    def _begin_row(self, said: str | None) -> None:
        number = int(said) if said else self.row + 1
        backwards = number <= self.row
        self.row, self.cells, self.column = number, [], 0
        if backwards or number > _LAST_ROW:
            raise NotASpreadsheetError

    def _end_cell(self) -> None:
        said = self.cell.get("r")
        place = _place_of(said) if said else self.column
        self.column = place + 1
        text = self._text()
        if not text:
            return
        if place >= MAX_COLUMNS:
            raise TableRefusedError(f"The row has more than {MAX_COLUMNS} columns.", row=self.row, value=text)
        cells = self.cells
        if place == len(cells):
            cells.append(text)
        else:
            cells += [""] * (place + 1 - len(cells))
            cells[place] = text

    def _text(self) -> str:
        value, kind = self.value, self.cell.get("t", "n")
        if self.formula is not None:
            text = FORMULA + self.formula.strip().lstrip(FORMULA)
        elif not value:
            text = ""
        elif kind == "s":
            text = self.shared[_index(value)]
        elif kind == "n":
            text = self._number(value)
        elif kind == "b":
            text = "no" if value == "0" else "yes"
        elif kind == "d":
            text = value.removesuffix("Z").removesuffix("T00:00:00")
        else:  # inlineStr, and the text or error that a formula left behind
            text = _unescaped(value)
        return text.strip()

    def _number(self, value: str) -> str:
        style = self.cell.get("s")
        how = self.formats.styles[_index(style)] if style and self.formats.styles else ""
        if how:
            number = float(value)
            if 0 <= number < _LAST_DAY:
                if how == "elapsed":
                    return _hours(number)
                return _moment(number, from_1904=self.formats.from_1904)
        elif value.isdigit() and value[0] != "0":
            return value
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else str(number)


def _index(text: str) -> int:
    """A reference to a list; unlike Python's, never from its end."""
    if not text.isdigit():
        raise NotASpreadsheetError
    return int(text)


def _letters() -> dict[str, int]:
    names = ["", *ascii_uppercase]
    pairs = [first + second for first in names for second in ascii_uppercase]
    return {letters: place for place, letters in enumerate(pairs)}


_PLACES = _letters()  # A is 0, ZZ is 701


def _place_of(reference: str) -> int:
    """The column of a reference such as C5, the first being 0."""
    letters = reference.rstrip("0123456789")
    place = _PLACES.get(letters)
    if place is not None:
        return place
    if re.fullmatch("[A-Z]{3}", letters):
        return MAX_COLUMNS  # somewhere beyond
    raise NotASpreadsheetError


def _moment(serial: float, *, from_1904: bool) -> str:
    """A day, a time of day or both, from the days since the workbook's first day."""
    days, fraction = divmod(serial, 1)
    within = dt.timedelta(milliseconds=round(fraction * 86_400_000))
    if days == 0 and not from_1904:
        return str((dt.datetime(1900, 1, 1) + within).time())  # noqa: DTZ001 - cells know no zone
    # Counting from 1900, spreadsheets know a 29 February 1900, which never was.
    first = dt.datetime(1904, 1, 1) if from_1904 else dt.datetime(1899, 12, 30 + (days < 60))  # noqa: DTZ001
    moment = first + dt.timedelta(days) + within
    return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(sep=" ")


def _hours(serial: float) -> str:
    """Elapsed time as hours:minutes:seconds, 36:00:00 for a day and a half."""
    seconds = round(serial * 86_400)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _unescaped(text: str) -> str:
    """Spreadsheets write characters that XML may not hold as _x000D_."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code < 0xE000 else chr(code)
