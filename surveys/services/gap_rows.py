"""Writing the engagement gaps of a wave that is being published."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from django.db import transaction

from surveys.ballot_box import clear_tallies, take_gap_sums
from surveys.engagement_gap import NO_BLOCK, engagement_place, fewest_of_each
from surveys.gap_release import Engagement, Gap, Sides, release_gaps
from surveys.models import GapBlock, PublishedGap, Wave
from surveys.queries import PlacedUnit
from surveys.questionnaire import Questionnaire, Scale
from surveys.release import CellTree, UnitSums
from surveys.rolls import asked_sides
from surveys.stored_release import StoredRelease, scale_points


def write_gaps(
    wave: Wave,
    units: Sequence[PlacedUnit],
    sums: UnitSums,
    questionnaire: Questionnaire,
    release: StoredRelease,
) -> None:
    """Take the sums of leaders and led out of the ballot box, for good, and write what of them may be told.
    What came of the audit goes to the findings of the release."""
    place = engagement_place(questionnaire)
    sides = _sides(wave, units)
    if place is None or sides is None:
        return
    transaction.on_commit(clear_tallies)
    scale = questionnaire.scales[place]
    tree = CellTree.of(np.array([unit.parent for unit in units], dtype=np.int64))
    told = Engagement(tree, sums.scales[place], release.scales[place], scale_points(scale))
    fewest = fewest_of_each(wave.threshold)
    gaps = release_gaps(told, sides, fewest=fewest, findings=release.findings)
    PublishedGap.objects.bulk_create([_row(wave, units, scale, gap) for gap in gaps], batch_size=1_000)


def _sides(wave: Wave, units: Sequence[PlacedUnit]) -> Sides | None:
    """Of both sides who was asked and what they said, by the place of units; None where none are compared."""
    place = {unit.id: number for number, unit in enumerate(units)}
    tallies = take_gap_sums(wave)
    if not tallies:
        return None
    block = np.full(len(units), NO_BLOCK)
    for unit_id, block_id in GapBlock.objects.filter(wave=wave).values_list("unit_id", "block_id"):
        block[place[unit_id]] = place[block_id]
    n, total = np.zeros((2, len(units)), dtype=np.int64), np.zeros((2, len(units)))
    for block_id, leads, people, engagement in tallies:
        n[int(not leads), place[block_id]] = people
        total[int(not leads), place[block_id]] = engagement
    return Sides(block, n, total, asked_sides(wave, [unit.id for unit in units]))


def _row(wave: Wave, units: Sequence[PlacedUnit], scale: Scale, gap: Gap) -> PublishedGap:
    return PublishedGap(
        wave=wave,
        unit_id=units[gap.unit].id,
        position=gap.unit,
        depth=units[gap.unit].depth,
        leaders_n=gap.n[0],
        led_n=gap.n[1],
        leaders_mean=gap.mean[0],
        led_mean=gap.mean[1],
        gap=gap.gap,
        low=gap.low,
        high=gap.high,
        scale_low=scale.low,
        scale_high=scale.high,
    )
