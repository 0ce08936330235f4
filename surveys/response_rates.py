"""How many of those asked have answered, in words that single out nobody. Pure.

Who was asked is no secret: it follows from the reporting lines, and so does how many are asked about each
unit. A rate therefore tells nothing of the answers; what it could tell is who did *not* answer. So it is
given for published cells and for everybody only, in steps of five percent, and as "95 % or more" where fewer
than k people are missing: 100 % would say of each that they answered, and 98 % of 50 people would leave one
name to be guessed. How many were asked stands beside no cell, since with n it would be the exact number of
those who did not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.disclosure import shown_share

STEP = 5
GOOD_FROM, CAUTION_FROM = 70, 50


@dataclass(frozen=True)
class ResponseRate:
    """`figure`: "about 75 %". `label` and `tone`: whether that is enough to rest a judgement on; empty where
    a bound leaves it open."""

    figure: str
    label: str
    tone: str
    percent: int | None = None  # where the figure is no bound

    @property
    def cell(self) -> int | str:
        """As it goes into a file: a number, or the words of a bound."""
        return self.figure if self.percent is None else self.percent

    def __str__(self) -> str:
        return f"{self.figure} ({self.label})" if self.label else self.figure


def response_rate(n: int | None, asked: int, *, k: int) -> ResponseRate | None:
    """The rate of a published cell of `n` people out of `asked`; None where nobody was asked here (a survey
    from a file) or the cell is not published."""
    if n is None or not k <= n <= asked:
        return None
    bounds = shown_share(n, asked, k=k)
    assert bounds is not None  # noqa: S101 - it is of k people at least
    low, high = bounds
    if low == high:
        percent = STEP * math.floor(100 * low / STEP + 0.5)
        figure = _("about %(percent)d %%") % {"percent": percent}
        return ResponseRate(figure, *_judged(percent), percent)
    percent = STEP * math.floor(100 * low / STEP + 1e-9)
    figure = _("%(percent)d %% or more") % {"percent": percent}
    if percent < GOOD_FROM:
        return ResponseRate(figure, "", "")
    return ResponseRate(figure, *_judged(percent))


def _judged(percent: int) -> tuple[str, str]:
    if percent >= GOOD_FROM:
        return _("good"), "ok"
    if percent >= CAUTION_FROM:
        return _("read with caution"), "warn"
    return _("low"), "bad"
