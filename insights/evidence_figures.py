"""A figure of a self-study: how many, of how many, and how sure that is. No queries.

A self-study leaves the organisation, so that nothing in it may be about fewer than five people: neither those
counted nor those of the whole who are not (readiness/disclosure.py). What is counted of things, as surveys or
positions, is told as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from insights.critical_mass import share
from readiness.disclosure import may_show, may_show_parts
from web.numbers import decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """`value`: what is told, in words; `count` of `n` are numbers where they may be told. The interval is of
    the share, from 0 to 1, where it is a statistic."""

    label: str
    value: str
    count: int | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""

    @property
    def interval(self) -> str:
        if self.low is None or self.high is None:
            return ""
        ends = {"low": decimal(self.low * 100, 0), "high": decimal(self.high * 100, 0)}
        return _("%(low)s to %(high)s %%") % ends

    @property
    def words(self) -> str:
        """All of it, as a line of a page."""
        sure = _("95 %% interval %(ends)s") % {"ends": self.interval} if self.interval else ""
        return " · ".join(part for part in (self.value, sure, self.note) if part)


def counted(label: str | Promise, count: int, *, note: str = "") -> Figure:
    """Of things, told as they are."""
    return Figure(str(label), decimal(count, 0), count, note=note)


def people_counted(label: str | Promise, count: int, *, people: int | None = None, note: str = "") -> Figure:
    """Of people, or of what `people` of them did: nobody, or five at least."""
    if may_show_parts([count if people is None else people]):
        return Figure(str(label), decimal(count, 0), count, note=note)
    return Figure(str(label), _("not told: fewer than 5 people"))


def people_shared(
    label: str | Promise, part: int, whole: int, *, is_statistic: bool = False, note: str = ""
) -> Figure:
    """Some of a whole of people. Raises ValueError unless 0 <= part <= whole."""
    found, text = share(part, whole), str(label)
    if not whole:
        return Figure(text, _("none to count"), 0, 0)
    if not may_show(whole):
        return Figure(text, _("not told: fewer than 5 people"))
    of = {"whole": decimal(whole, 0)}
    if not may_show_parts([part]):
        return Figure(text, _("fewer than 5 of %(whole)s") % of, n=whole, note=note)
    if not may_show_parts([whole - part]):
        return Figure(text, _("all but fewer than 5 of %(whole)s") % of, n=whole, note=note)
    shown = of | {"part": decimal(part, 0), "percent": decimal((found.value or 0) * 100, 0)}
    told = _("%(part)s of %(whole)s, %(percent)s %%") % shown
    low, high = (found.low, found.high) if is_statistic else (None, None)
    return Figure(text, told, part, whole, low, high, note)


def things_shared(label: str | Promise, part: int, whole: int, *, note: str = "") -> Figure:
    """Some of a whole of things."""
    if not whole:
        return Figure(str(label), _("none"), 0, 0, note=note)
    shown = {"part": decimal(part, 0), "whole": decimal(whole, 0), "percent": decimal(100 * part / whole, 0)}
    told = _("%(part)s of %(whole)s, %(percent)s %%") % shown
    return Figure(str(label), told, part, whole, note=note)
