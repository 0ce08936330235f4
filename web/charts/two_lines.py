"""Two groups over time, with a line where something began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from web.charts.lines import Point, line, place, x_labels
from web.charts.model import Chart, Key, Table, shown
from web.charts.scale import scale_of
from web.charts.svg import dot, element, number, plot


@dataclass(frozen=True)
class Pair:
    """A moment: its name and the value of either group; None is not known. `short`: its name on the axis."""

    label: str
    first: float | None
    second: float | None
    short: str = ""


def two_lines(
    label: str,
    moments: Sequence[Pair],
    names: tuple[str, str],
    *,
    start: float | None = None,
    start_name: str = "Start",
    places: int = 1,
) -> Chart:
    """Equally spaced moments; the first group's line is whole, the second's broken. `start`: where the
    upright line stands, in moments from the left edge: 0 before the first one, 1.5 in the middle of the
    second."""
    groups = [
        [Point(each.label, value, short=each.short) for each, value in zip(moments, values, strict=True)]
        for values in ([each.first for each in moments], [each.second for each in moments])
    ]
    scale = scale_of([each.value for group in groups for each in group if each.value is not None])
    first, second = (
        [None if each.value is None else place(i, each.value, group, scale) for i, each in enumerate(group)]
        for group in groups
    )
    grid = "".join(f"M0 {number(100 - scale.percent(tick))}h100" for tick in scale.ticks)
    upright = "" if start is None else f"M{number(start / len(moments) * 100)} 0v100"
    drawing = plot(
        element("path", d=grid, class_="grid"),
        element("path", d=upright, class_="aim") if upright else "",
        element("path", d=line(second), class_="line other"),
        element("path", d=line(first), class_="line"),
        *(dot(x, y, "before") for x, y in filter(None, second)),
        *(dot(x, y, "you") for x, y in filter(None, first)),
        class_="trend-plot",
    )
    said = ", ".join(
        f"{each.label} {shown(each.first, places)} / {shown(each.second, places)}" for each in moments
    )
    markup = format_html(
        '<div class="trend" role="img" aria-label="{}"><div class="y-axis">{}</div>{}'
        '<div class="x-axis">{}</div></div>',
        f"{label}, {names[0]} / {names[1]}. {said}",
        format_html_join("", "<span>{}</span>", ((tick,) for tick in reversed(scale.labels))),
        drawing,
        format_html_join("", '<span class="{}">{}</span>', x_labels(groups[0])),
    )
    rows = [[each.label, shown(each.first, places), shown(each.second, places)] for each in moments]
    keys = [Key(names[0], "line you"), Key(names[1], "line other")]
    if upright:
        keys.append(Key(start_name, "line aim"))
    return Chart(markup, Table(label, ["", *names], rows), tuple(keys))
