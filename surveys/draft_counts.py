"""Whom a draft would ask, and who was just asked the same: as it is now, and as it was last counted."""

from __future__ import annotations

import datetime as dt

from surveys.models import DraftCount, Wave
from surveys.overlaps import wave_that_asked_the_same
from surveys.rolls import counted


def count_now(wave: Wave, *, on: dt.date) -> DraftCount:
    """Whom a draft would ask on a day; not kept yet."""
    count = counted(wave, on=on)
    count.asked_before = wave_that_asked_the_same(wave, on=on)
    return count


def count_of(wave: Wave, *, on: dt.date) -> DraftCount:
    """What was counted of a draft, and when; counted on the spot where nobody has yet."""
    kept = DraftCount.objects.filter(wave=wave).select_related("asked_before").first()
    return kept or count_now(wave, on=on)
