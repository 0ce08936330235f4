"""Which results stand in one line over the years."""

from __future__ import annotations

from surveys.enums import Audience
from surveys.models import Wave


def series_name(wave: Wave) -> str:
    """The same for waves with the same instrument, in whatever version, on the same scale, that asked the
    same part of the people. It stands in addresses."""
    asked = [] if wave.audience == Audience.EVERYBODY else [wave.audience]
    asked += [str(wave.cohort_id)] if wave.cohort_id else []
    return "-".join([wave.instrument.key, f"{wave.scale_low:g}", f"{wave.scale_high:g}", *asked])
