"""Whether a draft would ask people what another survey has just asked them.

Two surveys with the same questions, of the same people but one, tell that one's answers: their difference.
Each release is safe by itself, and neither knows of the other; so such surveys must lie apart in time.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from surveys.enums import WaveState
from surveys.models import InstrumentItem, Wave
from surveys.rolls import waves_sharing_people
from surveys.timing import ASKED_AGAIN_AFTER


def wave_that_asked_the_same(wave: Wave, *, on: dt.date) -> Wave | None:
    """The newest other wave that asks anybody a draft would ask on a day the same questions, and is open or
    closed too lately. One query where no such wave is near, else with that of the people."""
    near = list(_near_waves(wave, on))
    shared = waves_sharing_people(wave, [one.pk for one in near], on=on) if near else set()
    return next((one for one in near if one.pk in shared), None)


def _near_waves(wave: Wave, on: dt.date) -> QuerySet[Wave]:
    """Waves with a question of the draft's questionnaire, in any version or another questionnaire, that run
    here or did lately; newest first."""
    own = InstrumentItem.objects.filter(instrument=wave.instrument_id)
    shared = InstrumentItem.objects.filter(instrument=OuterRef("instrument"), text__in=own.values("text"))
    return (
        Wave.objects.filter(Q(instrument__key=wave.instrument.key) | Exists(shared), imported=False)
        .filter(Q(state=WaveState.OPEN) | Q(closes_on__gt=on - ASKED_AGAIN_AFTER))
        .exclude(state=WaveState.DRAFT)
        .order_by("-closes_on", "pk")
    )
