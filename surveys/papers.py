"""The questions of a wave as they are printed and scored.

Kept in memory: an instrument that a wave uses is never changed again, a trigger sees to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from surveys.models import Instrument, InstrumentItem, Wave
from surveys.queries import instrument_items, questionnaire_of
from surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each: it can name what is kept of it
class Paper:
    instrument: Instrument
    items: tuple[InstrumentItem, ...]
    questionnaire: Questionnaire


def paper_of(wave: Wave) -> Paper:
    """The paper of a wave that was launched."""
    return _paper(wave.organization_id, wave.instrument_id)


@lru_cache(maxsize=64)
def _paper(organization_id: int, instrument_id: UUID) -> Paper:
    instrument = Instrument.objects.get(organization_id=organization_id, pk=instrument_id)
    items = list(instrument_items(instrument))
    return Paper(instrument, tuple(items), questionnaire_of(instrument, items))
