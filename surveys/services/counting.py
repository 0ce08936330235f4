"""Counting whom drafts would ask: when one is saved, when the rule changes, after a launch, each night, and
whenever somebody asks for it. In between, the pages show what was counted and when."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from surveys.draft_counts import count_now
from surveys.enums import WaveState
from surveys.models import DraftCount, Wave

COUNT_JOB: Final = "surveys.count_drafts"
# A draft is not opened when more people than this, more or fewer, would be asked than its page said: in a day
# some come and some go, and whoever opens a survey for 70,000 does not look at each of them.
FEW: Final = 2
PERCENT: Final = 1
_KEY: Final = {"id", "organization", "wave"}


def keep_count(wave: Wave) -> DraftCount:
    """Count whom a draft would ask today, instead of what was counted before."""
    count = count_now(wave, on=timezone.localdate())
    fields = [field.name for field in DraftCount._meta.concrete_fields if field.name not in _KEY]
    values = {name: getattr(count, name) for name in fields}
    kept, _ = DraftCount.objects.update_or_create(wave=wave, defaults=values)
    return kept


def count_drafts() -> int:
    """Count all drafts of the organisation; returns how many there are."""
    drafts = Wave.objects.filter(state=WaveState.DRAFT, imported=False).select_related("instrument", "unit")
    found = list(drafts.order_by("pk"))
    for wave in found:
        keep_count(wave)
    return len(found)


def is_another_population(shown: int, found: int) -> bool:
    """Whether a launch would ask so many more or fewer than its page said that somebody should look again: by
    more than one percent, and more than two people."""
    return abs(found - shown) > max(FEW, shown * PERCENT // 100)
