"""Horizontal bars, and a histogram: words are HTML (they wrap and never overlap), only the bars are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from web.charts.model import Chart, Table, shown
from web.charts.svg import element, plot


@dataclass(frozen=True)
class Bar:
    """A named quantity; None is not shown (suppressed or not known), `note` says why or adds n. `words` stand
    in place of a value that is no point to draw, such as a bound."""

    label: str
    value: float | None
    note: str = ""
    tone: str = ""
    words: str = ""


@dataclass(frozen=True)
class Bin:
    """A column of a histogram: its range in words, how many, and whether it is the one to point out."""

    label: str
    count: int
    marked: bool = False


def bars(
    label: str, rows: Sequence[Bar], *, top: float | None = None, unit: str = "", places: int = 0
) -> Chart:
    """Bars from 0 to `top` (the largest value when not given), longest possible for the eye to compare."""
    most = top or max((row.value for row in rows if row.value is not None), default=1) or 1
    items = format_html_join(
        "",
        '<li class="{}"><span class="name">{}{}</span>{}<span class="amount">{}</span></li>',
        (
            (
                row.tone,
                row.label,
                format_html(' <span class="small">{}</span>', row.note) if row.note else "",
                bar(row.value, most),
                row.words or amount(row.value, unit, places),
            )
            for row in rows
        ),
    )
    noted = any(row.note for row in rows)
    table = Table(
        label,
        ["", f"Value{f' ({unit})' if unit else ''}", *(["Note"] if noted else [])],
        [[row.label, row.words or shown(row.value, places), *([row.note] if noted else [])] for row in rows],
    )
    return Chart(format_html('<ul class="bars" aria-label="{}">{}</ul>', label, items), table)


def bar(value: float | None, most: float) -> str:
    """One bar over its track."""
    share = min(max((value or 0) / most, 0), 1) * 100
    filled = element("rect", width=share, height=100, class_="bar") if value is not None else ""
    return plot(element("rect", width=100, height=100, class_="track"), filled, class_="bar-plot")


def amount(value: float | None, unit: str, places: int) -> str:
    """A value with its unit."""
    return f"{shown(value, places)} {unit}".strip() if value is not None else shown(None)


def histogram(label: str, bins: Sequence[Bin], *, noun: str = "people", of: str = "Range") -> Chart:
    """Columns of counts; the height is the count as a share of the largest."""
    most = max((each.count for each in bins), default=0) or 1
    columns = format_html_join(
        "",
        '<li class="{}"><span class="amount">{}</span>{}<span class="name">{}</span></li>',
        (
            ("marked" if each.marked else "", shown(each.count, 0), column(each.count, most), each.label)
            for each in bins
        ),
    )
    table = Table(label, [of, f"Number of {noun}"], [[each.label, shown(each.count, 0)] for each in bins])
    return Chart(format_html('<ul class="histogram" aria-label="{}">{}</ul>', label, columns), table)


def column(count: int, most: int) -> str:
    """One column, standing on the floor."""
    height = count / most * 100
    return plot(element("rect", width=100, height=height, y=100 - height, class_="bar"), class_="column-plot")
