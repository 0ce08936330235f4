"""A radar of a few dimensions on one scale, with a second, dashed series to compare with."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from web.charts.model import Chart, Key, Table, shown
from web.charts.svg import element, number, points

WIDTH, HEIGHT = 400, 336
CENTRE_X, CENTRE_Y, RADIUS = 200.0, 176.0, 100.0
RINGS = 4
LABEL_GAP, LINE = 14, 16.5  # from the outer ring to a label; from one line of a label to the next
LABEL_WIDTH = 13  # characters


@dataclass(frozen=True)
class Axis:
    """One dimension: the value, and what it is compared with; None is not known."""

    label: str
    value: float | None
    other: float | None = None


def radar(
    label: str,
    axes: Sequence[Axis],
    *,
    you: str = "Score",
    other: str = "",
    top: float = 100,
    places: int = 0,
) -> Chart:
    """Three or more axes from 0 to `top`. A value that is not known leaves a gap, it is not drawn as 0."""
    if len(axes) < 3:
        raise ValueError("A radar needs at least three axes.")
    inside = [
        *(
            element("polygon", points=ring(len(axes), step / RINGS), class_="grid")
            for step in range(1, RINGS + 1)
        ),
        *(spoke(index, len(axes)) for index in range(len(axes))),
        series([axis.other for axis in axes], top, "other") if other else "",
        series([axis.value for axis in axes], top, "you"),
        *(
            element("circle", cx=x, cy=y, r=4, class_="vertex")
            for x, y in filter(None, corners([axis.value for axis in axes], top))
        ),
        *(caption(index, axes, places) for index in range(len(axes))),
    ]
    markup = element(
        "svg",
        *inside,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        class_="radar",
        role="img",
        aria_label=f"{label}. {spoken(axes, you, places)}",
    )
    head = ["Dimension", you, *([other] if other else [])]
    rows = [
        [axis.label, shown(axis.value, places), *([shown(axis.other, places)] if other else [])]
        for axis in axes
    ]
    legend = (Key(you, "line you"), Key(other, "line other")) if other else ()
    return Chart(markup, Table(label, head, rows), legend)


def at(index: int, count: int, share: float) -> tuple[float, float]:
    """The point of axis `index` at `share` of the radius; the first axis points up."""
    angle = 2 * math.pi * index / count - math.pi / 2
    return CENTRE_X + RADIUS * share * math.cos(angle), CENTRE_Y + RADIUS * share * math.sin(angle)


def ring(count: int, share: float) -> str:
    """The corners of one ring of the web."""
    return points(at(index, count, share) for index in range(count))


def spoke(index: int, count: int) -> SafeString:
    """The line of one axis."""
    x, y = at(index, count, 1)
    return element("line", x1=CENTRE_X, y1=CENTRE_Y, x2=x, y2=y, class_="grid")


def corners(values: Sequence[float | None], top: float) -> list[tuple[float, float] | None]:
    """Where each value lies, clipped to the web; None stays None."""
    shares = [None if value is None else min(max(value / top, 0), 1) for value in values]
    return [None if share is None else at(index, len(values), share) for index, share in enumerate(shares)]


def series(values: Sequence[float | None], top: float, css: str) -> SafeString:
    """A filled shape when all values are known, otherwise lines between neighbours that are."""
    places = corners(values, top)
    known = [place for place in places if place is not None]
    if len(known) == len(places):
        return element("polygon", points=points(known), class_=f"series {css}")
    lines = ""
    for here, there in zip(places, [*places[1:], places[0]], strict=True):
        if here and there:
            lines += f"M{number(here[0])} {number(here[1])}L{number(there[0])} {number(there[1])}"
    return element("path", d=lines or "M0 0", class_=f"series {css} open")


def caption(index: int, axes: Sequence[Axis], places: int) -> SafeString:
    """The label of an axis in short lines with its value below, outside the web."""
    angle = 2 * math.pi * index / len(axes) - math.pi / 2
    x = CENTRE_X + (RADIUS + LABEL_GAP) * math.cos(angle)
    y = CENTRE_Y + (RADIUS + LABEL_GAP) * math.sin(angle)
    side = "middle" if abs(math.cos(angle)) < 0.1 else ("start" if math.cos(angle) > 0 else "end")
    lines = textwrap.wrap(axes[index].label, LABEL_WIDTH, break_long_words=False)
    height = LINE * (len(lines) + 1)
    top = y - height * (1 - math.sin(angle)) / 2 + LINE * 0.8
    spans = [element("tspan", line, x=x, y=top + LINE * i) for i, line in enumerate(lines)]
    value = element("tspan", shown(axes[index].value, places), x=x, y=top + LINE * len(lines), class_="value")
    return element("text", mark_safe("".join([*spans, value])), class_="label", text_anchor=side)  # noqa: S308 - made by element()


def spoken(axes: Sequence[Axis], you: str, places: int) -> str:
    """The values in words, for the accessible name."""
    return f"{you}: " + ", ".join(f"{axis.label} {shown(axis.value, places)}" for axis in axes)
