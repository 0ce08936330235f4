"""The requirements of a standard as a table: a row for each, in their order. It goes out as it comes in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Final

from django.utils.translation import gettext as _

from insights.enums import EvidenceSource
from insights.models import Requirement
from insights.models.accreditation import MOST_REQUIREMENTS
from web.csv import unguarded
from web.tables_in import Fault, Faults, TableRefusedError, objection, open_named

LARGEST: Final = 1024 * 1024  # bytes
NUMBER, TEXT, APPLIES, EVIDENCE = HEAD = ("Number", "Requirement", "Applies", "Evidence")
LONGEST: Final = {
    NUMBER: Requirement._meta.get_field("code").max_length or 0,
    TEXT: Requirement._meta.get_field("text").max_length or 0,
}
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """`sources`: None where the file does not say, and what is named stays."""

    code: str
    text: str
    applies: bool
    sources: frozenset[EvidenceSource] | None


@dataclass(frozen=True, slots=True)
class RequirementsFile:
    """What a file says, or what is wrong with it: never both."""

    rows: list[RequirementRow]
    faults: list[Fault]


def read_requirements(file: IO[bytes]) -> RequirementsFile:
    """No queries: what is there already is the service's to know."""
    faults = Faults()
    try:
        table = open_named(file, HEAD, needed=[NUMBER, TEXT], most=MOST_REQUIREMENTS)
    except TableRefusedError as refusal:
        return RequirementsFile([], [refusal.fault])
    seen: set[str] = set()
    rows = []
    for number, cells in table.rows:
        row = _Row(number, {name: unguarded(cell) for name, cell in cells.items()}, faults)
        code, text, applies = row.words(NUMBER), row.words(TEXT), row.applies()
        sources = row.sources() if EVIDENCE in table.columns else None
        if code and code in seen:
            row.fault(NUMBER, _("An earlier row has the same number."))
        seen.add(code)
        rows.append(RequirementRow(code, text, applies, sources))
    return RequirementsFile([] if faults.count else rows, faults.in_order())


def requirement_rows(requirements: Iterable[Requirement]) -> list[Sequence[object]]:
    """Such a file's rows."""
    return [
        (
            each.code,
            each.text,
            YES if each.applies else NO,
            " ".join(sorted(mapping.source for mapping in each.mappings.all())),
        )
        for each in requirements
    ]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Mapping[str, str]
    faults: Faults

    def fault(self, column: str, words: str) -> None:
        self.faults.add(words, row=self.number, column=column, value=self.cells[column])

    def words(self, column: str) -> str:
        cell, most = self.cells[column], LONGEST[column]
        if not cell:
            self.fault(column, _("Expected some words."))
        elif found := objection(cell):
            self.fault(column, found)
        elif len(cell) > most:
            self.fault(column, _("Expected at most %(most)d characters.") % {"most": most})
        return cell

    def applies(self) -> bool:
        cell = self.cells[APPLIES].casefold()
        if cell not in {"", YES, NO}:
            self.fault(APPLIES, _("Expected yes or no."))
        return cell != NO

    def sources(self) -> frozenset[EvidenceSource]:
        named = self.cells[EVIDENCE].casefold().replace(",", " ").split()
        if unknown := set(named).difference(EvidenceSource.values):
            words = _("%(name)s is not known. Expected some of: %(names)s.")
            self.fault(EVIDENCE, words % {"name": min(unknown), "names": ", ".join(EvidenceSource.values)})
            return frozenset()
        return frozenset(EvidenceSource(name) for name in named)
