"""The heat map of a wave: units by behaviours, each cell a figure, a band and its words. No queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from surveys.bands import placed
from surveys.leader_index import percent_of_range
from surveys.models import PublishedIndex
from surveys.shrinkage import Band
from surveys.wording import BANDS_SHORT, PERCENT, file_cell, group_label, mean_words, withheld_words
from web.addresses import address
from web.numbers import decimal

BAND_CSS = {Band.ABOVE: "band-above", Band.AROUND: "band-around", Band.BELOW: "band-below"}


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One behaviour of one unit as it was published."""

    unit_id: UUID
    group: str
    mean: float
    scale_low: float
    scale_high: float
    bound: int
    band: str


@dataclass(frozen=True)
class HeatCell:
    """What stands in one cell; `css` repeats what `words` say."""

    figure: str
    words: str
    css: str


@dataclass(frozen=True)
class HeatRow:
    """One unit: its index and its behaviours, or why they are not shown."""

    unit: str
    code: str
    leader: str
    report_url: str
    deeper: str  # the id to look within, where there are units below
    n: str
    cells: Sequence[HeatCell]
    columns: int  # of cells, also where none is shown
    withheld: str

    def values(self) -> list[object]:
        """As a row of a file, in the order of `heat_head`: of each cell its figure and how it compares."""
        shown: list[object] = []
        for cell in self.cells:
            shown += [file_cell(cell.figure), cell.words]
        shown += [""] * (2 * self.columns - len(shown))
        return [self.unit, self.code, self.leader, file_cell(self.n), *shown, self.withheld]


def heat_head(groups: Sequence[str]) -> list[str]:
    """The head over `HeatRow.values`."""
    head = [_("Unit"), _("Code"), _("Leader"), "n"]
    for name in (_("Index"), *(group_label(group) for group in groups)):
        head += [_("%(name)s, %% of range") % {"name": name}, _("%(name)s, compared") % {"name": name}]
    return [*head, _("Not shown because")]


def index_bands(
    cells: Sequence[PublishedIndex], *, everybody: float | None, between_variance: float | None
) -> list[str]:
    """The band of each unit's index: the published one, or for a unit with units below it against the mean of
    everybody. Everybody together is not compared with everybody."""
    stored = [cell.band for cell in cells]
    if everybody is None or between_variance is None:
        return stored
    mean, se = (np.array([_number(getattr(cell, name)) for cell in cells]) for name in ("mean", "se"))
    bands = placed(mean, se, centre=everybody, between_variance=between_variance).tolist()
    return [
        own if cell.lowest or cell.depth == 0 else band
        for cell, own, band in zip(cells, stored, bands, strict=True)
    ]


def heat_row(
    cell: PublishedIndex,
    scales: Mapping[str, ScaleRow],
    groups: Sequence[str],
    *,
    band: str,
    slug: str,
    threshold: int,
    deeper: bool,
) -> HeatRow:
    """A unit's row: `scales` are its published behaviours, by group."""
    shown = cell.is_published
    cells = [_cell(cell.percent, band, cell.bound)] if shown else []
    for group in groups if shown else ():
        found = scales.get(group)
        cells.append(_behaviour_cell(found, everybody=cell.depth == 0) if found else _hidden())
    return HeatRow(
        unit=cell.unit.name,
        code=cell.unit.external_id,
        leader=cell.leader.name if cell.leader else "",
        report_url=address("surveys:report", slug, cell.wave_id, cell.unit_id),
        deeper=str(cell.unit_id) if deeper else "",
        n=decimal(cell.n, 0) if shown else "",
        cells=cells,
        columns=1 + len(groups),
        withheld=withheld_words(cell.state, threshold),
    )


def _behaviour_cell(row: ScaleRow, *, everybody: bool) -> HeatCell:
    share = percent_of_range(np.array([row.mean]), items=1, low=int(row.scale_low), high=int(row.scale_high))
    return _cell(float(share[0]), Band.UNKNOWN if everybody else row.band, row.bound)


def _cell(percent: float | None, band: str, bound: int) -> HeatCell:
    return HeatCell(
        mean_words(percent, bound, 0, PERCENT),
        str(BANDS_SHORT[Band(band)]),
        BAND_CSS.get(Band(band), "band-unknown"),
    )


def _hidden() -> HeatCell:
    return HeatCell("", _("not shown"), "heat-none")


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)
