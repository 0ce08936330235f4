"""The satisfaction index in words and charts. No queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.queries.satisfaction import IndexQuarter
from mentoring.satisfaction import HIGHEST, LOWEST, Told
from surveys.coding import Bound
from surveys.disclosure import THRESHOLD_FLOOR
from surveys.wording import between, mean_words, share_words
from tenancy.jobs.periods import quarter_label
from web.charts import Chart, Point, trend

HEAD: Final[list[str | Promise]] = [
    gettext_lazy("Quarter"),
    gettext_lazy("Side"),
    gettext_lazy("n"),
    gettext_lazy("Mean"),
    gettext_lazy("95 % interval"),
    gettext_lazy("Favourable"),
    gettext_lazy("95 % interval, %"),
]


@dataclass(frozen=True, slots=True)
class Words:
    """A figure as a page shows it; `withheld` says why there is none."""

    n: str = ""
    mean: str = ""
    interval: str = ""
    share: str = ""
    share_interval: str = ""
    withheld: str = ""


def told_words(told: Told | None) -> Words:
    """A figure in words."""
    if told is None:
        return Words(withheld=_("not shown: fewer than %(k)d people") % {"k": THRESHOLD_FLOOR})
    shares = [None if end is None else 100 * end for end in (told.share_low, told.share_high)]
    return Words(
        str(told.people),
        mean_words(told.mean, told.bound),
        between(told.low, told.high) if told.bound == Bound.EXACT else "",
        share_words(told.share),
        between(shares[0], shares[1], 0) if None not in shares else "",
    )


@dataclass(frozen=True, slots=True)
class LatestWords:
    """The newest quarter of the index, for a card on another page: each side by its name."""

    quarter: str
    sides: list[tuple[str, Words]]


def latest_words(quarters: Sequence[IndexQuarter]) -> LatestWords | None:
    """None where nobody has rated yet."""
    if not quarters:
        return None
    newest = quarters[-1]
    sides = ((_("Mentees"), newest.mentees), (_("Mentors"), newest.mentors))
    return LatestWords(quarter_label(newest.quarter), [(side, told_words(told)) for side, told in sides])


@dataclass(frozen=True)
class IndexPage:
    """The index as charts and as a table."""

    quarters: Sequence[IndexQuarter]

    def rows(self) -> list[list[str]]:
        """A row for each quarter and side, the newest first; as on the page, so in the file."""
        return [
            [quarter_label(each.quarter), side, *_cells(told_words(told))]
            for each in reversed(self.quarters)
            for side, told in ((_("Mentees"), each.mentees), (_("Mentors"), each.mentors))
        ]

    @property
    def head(self) -> list[str | Promise]:
        return HEAD

    @property
    def charts(self) -> list[tuple[str, Chart]]:
        """The course of both sides, from two quarters."""
        if len(self.quarters) < 2:
            return []
        sides = (
            (_("Mentees"), [each.mentees for each in self.quarters]),
            (_("Mentors"), [each.mentors for each in self.quarters]),
        )
        return [(side, self._course(side, told)) for side, told in sides]

    def _course(self, side: str, figures: Sequence[Told | None]) -> Chart:
        points = [
            Point(quarter_label(each.quarter), told.mean if told else None, *_ends(told))
            for each, told in zip(self.quarters, figures, strict=True)
        ]
        label = _("Satisfaction of %(side)s, 1 to 5") % {"side": side.lower()}
        return trend(label, points, low=LOWEST, high=HIGHEST, value_name=_("Mean"))


def _ends(told: Told | None) -> tuple[float | None, float | None]:
    return (told.low, told.high) if told else (None, None)


def _cells(words: Words) -> list[str]:
    if words.withheld:
        return ["", words.withheld, "", "", ""]
    return [words.n, words.mean, words.interval, words.share, words.share_interval]
