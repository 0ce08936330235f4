"""Pools as a table: a row for each position, as HR keeps them in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from people.enums import Profession
from people.models import Person, Position
from people.queries import employed
from succession.enums import Proposers
from succession.models import Pool
from succession.services.pools import PoolTemplate
from web.tables_in import Fault, Faults, TableRefusedError, open_named

LARGEST: Final = 1024 * 1024  # bytes
MOST: Final = 5_000  # positions
POSITION, READY, SOON, WHO, PROFESSIONS, KEEPER = HEAD = (
    "Position ID",
    "Ready now",
    "Within two years",
    "Who proposes",
    "Professions",
    "Keeper",
)


@dataclass(frozen=True, slots=True)
class PoolFile:
    """What a file says of each position, or what is wrong with it: never both."""

    templates: dict[UUID, PoolTemplate]
    faults: list[Fault]


def read_pools(file: IO[bytes]) -> PoolFile:
    """Empty cells mean the usual. Two queries, whatever the number of rows."""
    faults = Faults()
    try:
        rows = open_named(file, HEAD, needed=[POSITION], most=MOST).rows
    except TableRefusedError as refusal:
        return PoolFile({}, [refusal.fault])
    codes = {cells[POSITION] for _number, cells in rows}
    positions = dict(Position.objects.filter(external_id__in=codes).values_list("external_id", "pk"))
    asked = {cells[KEEPER] for _number, cells in rows} - {""}
    here = Person.objects.filter(employed(timezone.localdate()), external_id__in=asked)
    keepers = {person.external_id: person for person in here}
    templates: dict[UUID, PoolTemplate] = {}
    for number, cells in rows:
        row = _Row(number, cells, faults)
        template = row.template(keepers)
        position = positions.get(cells[POSITION])
        if position is None:
            row.fault(POSITION, _("There is no position with this ID."))
        elif position in templates:
            row.fault(POSITION, _("An earlier row is about the same position."))
        elif template is not None:
            templates[position] = template
    return PoolFile({} if faults.count else templates, faults.in_order())


def pool_rows() -> list[list[object]]:
    """All pools as such a file, to change in a spreadsheet and bring back; those without one last."""
    pools = Pool.objects.select_related("position", "keeper").order_by("position__title", "pk")
    there = [
        [
            each.position.external_id,
            each.ready_target,
            each.soon_target,
            each.proposers,
            " ".join(each.professions),
            each.keeper.external_id if each.keeper else "",
        ]
        for each in pools
    ]
    without = Position.objects.filter(pools=None).order_by("title", "pk")
    return there + [[code, "", "", "", "", ""] for code in without.values_list("external_id", flat=True)]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Mapping[str, str]
    faults: Faults

    def fault(self, column: str, words: str) -> None:
        self.faults.add(words, row=self.number, column=column, value=self.cells[column])

    def template(self, keepers: Mapping[str, Person]) -> PoolTemplate | None:
        usual = PoolTemplate()
        ready, soon = self._whole(READY, usual.ready_target), self._whole(SOON, usual.soon_target)
        who, professions = self._proposers(), self._professions()
        keeper = keepers.get(self.cells[KEEPER])
        if self.cells[KEEPER] and keeper is None:
            self.fault(KEEPER, _("Nobody who works here has this staff number."))
            return None
        if ready is None or soon is None or who is None or professions is None:
            return None
        if soon < ready:
            self.fault(SOON, _("Expected at least as many as are ready now."))
            return None
        return PoolTemplate(ready, soon, who, professions, keeper)

    def _whole(self, column: str, usual: int) -> int | None:
        cell = self.cells[column]
        if not cell:
            return usual
        if not (cell.isascii() and cell.isdigit() and len(cell) <= 2 and 1 <= int(cell) <= 20):
            self.fault(column, _("Expected a whole number from 1 to 20."))
            return None
        return int(cell)

    def _proposers(self) -> Proposers | None:
        cell = self.cells[WHO].casefold()
        if cell and cell not in Proposers.values:
            self.fault(WHO, _("Expected one of: %(names)s.") % {"names": ", ".join(Proposers.values)})
            return None
        return Proposers(cell or Proposers.OWNER)

    def _professions(self) -> list[str] | None:
        names = self.cells[PROFESSIONS].casefold().replace(",", " ").split()
        if unknown := set(names) - set(Profession.values):
            words = _("%(name)s is not known. Expected some of: %(names)s.")
            listed = ", ".join(Profession.values)
            self.fault(PROFESSIONS, words % {"name": min(unknown), "names": listed})
            return None
        return sorted(set(names))
