"""What the heat map of a wave shows of one level of the unit tree, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from people.models import Unit
from surveys.enums import ItemPart
from surveys.heat import HeatRow, ScaleRow, behaviour_bands, heat_row, index_band
from surveys.models import PublishedIndex, PublishedScale, PublishedWave


@dataclass(frozen=True)
class HeatMap:
    """`groups`: the behaviours over the columns after the index."""

    groups: list[str]
    rows: list[HeatRow]


def heat_map_of(published: PublishedWave, within: Unit | None, *, slug: str) -> HeatMap:
    """A unit with the units directly below it, or without one the uppermost ones and those below them. Three
    queries: a level's cells, the lowest cells, the behaviours of the wave."""
    wave_id = published.wave_id
    below = PublishedIndex.objects.filter(wave=wave_id, unit__parent=OuterRef("unit"))
    level = (
        Q(unit=within.pk) | Q(unit__parent=within.pk)
        if within
        else Q(unit__parent=None) | Q(unit__parent__parent=None)
    )
    cells = list(
        PublishedIndex.objects.filter(level, wave=wave_id)
        .select_related("unit", "leader", "wave")
        .annotate(deeper=Exists(below))
        .order_by("position")
    )
    found, groups = _behaviours(wave_id)
    everybody = None if published.bound else published.mean
    rows = [
        heat_row(
            cell,
            found.get(cell.unit_id, {}),
            groups,
            band=index_band(cell, everybody=everybody, between_variance=published.between_variance),
            slug=slug,
            threshold=published.threshold,
            deeper=cell.deeper and cell.unit_id != (within.pk if within else None),
        )
        for cell in cells
    ]
    return HeatMap(groups, rows)


def _behaviours(wave_id: UUID) -> tuple[dict[UUID, dict[str, tuple[ScaleRow, str]]], list[str]]:
    """Each unit's behaviours with their bands, and the behaviours in the instrument's order."""
    ends = PublishedIndex.objects.filter(Q(lowest=True) | Q(depth=0), wave=wave_id)
    places = list(ends.values_list("unit_id", "lowest"))
    lowest = {unit_id for unit_id, is_lowest in places if is_lowest}
    whole = {unit_id for unit_id, is_lowest in places if not is_lowest}
    rows = [
        ScaleRow(*row)
        for row in PublishedScale.objects.filter(wave=wave_id, part=ItemPart.INDEX)
        .order_by("position")
        .values_list("unit_id", "group", "n", "mean", "scale_low", "scale_high", "low", "high", "bound")
    ]
    found: defaultdict[UUID, dict[str, tuple[ScaleRow, str]]] = defaultdict(dict)
    for row, band in zip(rows, behaviour_bands(rows, lowest, whole), strict=True):
        found[row.unit_id][row.group] = (row, band)
    return dict(found), list(dict.fromkeys(row.group for row in rows))
