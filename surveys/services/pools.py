"""Writing the pooled results of small teams, beside the cells of a wave that is being published."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.db.models import Max

from surveys.coding import Bound, Points
from surveys.enums import WaveState
from surveys.models import PublishedIndex, PublishedPool, Wave
from surveys.pooling import MOST_WAVES, Candidate, Region, pooled_teams
from surveys.quantiles import student_quantile


def write_pools(wave: Wave, points: Points, pooled_sd: float) -> None:
    """The teams that are large enough over this wave and the last one or two, all over the same waves: of a
    sum over two and one over three the difference would be told. The wave's cells are already written."""
    earlier = _earlier_waves(wave)
    if not earlier:
        return
    waves = [*reversed(earlier), wave.pk]
    regions = [_regions(wave_id) for wave_id in waves]
    candidates = [
        Candidate(
            unit,
            tuple(ns),
            total,
            tuple(lowest),
            tuple(highest),
            asked,
            tuple(around[unit] for around in regions),
        )
        for unit, ns, total, lowest, highest, asked in _pooled_sums(wave, waves[:-1])
        if all(unit in around for around in regions)
    ]
    PublishedPool.objects.bulk_create(
        _row(wave, team, len(waves), points, pooled_sd)
        for team in pooled_teams(candidates, points, k=wave.threshold)
    )


def _earlier_waves(wave: Wave) -> list[UUID]:
    """The last one or two waves of the same terms, newest first, that ran here or came from files as this one
    did; of those alone that closed after the newest that was pooled: sums that share a wave would tell the
    difference of others."""
    same = Wave.objects.filter(instrument=wave.instrument_id)
    pooled = same.filter(pools__isnull=False).aggregate(newest=Max("closes_on"))["newest"]
    before = same.filter(
        state=WaveState.PUBLISHED,
        imported=wave.imported,
        threshold=wave.threshold,
        scale_low=wave.scale_low,
        scale_high=wave.scale_high,
        closes_on__lt=wave.closes_on,
        closes_on__gt=pooled or dt.date.min,
    )
    return list(before.order_by("-closes_on").values_list("pk", flat=True)[: MOST_WAVES - 1])


def _row(wave: Wave, team: Candidate, waves: int, points: Points, pooled_sd: float) -> PublishedPool:
    mean = round(team.total / team.n, points.places)
    margin = float(student_quantile(team.n - 1.0, 0.975)) * pooled_sd / math.sqrt(team.n)
    known = math.isfinite(margin)
    return PublishedPool(
        wave=wave,
        unit_id=team.unit,
        waves=waves,
        n=team.n,
        mean=mean,
        low=mean - margin if known else None,
        high=mean + margin if known else None,
    )


def _regions(wave_id: UUID) -> dict[UUID, Region]:
    """Of each cell the region it lies in, from what is stored of the wave. Cells come in the order of the
    tree as it was, so the cells above one are the last of each lesser depth."""
    above: list[PublishedIndex] = []
    around: dict[UUID, PublishedIndex] = {}
    left: dict[UUID, tuple[int, float | None]] = {}
    for cell in PublishedIndex.objects.filter(wave=wave_id).order_by("position"):
        del above[cell.depth :]
        published = next((upper for upper in reversed(above) if upper.is_published), None)
        if published is not None:
            around[cell.unit_id] = published
        if cell.is_published:
            total = _total(cell)
            left[cell.unit_id] = (cell.n or 0, total)
            if published is not None:
                n, rest = left[published.unit_id]
                known = None if rest is None or total is None else rest - total
                left[published.unit_id] = (n - (cell.n or 0), known)
        above.append(cell)
    return {unit: Region((wave_id, cell.unit_id), *left[cell.unit_id]) for unit, cell in around.items()}


def _total(cell: PublishedIndex) -> float | None:
    return None if cell.mean is None or cell.bound != Bound.EXACT else (cell.n or 0) * cell.mean


def _pooled_sums(
    wave: Wave, earlier: Sequence[UUID]
) -> list[tuple[UUID, list[int], float, list[float], list[float], int | None]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM surveys_pooled_sums(%s, %s::uuid[])", [wave.pk, list(earlier)])
        return list(cursor.fetchall())
