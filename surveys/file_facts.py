"""What a workbook of results says about itself, on a sheet of its own. No queries."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from surveys.models import PublishedWave, Wave
from surveys.wording import titled
from web.numbers import short


def scale_words(wave: Wave) -> str:
    """What an index of a wave is counted in."""
    return _("%(low)s to %(high)s points") % {"low": short(wave.scale_low), "high": short(wave.scale_high)}


def wave_facts(
    published: PublishedWave, *, organization: str, part: str, on: dt.date
) -> list[tuple[str, str | int]]:
    """Of one survey; `part`: the unit or the part of the organisation that the file is of."""
    wave = published.wave
    return [
        (_("Organisation"), organization),
        (_("Survey"), titled(wave)),
        (_("Questionnaire"), wave.instrument.title),
        (_("File is of"), part),
        (_("Open"), f"{date_format(wave.opens_on)} – {date_format(wave.closes_on)}"),
        (_("Published"), date_format(published.published_on)),
        (_("Scale of the index"), scale_words(wave)),
        (_("Fewest people behind a mean"), published.threshold),
        (_("File made"), date_format(on)),
        (_("Order"), _("that of the organisation; there are no ranks")),
    ]


def series_facts(
    waves: list[Wave], *, organization: str, part: str, on: dt.date
) -> list[tuple[str, str | int]]:
    """Of one unit's results over the years, with the dates of every survey."""
    return [
        (_("Organisation"), organization),
        (_("Questionnaire"), waves[-1].instrument.title),
        (_("File is of"), part),
        (_("Scale of the index"), scale_words(waves[-1])),
        *((wave.title, f"{date_format(wave.opens_on)} – {date_format(wave.closes_on)}") for wave in waves),
        (_("Behaviours"), _("percent of their range")),
        (_("Questions"), _("percent of favourable answers")),
        (_("File made"), date_format(on)),
    ]
