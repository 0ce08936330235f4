"""Freezing, at a launch, which units' leaders and led are compared together."""

from __future__ import annotations

import numpy as np

from surveys.engagement_gap import NO_BLOCK, choose_blocks, engagement_place, fewest_of_each
from surveys.models import GapBlock, Wave
from surveys.queries import units_surveyed
from surveys.questionnaire import Questionnaire
from surveys.rolls import asked_sides


def write_gap_blocks(wave: Wave, questionnaire: Questionnaire) -> None:
    """Write the blocks of a draft from its roll alone; none where nothing asks about engagement, or where too
    few leaders or led are asked."""
    place = engagement_place(questionnaire)
    if place is None:
        return
    units = units_surveyed(wave)
    parent = np.array([unit.parent for unit in units], dtype=np.int64)
    leaders, led = asked_sides(wave, [unit.id for unit in units])
    blocks = choose_blocks(parent, leaders, led, fewest=fewest_of_each(wave.threshold))
    GapBlock.objects.bulk_create(
        [
            GapBlock(wave=wave, unit_id=units[unit].id, block_id=units[block].id, scale=place + 1)
            for unit, block in enumerate(blocks.tolist())
            if block != NO_BLOCK
        ],
        batch_size=1_000,
    )
