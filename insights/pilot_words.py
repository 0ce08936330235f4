"""What a pilot's figures say, in words that page, file and paper share."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.difference import Contrast
from insights.models import Pilot, PilotUnit
from insights.pilot_enums import Arm, Better, Verdict
from insights.queries.pilots import Reading
from web.numbers import decimal, signed


def verdict_of(reading: Reading) -> Verdict:
    found = reading.difference.contrast if reading.difference else None
    if found is None or found.value is None:
        return Verdict.NOTHING
    if found.low is None:
        return Verdict.NO_INTERVAL
    if not found.is_clear:
        return Verdict.UNCLEAR
    higher = found.value > 0
    return Verdict.BETTER if higher == (reading.outcome.better == Better.HIGHER) else Verdict.WORSE


def places_of(reading: Reading) -> int:
    """Decimals: one where values reach ten, else two."""
    means = [each for each in (*reading.pilot_means, *reading.comparison_means) if each is not None]
    return 1 if max(map(abs, means), default=0) >= 10 else 2


def interval_words(found: Contrast, places: int) -> str:
    """From where to where, or a dash."""
    if found.low is None or found.high is None:
        return decimal(None)
    return _("%(low)s to %(high)s") % {
        "low": signed(found.low, places),
        "high": signed(found.high, places),
    }


def sentence(reading: Reading) -> str:
    """How much more the pilot's units moved."""
    found = reading.difference.contrast if reading.difference else None
    places = places_of(reading)
    if found is None or found.value is None:
        return _("Each arm needs a unit with a value before the start and one after it.")
    if found.low is not None:
        words = _(
            "Pilot units moved by %(value)s %(measure)s against comparison units "
            "(95 %% interval %(interval)s)."
        )
    else:
        words = _(
            "Pilot units moved by %(value)s %(measure)s against comparison units; "
            "no interval can be given, which takes two units in each arm that did not move alike."
        )
    return words % {
        "value": signed(found.value, places),
        "measure": reading.outcome.measure,
        "interval": interval_words(found, places),
    }


def trend_sentence(reading: Reading) -> str:
    """Whether the arms moved apart already before the start."""
    found, places = reading.trend, places_of(reading)
    if found is None or found.value is None:
        return _("Too few periods before the start to compare trends; it takes three.")
    values = {
        "value": signed(found.value, places),
        "measure": reading.outcome.measure,
        "interval": interval_words(found, places),
    }
    if found.low is None:
        return (
            _(
                "Before the start pilot units moved by %(value)s %(measure)s a period against comparison "
                "units; no interval."
            )
            % values
        )
    if found.is_clear:
        words = _(
            "Before the start pilot units already moved by %(value)s %(measure)s a period against comparison "
            "units (95 %% interval %(interval)s): the difference may be that trend, and not the pilot."
        )
    else:
        words = _(
            "Before the start no difference of trends is seen: %(value)s %(measure)s a period "
            "(95 %% interval %(interval)s). With few units only a large one would be."
        )
    return words % values


def cautions(pilot: Pilot, units: Sequence[PilotUnit], found: Sequence[Reading]) -> list[str]:
    """What has to be known to read the figures right."""
    said = [
        _("Comparison units were chosen and not drawn by lot: what else differs between the arms is in it.")
    ]
    late = sum(each.named_on >= pilot.starts_on for each in units)
    if late:
        words = ngettext(
            "%(count)d unit was named when the pilot had begun.",
            "%(count)d units were named when the pilot had begun.",
            late,
        )
        said.append(words % {"count": late})
    if any(each.difference and each.difference.is_of_few for each in found):
        said.append(_("Few units: with fewer than five in an arm an interval says little."))
    if len(found) > 1:
        words = _(
            "%(count)d outcomes are looked at. Of twenty that nothing moved, about one looks clear by chance."
        )
        said.append(words % {"count": len(found)})
    if any(each.outcome.exploratory for each in found):
        said.append(_("Exploratory outcomes were added when the pilot had begun: they raise questions only."))
    return said


def arm_counts(units: Sequence[PilotUnit]) -> tuple[int, int]:
    """Units of the pilot, and to compare with."""
    pilots = sum(each.arm == Arm.PILOT for each in units)
    return pilots, len(units) - pilots
