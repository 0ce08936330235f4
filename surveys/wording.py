"""Figures in plain words: the same sentence on the page, in the export and for a screen reader."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.coding import Bound
from surveys.enums import Audience, Behaviour, CellShown, Dimension
from surveys.models import Wave
from surveys.shrinkage import Band, Change
from web.numbers import MISSING, as_number, decimal

BANDS: Final[Mapping[str, str | Promise]] = {
    Band.ABOVE: gettext_lazy("clearly above the organisation's mean"),
    Band.AROUND: gettext_lazy("not clearly different from the organisation's mean"),
    Band.BELOW: gettext_lazy("clearly below the organisation's mean"),
    Band.UNKNOWN: gettext_lazy("not compared"),
}
BANDS_SHORT: Final[Mapping[str, str | Promise]] = {
    Band.ABOVE: gettext_lazy("clearly above"),
    Band.AROUND: gettext_lazy("no clear difference"),
    Band.BELOW: gettext_lazy("clearly below"),
    Band.UNKNOWN: gettext_lazy("not compared"),
}
BAND_TONES: Final = {Band.ABOVE: "ok", Band.AROUND: "info", Band.BELOW: "warn"}
CHANGES: Final[Mapping[str, str | Promise]] = {
    Change.CLEAR_RISE: gettext_lazy("clear rise"),
    Change.NO_CLEAR_CHANGE: gettext_lazy("no clear change"),
    Change.CLEAR_FALL: gettext_lazy("clear fall"),
    Change.UNKNOWN: gettext_lazy("cannot be compared"),
}
_AUDIENCES: Final[Mapping[str, str | Promise]] = {
    Audience.LEADERS: gettext_lazy("only those who lead a unit"),
    Audience.MEMBERS: gettext_lazy("only members of a programme"),
}
_GROUPS: Final[Mapping[str, str | Promise]] = {
    **dict(Behaviour.choices),
    **dict(Dimension.choices),
}


def population_words(wave: Wave) -> str:
    """Who alone was asked, where a survey did not ask everybody of its units; else empty."""
    if wave.cohort is None:
        return "" if wave.audience == Audience.EVERYBODY else str(_AUDIENCES[wave.audience])
    if wave.audience == Audience.LEADERS:
        return _("only those of %(cohort)s who lead a unit") % {"cohort": wave.cohort.name}
    return _("only %(cohort)s") % {"cohort": wave.cohort.name}


def titled(wave: Wave) -> str:
    """A survey's title beside those of others, with who alone was asked."""
    only = population_words(wave)
    return f"{wave.title} ({only})" if only else wave.title


def withheld_words(state: str, threshold: int) -> str:
    """Why a cell is not shown; empty for one that is."""
    return "" if state == CellShown.PUBLISHED else missing_words(threshold)


def missing_words(k: int) -> str:
    """Why a unit, or a part of its report, is not shown. That nobody answered, too few, or a neighbour who
    needs it are not told apart: of a small team the first would tell who took part."""
    return _("not shown: fewer than %(k)d answers, here or in a group that could be worked out") % {"k": k}


PERCENT: Final = " %"


def mean_words(mean: float | None, bound: int, places: int = 1, unit: str = "") -> str:
    """A mean as stored, with its unit: exactly, or as a bound where more would tell of single answers."""
    if bound == Bound.EXACT or mean is None:
        return decimal(mean, places) + unit
    # Rounded away from what it leaves open, so that it stays true.
    tens = 10**places
    if bound == Bound.OR_MORE:
        edge, words = math.floor(mean * tens + 1e-9) / tens, _("%(edge)s or more")
    else:
        edge, words = math.ceil(mean * tens - 1e-9) / tens, _("%(edge)s or fewer")
    return words % {"edge": decimal(edge, 0 if edge.is_integer() else places) + unit}


def pooled_words(waves: int) -> str:
    """The label of a result over several waves."""
    return _("Two surveys together") if waves == 2 else _("Three surveys together")


def share_words(bounds: tuple[float, float] | None) -> str:
    """A share of people as stored: exactly, as a bound, or not at all."""
    if bounds is None:
        return _("not shown")
    low, high = (100 * bound for bound in bounds)
    if low == high:
        return _("%(share)s %%") % {"share": decimal(low, 0)}
    # A bound is rounded away from what it leaves open, so that it stays true.
    if high == 100:
        return _("%(share)d %% or more") % {"share": math.floor(low + 1e-9)}
    return _("%(share)d %% or fewer") % {"share": math.ceil(high - 1e-9)}


def band_sentence(band: str, *, lowest: bool) -> str:
    """Where a unit stands, in one sentence."""
    if band == Band.UNKNOWN:
        if lowest:
            return _(
                "Fewer than eight teams at the lowest level are shown: too few to compare this one with."
            )
        return _("It contains other units that are shown, so it is not compared with them.")
    return _("This unit is %(band)s.") % {"band": BANDS[band]}


def group_label(group: str) -> str:
    """A behaviour, dimension or outcome as people call it."""
    return str(_GROUPS.get(group) or group.replace("_", " ").strip().capitalize())


def between(low: float | None, high: float | None, places: int = 1) -> str:
    """An interval in words."""
    if low is None or high is None:
        return MISSING
    return _("%(low)s to %(high)s") % {"low": decimal(low, places), "high": decimal(high, places)}


def ends(low: float | None, high: float | None, places: int = 1) -> tuple[str, str]:
    """The ends of an interval as `between` writes them, for a column each; empty without one."""
    if low is None or high is None:
        return "", ""
    return decimal(low, places), decimal(high, places)


def file_cell(words: str) -> Decimal | str:
    """A figure of a page as it goes into a file: a number without its unit; a bound such as "42 or more"
    stays words, for nobody may reckon with it as with a mean."""
    return "" if words == MISSING else as_number(words.removesuffix(PERCENT))


def separation_words(icc1: float | None, icc2: float | None) -> str:
    """What ICC(1) and ICC(2) say: do units differ at all, and can their means be trusted."""
    if icc1 is None or icc2 is None:
        return _("There are too few published units to say whether units differ.")
    share = _("About %(share)s %% of the differences between single answers lie between units.") % {
        "share": decimal(100 * max(icc1, 0.0), 0)
    }
    if icc2 >= 0.7:
        verdict = _("A unit's mean is a reliable figure.")
    elif icc2 >= 0.5:
        verdict = _("A unit's mean is a fair figure: look at its interval before you conclude anything.")
    else:
        verdict = _("Differences between units are mostly chance: do not compare units.")
    return f"{share} {verdict}"


def agreement_words(agreement: float | None) -> str:
    """What r_wg(j) says about people of one unit, by the usual mark of 0.70."""
    if agreement is None:
        return _("It cannot be said how far people agree.")
    if agreement >= 0.7:
        return _("People of one unit largely agree.")
    return _("People of one unit see this differently: the mean speaks for few of them.")


def exact_figures(*figures: tuple[str, float | None]) -> list[tuple[str, str]]:
    """Terms and figures as they are stored, for those who check them with a program of their own."""
    return [
        (term, decimal(value, 0) if float(value).is_integer() else decimal(value, 6).rstrip("0"))
        for term, value in figures
        if value is not None
    ]
