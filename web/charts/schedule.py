"""A schedule: what runs from when to when, one bar a row, with the day that it is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.dates import MONTHS_3
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from web.charts.model import Chart, Key, Table
from web.charts.svg import element, escaped, plot

MOST_TICKS = 6


@dataclass(frozen=True)
class Span:
    """A row: from one day to another, both inclusive. `state` in words, and as a tone of the bar."""

    label: str
    start: dt.date
    end: dt.date
    state: str
    tone: str = ""
    note: str = ""


def schedule(label: str, rows: Sequence[Span], *, today: dt.date) -> Chart:
    """Bars on one axis of time, in the order of the rows. The axis holds every bar and the day `today`, which
    is drawn through all of them."""
    first = min([today, *(row.start for row in rows)])
    last = max([today, *(row.end for row in rows)])
    axis = TimeAxis(first, last)
    listing = SafeString("".join(_line(row, axis, today) for row in rows))
    ticks = "".join(f"<span>{escaped(_tick(month))}</span>" for month in axis.ticks())
    markup = format_html(
        '<ul class="bars schedule" aria-label="{}">{}'
        '<li class="axis" aria-hidden="true"><span class="x-axis">{}</span></li></ul>',
        label,
        listing,
        SafeString(ticks),
    )
    table = Table(
        label,
        ["", _("From"), _("Until"), _("State")],
        [[row.label, _day(row.start), _day(row.end), row.state] for row in rows],
    )
    return Chart(markup, table, legend=(Key(_("Today, %(day)s") % {"day": _day(today)}, "today"),))


@dataclass(frozen=True)
class TimeAxis:
    """Whole months that hold two days, as many as at most six ticks of equal length divide."""

    first: dt.date
    last: dt.date

    @property
    def begins(self) -> dt.date:
        return self.first.replace(day=1)

    @property
    def step(self) -> int:
        """Months from tick to tick."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return -(-months // MOST_TICKS)

    def ticks(self) -> list[dt.date]:
        """The first days of months, the first one that of the axis."""
        found = [self.begins]
        while (following := months_after(found[-1], self.step)) <= self.last:
            found.append(following)
        return found

    def place(self, day: dt.date) -> float:
        """Where a day begins, 0 to 100."""
        ends = months_after(self.ticks()[-1], self.step)
        return (day - self.begins).days / (ends - self.begins).days * 100


def months_after(day: dt.date, months: int) -> dt.date:
    """The first day of a month that is so many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, 1)


def _line(row: Span, axis: TimeAxis, today: dt.date) -> SafeString:
    start, end = axis.place(row.start), axis.place(row.end + dt.timedelta(days=1))
    now = axis.place(today)
    drawing = plot(
        element("rect", width=100, height=100, class_="track"),
        element("rect", x=start, width=end - start, height=100, class_="bar"),
        element("path", d=f"M{now:.2f} 0V100", class_="today"),
        class_="bar-plot",
    )
    return format_html(
        '<li class="{}"><span class="name">{}{}</span>{}<span class="amount">{}</span></li>',
        row.tone,
        row.label,
        format_html(' <span class="small">{}</span>', row.note) if row.note else "",
        drawing,
        row.state,
    )


def _tick(month: dt.date) -> str:
    """With the year where it begins."""
    name = str(MONTHS_3[month.month]).title()
    return f"{name} {month.year}" if month.month == 1 else name


def _day(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")
