"""An instrument as a file, out and in: JSON for programs, CSV for spreadsheets. What comes out goes in equal.

A table has one row an item. The facts about the whole stand in its first row; below they may be left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, Final

from django.utils.translation import gettext as _

from surveys.built_in import Wording
from surveys.composition import (
    BETWEEN_LABELS,
    FACTS,
    ITEM,
    MAX_ITEMS,
    Composition,
    compose,
    read_facts,
    read_item,
    tell_repeated_keys,
)
from web.tables_in import Fault, Faults, TableRefusedError, open_table

FORMAT: Final = "clinicleader.instrument.1"
LARGEST: Final = 1 << 20  # bytes; 120 items with the longest texts have a fifth of it
COLUMNS: Final = (*FACTS, *ITEM)
TEXTS: Final = frozenset({"title", "about", "holder", "licence", "key", "section", "text", "part", "group"})
NUMBERS: Final = frozenset({"minimum_answered", "low", "high"})
FLAGS: Final = frozenset({"reversed", "cannot_say"})
# Of the whole file, beside the facts; key and version say where it came from and are not taken over.
AROUND: Final = frozenset({"format", "key", "version", "items"})

Content = dict[str, Any]


class FaultyFileError(ValueError):
    """A file that holds no instrument, with everything that is wrong and where."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(str(self.faults[0]))


def as_content(composition: Composition) -> Content:
    """The instrument as plain values, for JSON."""
    facts = {name: getattr(composition, name) for name in FACTS}
    return {**facts, "items": [_item_content(wording) for wording in composition.wordings]}


def _item_content(wording: Wording) -> Content:
    question = wording.question
    values = (
        *(question.key, wording.section, wording.text, question.part, question.group),
        *(question.low, question.high, list(wording.labels), question.reversed, wording.cannot_say),
    )
    return dict(zip(ITEM, values, strict=True))


def as_json(composition: Composition, *, key: str, version: int) -> str:
    """A JSON file."""
    content = {"format": FORMAT, "key": key, "version": version, **as_content(composition)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def as_rows(composition: Composition) -> Iterator[list[object]]:
    """The rows of a table under COLUMNS."""
    content = as_content(composition)
    facts: list[object] = [content[name] for name in FACTS]
    for item in content["items"] or [{}]:
        labels = f" {BETWEEN_LABELS} ".join(item.get("labels", ()))
        yield [*facts, *(labels if name == "labels" else item.get(name) for name in ITEM)]
        facts = [None] * len(FACTS)


def read_file(file: IO[bytes], name: str) -> Composition:
    """The instrument in a file, by its name JSON or a table. Raises FaultyFileError for any other content."""
    file.seek(0)
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise FaultyFileError([Fault(_("The file has more than 1 MB. No questionnaire is so long."))])
    if name.casefold().endswith(".json") or content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return read_json(content)
    file.seek(0)
    return read_table(file)


def read_table(file: IO[bytes]) -> Composition:
    """The instrument in a CSV or XLSX file."""
    faults = Faults()
    try:
        table = open_table(file)
        columns = _columns(table.header)
        rows = [
            (number, dict(zip(columns, cells, strict=True))) for number, cells in _not_too_many(table.rows)
        ]
    except TableRefusedError as refusal:
        raise FaultyFileError([refusal.fault]) from None
    for number, cells in rows[1:]:
        _tell_other_facts(number, cells, rows[0][1], faults)
    items = [(number, cells) for number, cells in rows if any(cells.get(name) for name in ITEM)]
    return _composed(rows[0], items, faults)


def _columns(header: Sequence[str]) -> list[str]:
    columns = [heading.casefold().replace(" ", "_") for heading in header]
    for place, column in enumerate(columns):
        if column not in COLUMNS:
            words = _("This column is not known. Expected: %(names)s.") % {"names": ", ".join(COLUMNS)}
            raise TableRefusedError(words, column=header[place])
        if column in columns[:place]:
            raise TableRefusedError(_("There are two columns of this name."), column=column)
    for needed in ("title", "text"):
        if needed not in columns:
            raise TableRefusedError(_("This column is missing."), column=needed)
    return columns


def _not_too_many(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for count, (number, cells) in enumerate(rows, 1):
        if count > MAX_ITEMS:
            words = _("A questionnaire has at most %(most)d questions.") % {"most": MAX_ITEMS}
            raise TableRefusedError(words, row=number)
        yield number, cells


def _tell_other_facts(
    number: int, cells: Mapping[str, str], first: Mapping[str, str], faults: Faults
) -> None:
    for name in FACTS:
        if cells.get(name) and cells[name] != first.get(name):
            words = _("This says something else than the first row. Leave it out below the first row.")
            faults.add(words, row=number, column=name, value=cells[name])


def read_json(content: bytes) -> Composition:
    """The instrument in a JSON file."""
    faults = Faults()
    whole = _parsed(content)
    _tell_unknown(whole, AROUND.union(FACTS), None, faults)
    if whole.get("format") != FORMAT:
        words = _("Expected the format %(format)s.") % {"format": FORMAT}
        faults.add(words, column="format", value=_plain(whole.get("format", "")))
    listed = whole.get("items")
    if not isinstance(listed, list):
        raise FaultyFileError([Fault(_("Expected a list of questions."), column="items")])
    if len(listed) > MAX_ITEMS:
        words = _("A questionnaire has at most %(most)d questions.") % {"most": MAX_ITEMS}
        raise FaultyFileError([Fault(words, column="items", value=str(len(listed)))])
    items = []
    for number, item in enumerate(listed, 1):
        if isinstance(item, dict):
            _tell_unknown(item, frozenset(ITEM), number, faults)
            items.append((number, _cells(item, ITEM, number, faults)))
        else:
            faults.add(_("Expected a question in curly brackets."), row=number, value=_plain(item))
    return _composed((0, _cells(whole, FACTS, None, faults)), items, faults)


def _parsed(content: bytes) -> Content:
    try:
        whole = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise FaultyFileError([Fault(_("The file is not readable text. Save it as UTF-8."), row)]) from None
    except json.JSONDecodeError as error:
        words = _("This is no JSON: %(error)s.") % {"error": error.msg}
        raise FaultyFileError([Fault(words, error.lineno, str(error.colno))]) from None
    except (ValueError, RecursionError) as error:  # a name twice, NaN, thousands of digits or of brackets
        words = _("This is no JSON: %(error)s.") % {"error": str(error).split(";")[0]}
        raise FaultyFileError([Fault(words)]) from None
    if not isinstance(whole, dict):
        raise FaultyFileError([Fault(_("Expected one questionnaire in curly brackets."))])
    return whole


def _once(pairs: list[tuple[str, Any]]) -> Content:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(_("a name is given twice"))
    return found


def _refuse(constant: str) -> None:
    raise ValueError(_("%(constant)s is no value") % {"constant": constant})


def _tell_unknown(values: Content, known: frozenset[str], row: int | None, faults: Faults) -> None:
    for name in values:
        if name not in known:
            words = _("This name is not known. Expected: %(names)s.")
            faults.add(words % {"names": ", ".join(sorted(known))}, row=row, column=_named(name))


def _named(name: str) -> str:
    return name if name.isprintable() and len(name) <= 64 else "?"


def _plain(value: object) -> str:
    """A value as a message shows it; what holds other values is not written out."""
    return "…" if isinstance(value, list | dict) else json.dumps(value, ensure_ascii=False).strip('"')


def _cells(values: Content, names: Sequence[str], row: int | None, faults: Faults) -> dict[str, str]:
    """The values as text, once each is of the kind it must be; left out where it is not."""
    cells = {}
    for name in names:
        value = values.get(name)
        if value is None:
            continue
        text = _text_of(name, value)
        if text is None:
            faults.add(_expected(name), row=row, column=name, value=_plain(value))
        else:
            cells[name] = text
    return cells


def _text_of(name: str, value: Any) -> str | None:
    """What a table would hold; None for a value of another kind."""
    if name in TEXTS:
        return value if isinstance(value, str) else None
    if name in NUMBERS:
        return str(value) if type(value) is int else None
    if name in FLAGS:
        return ("yes" if value else "no") if isinstance(value, bool) else None
    if not isinstance(value, list) or not all(
        isinstance(label, str) and BETWEEN_LABELS not in label for label in value
    ):
        return None
    return BETWEEN_LABELS.join(value) if any(value) else BETWEEN_LABELS * (len(value) - 1)


def _expected(name: str) -> str:
    if name in TEXTS:
        return _("Expected text in quotes.")
    if name in NUMBERS:
        return _("Expected a whole number.")
    if name in FLAGS:
        return _("Expected true or false.")
    return _("Expected a list of texts without |.")


def _composed(
    first: tuple[int, Mapping[str, str]], items: Sequence[tuple[int, Mapping[str, str]]], faults: Faults
) -> Composition:
    """Facts and items, once nothing speaks against them. Raises FaultyFileError with all that does."""
    number, cells = first
    facts, minimum = read_facts(
        cells,
        lambda name, words: faults.add(words, row=number or None, column=name, value=cells.get(name, "")),
    )
    wordings = [_item(row, values, faults) for row, values in items]
    tell_repeated_keys(
        wordings,
        lambda place, name, words: faults.add(
            words, row=items[place][0], column=name, value=items[place][1].get(name, "")
        ),
    )
    if faults.count:
        raise FaultyFileError(faults.in_order())
    return compose(facts, wordings, minimum)


def _item(row: int, cells: Mapping[str, str], faults: Faults) -> Wording:
    return read_item(
        cells, lambda name, words: faults.add(words, row=row, column=name, value=cells.get(name, ""))
    )
