"""What the heat map of a wave shows of some units, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import starmap
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from people.models import Unit
from surveys.enums import ItemPart
from surveys.heat import HeatRow, ScaleRow, heat_row, index_bands
from surveys.models import InstrumentItem, PublishedIndex, PublishedScale, PublishedWave, Wave

CELL = (
    *("wave_id", "state", "depth", "lowest", "n", "mean", "se", "percent", "bound", "band"),
    *("unit__name", "unit__external_id", "leader__given_name", "leader__family_name"),
)
BEHAVIOUR = ("unit_id", "group", "mean", "scale_low", "scale_high", "bound", "band")  # a ScaleRow


@dataclass(frozen=True)
class HeatMap:
    """`groups`: the behaviours over the columns after the index."""

    groups: list[str]
    rows: list[HeatRow]


def upper_cells(wave_id: UUID, within: Unit | None) -> QuerySet[PublishedIndex]:
    """A unit with the units directly below it, or without one the uppermost ones and those below them."""
    level = Q(unit=within.pk) | Q(unit__parent=within.pk) if within else Q(depth__lte=1)
    return _cells(wave_id).filter(level)


def lowest_cells(wave_id: UUID, within: Unit | None) -> QuerySet[PublishedIndex]:
    """Those that are compared with one another, and those without units below that are not shown; of the
    whole organisation or of a part."""
    below = PublishedIndex.objects.filter(wave=wave_id, unit__parent=OuterRef("unit"))
    cells = _cells(wave_id).filter(Q(lowest=True) | ~Exists(below))
    if within is None:
        return cells
    low, high = within.subtree
    return cells.filter(unit__path__gte=low, unit__path__lt=high)


def _cells(wave_id: UUID) -> QuerySet[PublishedIndex]:
    found = PublishedIndex.objects.filter(wave=wave_id).select_related("unit", "leader").only(*CELL)
    return found.order_by("position")


def heat_map_of(
    published: PublishedWave, cells: Sequence[PublishedIndex], within: Unit | None, *, slug: str
) -> HeatMap:
    """Some cells as a map. Three queries beyond theirs: which of them have cells below, their behaviours, and
    which behaviours the wave tells of."""
    deeper = _with_cells_below(published.wave_id, [cell.unit_id for cell in cells])
    if within:
        deeper.discard(within.pk)
    scales = _behaviours(published.wave_id, [cell.unit_id for cell in cells])
    groups = _groups(published.wave, {group for unit in scales.values() for group in unit})
    everybody = None if published.bound else published.mean
    bands = index_bands(cells, everybody=everybody, between_variance=published.between_variance)
    rows = [
        heat_row(
            cell,
            scales.get(cell.unit_id, {}),
            groups,
            band=band,
            slug=slug,
            threshold=published.threshold,
            deeper=cell.unit_id in deeper,
        )
        for cell, band in zip(cells, bands, strict=True)
    ]
    return HeatMap(groups, rows)


def _with_cells_below(wave_id: UUID, units: Collection[UUID]) -> set[UUID]:
    below = PublishedIndex.objects.filter(wave=wave_id, unit__parent__in=units)
    return {parent for parent in below.values_list("unit__parent", flat=True).distinct() if parent}


def _behaviours(wave_id: UUID, units: Collection[UUID]) -> dict[UUID, dict[str, ScaleRow]]:
    """The published behaviours of some units, by group."""
    found: defaultdict[UUID, dict[str, ScaleRow]] = defaultdict(dict)
    rows = PublishedScale.objects.filter(wave=wave_id, part=ItemPart.INDEX, unit__in=units)
    for row in starmap(ScaleRow, rows.values_list(*BEHAVIOUR)):
        found[row.unit_id][row.group] = row
    return dict(found)


def _groups(wave: Wave, here: Collection[str]) -> list[str]:
    """The behaviours that are told of any unit of a wave, in the order of its questionnaire; `here`: those of
    this level, for which nobody need look through the wave."""
    told = PublishedScale.objects.filter(wave=wave, part=ItemPart.INDEX, group=OuterRef("group"))
    items = InstrumentItem.objects.filter(
        Q(group__in=here) | Exists(told), instrument=wave.instrument_id, part=ItemPart.INDEX
    )
    return list(dict.fromkeys(items.order_by("position").values_list("group", flat=True)))
