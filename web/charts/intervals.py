"""Dot and whisker: for each row a value with its interval, and the estimate shrunken to the mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from web.charts.model import Chart, Key, Table, shown
from web.charts.scale import Scale, scale_of
from web.charts.svg import dot, element, escaped, number, plot


@dataclass(frozen=True)
class Estimate:
    """A row: value, interval, shrunken estimate and the number behind it; None is suppressed or not known."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    shrunken: float | None = None
    n: int | None = None
    url: str = ""


def intervals(
    label: str,
    rows: Sequence[Estimate],
    *,
    low: float | None = None,
    high: float | None = None,
    reference: float | None = None,
    reference_name: str = "Organisation",
    value_name: str = "Mean",
    shrunken_name: str = "Adjusted for small team",
    places: int = 1,
    table: bool = True,
) -> Chart:
    """Rows on one axis. The order is the caller's; this is no ranking.

    Without `table` the page itself has these numbers in a table and the figure's caption leads there.
    """
    numbers = [end for row in rows for end in (row.value, row.low, row.high, row.shrunken) if end is not None]
    scale = scale_of([*numbers, *([reference] if reference is not None else [])], low=low, high=high)
    ground = backdrop(scale, reference)
    listing = SafeString("".join(line(row, scale, ground, places=places) for row in rows))
    axis = format_html_join("", "<span>{}</span>", ((label,) for label in scale.labels))
    markup = format_html(
        '<ul class="intervals" aria-label="{}">{}'
        '<li class="axis" aria-hidden="true"><span class="x-axis">{}</span></li></ul>',
        label,
        listing,
        axis,
    )
    head = ["", value_name, "95 % interval", shrunken_name, "n"]
    figures = Table(label, head, [cells(row, places=places) for row in rows]) if table else None
    aim = f"{reference_name} {shown(reference, places)}" if reference is not None else ""
    keys = legend(rows, value_name=value_name, shrunken_name=shrunken_name, reference=aim)
    return Chart(markup, figures, keys)


def line(row: Estimate, scale: Scale, ground: SafeString, *, places: int) -> SafeString:
    """One row: its name, the number behind it, the drawing and the value."""
    name = escaped(row.label)
    if row.url:
        name = f'<a href="{escaped(row.url)}">{name}</a>'
    if row.n is not None:
        name += f' <span class="small">n = {shown(row.n, 0)}</span>'
    amount = shown(row.value, places)
    return SafeString(
        f'<li><span class="name">{name}</span>{whisker(row, scale, ground)}'
        f'<span class="amount">{amount}</span></li>'
    )


def cells(row: Estimate, *, places: int) -> list[str]:
    """The same row in the table."""
    interval = shown(None)
    if row.low is not None:
        interval = f"{shown(row.low, places)} to {shown(row.high, places)}"
    return [row.label, shown(row.value, places), interval, shown(row.shrunken, places), shown(row.n, 0)]


def backdrop(scale: Scale, reference: float | None) -> SafeString:
    """What every row is drawn on: the lines of the axis and of the reference."""
    grid = "".join(f"M{number(scale.percent(tick))} 0v100" for tick in scale.ticks)
    lines = [element("path", d=grid, class_="grid")]
    if reference is not None:
        lines.append(element("path", d=f"M{number(scale.percent(reference))} 0v100", class_="aim"))
    return SafeString("".join(lines))


def whisker(row: Estimate, scale: Scale, ground: SafeString) -> SafeString:
    """The drawing of one row."""
    parts = [ground]
    if row.low is not None and row.high is not None:
        start, end = scale.percent(row.low), scale.percent(row.high)
        parts.append(SafeString(f'<path d="M{number(start)} 50H{number(end)}" class="whisker"/>'))
    if row.value is not None:
        parts.append(dot(scale.percent(row.value), 50, "you"))
    if row.shrunken is not None:
        x = number(scale.percent(row.shrunken))
        parts.append(SafeString(f'<path d="M{x} 18V82" class="shrunken"/>'))
    return plot(*parts, class_="interval-plot")


def legend(
    rows: Sequence[Estimate], *, value_name: str, shrunken_name: str, reference: str
) -> tuple[Key, ...]:
    """What is drawn, and nothing else."""
    keys = [Key(value_name, "dot you")]
    if any(row.low is not None for row in rows):
        keys.append(Key("95 % interval", "line whisker"))
    if any(row.shrunken is not None for row in rows):
        keys.append(Key(shrunken_name, "line shrunken"))
    if reference:
        keys.append(Key(reference, "line aim"))
    return tuple(keys)
