"""Lanes of time: a row for each of many things, with what followed what in it, on one axis of years."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from web.charts.model import Chart, Key, Table
from web.charts.svg import element, plot

MOST_TICKS = 7
GAP = 0.4  # hundredths of the lane, so that two in a row are two


@dataclass(frozen=True)
class Stretch:
    """From a day to the first day after it; `tone` of the bar."""

    label: str
    start: dt.date
    end: dt.date
    tone: str = ""


@dataclass(frozen=True)
class Lane:
    """`words` stand behind it."""

    label: str | SafeString
    stretches: Sequence[Stretch]
    note: str = ""
    words: str = ""


@dataclass(frozen=True)
class YearAxis:
    """Whole years, as many as at most seven ticks of equal length divide."""

    first: int
    last: int

    @property
    def step(self) -> int:
        return -(-(self.last - self.first + 1) // MOST_TICKS)

    @property
    def ticks(self) -> list[int]:
        return list(range(self.first, self.last + 1, self.step))

    def place(self, day: dt.date) -> float:
        """Where a day begins, 0 to 100; days before or after are at the ends."""
        begins = dt.date(self.first, 1, 1)
        ends = dt.date(self.ticks[-1] + self.step, 1, 1)
        return min(max((day - begins).days / (ends - begins).days, 0), 1) * 100


def lanes(label: str, rows: Sequence[Lane], *, axis: YearAxis, today: dt.date) -> Chart:
    """Bars in the order of the rows, cut at the ends of the axis; the day `today` is drawn through all."""
    listing = SafeString("".join(_line(row, axis, today) for row in rows))
    ticks = SafeString("".join(f"<span>{year}</span>" for year in axis.ticks))
    axis_row = format_html('<li class="axis" aria-hidden="true"><span class="x-axis">{}</span></li>', ticks)
    markup = format_html('<ul class="bars schedule" aria-label="{}">{}{}</ul>', label, axis_row, listing)
    body = [
        [row.label, each.label, _day(each.start), _day(each.end)] for row in rows for each in row.stretches
    ]
    table = Table(label, ["", _("Who"), _("From"), _("Until before")], body)
    return Chart(markup, table, legend=(Key(_("Today, %(day)s") % {"day": _day(today)}, "today"),))


def _line(row: Lane, axis: YearAxis, today: dt.date) -> SafeString:
    now = axis.place(today)
    drawing = plot(
        element("rect", width=100, height=100, class_="track"),
        *(_bar(each, axis) for each in row.stretches),
        element("path", d=f"M{now:.2f} 0V100", class_="today"),
        class_="bar-plot",
    )
    return format_html(
        '<li><span class="name">{}{}</span>{}<span class="amount">{}</span></li>',
        row.label,
        format_html(' <span class="small">{}</span>', row.note) if row.note else "",
        drawing,
        row.words,
    )


def _bar(stretch: Stretch, axis: YearAxis) -> SafeString:
    start, end = axis.place(stretch.start), axis.place(stretch.end)
    css = f"bar {stretch.tone}".strip()
    return element("rect", x=start, width=max(end - start - GAP, 0), height=100, class_=css)


def _day(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
