"""What organisations tell each other: figures of whole organisations, in a file that its sender signed.

Nobody is in a file whose figure is of fewer than ten, or whose share leaves fewer than five on either side.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from insights.critical_mass import Share
from insights.enums import Measure, Scale
from insights.role_items import HIGHEST, LOWEST
from people.enums import Profession

FORMAT: Final = "clinicleader-exchange/1"
FEWEST: Final = 10  # people or positions behind a figure
LARGEST: Final = 10_000_000
MOST: Final = 200  # figures of a file
LONGEST: Final = 200  # letters of a name
INDEX: Final = (12.0, 60.0)  # points
PERIOD: Final = re.compile(r"\d{4}(Q[1-4]|-\d{2}(-\d{2})?)")
GROUPS: Final[dict[Measure, list[str]]] = {
    Measure.LEADS: Profession.values,
    Measure.POSITIONS: Profession.values,
    Measure.POOLED: [""],
    Measure.READY: [""],
    Measure.INDEX: [""],
    Measure.ROLE: Scale.values,
}
RANGES: Final[dict[Measure, tuple[float, float]]] = {
    **dict.fromkeys((Measure.LEADS, Measure.POSITIONS, Measure.POOLED, Measure.READY), (0.0, 1.0)),
    Measure.INDEX: INDEX,
    Measure.ROLE: (float(LOWEST), float(HIGHEST)),
}


class LetterRefusedError(ValueError):
    """What a file says cannot be taken; `faults` in words, each with its place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class SharedFigure:
    """One figure of a whole organisation: `value` with its 95 % interval, of `n` people or positions. Shares
    from 0 to 1, the index in points, scales from 1 to 5. `period`: a quarter, a month or a day."""

    measure: Measure
    group: str
    period: str
    n: int
    value: float
    low: float
    high: float

    @property
    def label(self) -> str:
        """The group in words."""
        if self.measure == Measure.ROLE:
            return str(Scale(self.group).label)
        return str(Profession(self.group).label) if self.group else str(self.measure.label)

    @property
    def key(self) -> tuple[Measure, str]:
        return self.measure, self.group


@dataclass(frozen=True, slots=True)
class Letter:
    """What a file says."""

    organization: str
    issued_on: dt.date
    figures: list[SharedFigure]


def share_figure(measure: Measure, group: str, period: str, share: Share) -> SharedFigure | None:
    """None of fewer than ten."""
    if share.value is None or share.low is None or share.high is None or share.whole < FEWEST:
        return None
    return SharedFigure(measure, group, period, share.whole, share.value, share.low, share.high)


def claims_of(letter: Letter) -> dict[str, Any]:
    """What is signed. Numbers to four places: more would tell counts apart that nobody needs."""
    return {
        "format": FORMAT,
        "organization": letter.organization,
        "issued_on": letter.issued_on.isoformat(),
        "figures": [_rounded(each) for each in letter.figures],
    }


def _rounded(figure: SharedFigure) -> dict[str, Any]:
    said = asdict(figure)
    return {**said, **{name: round(said[name], 4) for name in ("value", "low", "high")}}


def letter_in(claims: Mapping[str, Any], *, on: dt.date) -> Letter:
    """What a file whose signature holds says. Raises LetterRefusedError with everything that is wrong."""
    if claims.get("format") != FORMAT:
        raise LetterRefusedError([_("This is no file of an exchange, or one of a newer version.")])
    faults: list[str] = []
    name, issued = _name(claims.get("organization")), _day(claims.get("issued_on"))
    if not name:
        faults.append(_("It does not name its organisation."))
    if issued is None or issued > on + dt.timedelta(days=1):  # theirs may be a day ahead
        faults.append(_("It has no day, or one to come."))
    figures = _figures(claims.get("figures"), faults)
    if faults or issued is None:
        raise LetterRefusedError(faults)
    return Letter(name, issued, figures)


def _figures(listed: object, faults: list[str]) -> list[SharedFigure]:
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST:
        faults.append(_("It has no figures, or more than %(most)d.") % {"most": MOST})
        return []
    figures = []
    for place, each in enumerate(listed, 1):
        try:
            figures.append(_figure(each))
        except ValueError as error:
            faults.append(_("Figure %(place)d: %(words)s") % {"place": place, "words": error})
    if len({figure.key for figure in figures}) < len(figures):
        faults.append(_("It tells a figure twice."))
    return figures


def _figure(said: object) -> SharedFigure:
    """Raises ValueError with words on what is wrong."""
    if not isinstance(said, Mapping) or said.get("measure") not in Measure.values:
        raise ValueError(_("this version does not know its measure."))
    measure, group, period = Measure(said["measure"]), said.get("group"), said.get("period")
    if group not in GROUPS[measure]:
        raise ValueError(_("this version does not know its group."))
    if not isinstance(period, str) or not PERIOD.fullmatch(period):
        raise ValueError(_("its period is no quarter, month or day."))
    n = said.get("n")
    if type(n) is not int or not FEWEST <= n <= LARGEST:
        raise ValueError(_("it is not of %(least)d or more.") % {"least": FEWEST})
    low, value, high = _interval(said, *RANGES[measure])
    return SharedFigure(measure, str(group), period, n, value, low, high)


def _interval(said: Mapping[str, Any], least: float, most: float) -> tuple[float, float, float]:
    ends = [said.get(name) for name in ("low", "value", "high")]
    if not all(type(end) in {int, float} for end in ends):
        raise ValueError(_("it is no number with an interval."))
    low, value, high = (float(end or 0) for end in ends)
    if not all(map(math.isfinite, (low, value, high))) or not least <= low <= value <= high <= most:
        raise ValueError(_("its numbers do not fit their scale."))
    return low, value, high


def _name(said: object) -> str:
    """Empty for what is no name."""
    return said if isinstance(said, str) and len(said) <= LONGEST and said.isprintable() else ""


def _day(written: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None


def figures_in(said: Iterable[Mapping[str, Any]]) -> list[SharedFigure]:
    """Figures as they were kept, which were read before."""
    return [SharedFigure(**{**each, "measure": Measure(each["measure"])}) for each in said]
