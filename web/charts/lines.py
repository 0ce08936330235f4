"""A sparkline for a line of text, and a trend with its interval band."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from web.charts.model import Chart, Key, Table, shown
from web.charts.scale import Scale, part_of_scale, scale_of
from web.charts.svg import dot, element, number, plot, points
from web.numbers import short

SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 96, 28, 4
LABELS_ON_PHONE = 5


@dataclass(frozen=True)
class Point:
    """A moment: its name, the value and its interval; None is not known. `short`: its name on the axis, where
    the whole one has no room."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    short: str = ""


def sparkline(values: Sequence[float | None], label: str, *, places: int = 1) -> SafeString:
    """A small line without axes; its accessible name tells the first and the last known value."""
    known = [value for value in values if value is not None]
    if not known:
        return format_html('<span class="small">{}</span>', shown(None))
    least, spread = min(known), max(known) - min(known)
    step = (SPARK_WIDTH - 2 * SPARK_EDGE) / max(len(values) - 1, 1)
    room = SPARK_HEIGHT - 2 * SPARK_EDGE
    places_xy = [
        None
        if value is None
        else (SPARK_EDGE + step * i, SPARK_EDGE + room * (1 - (value - least) / spread if spread else 0.5))
        for i, value in enumerate(values)
    ]
    last = [place for place in places_xy if place is not None][-1]
    return element(
        "svg",
        element("path", d=line(places_xy), class_="line"),
        element("circle", cx=last[0], cy=last[1], r=3, class_="end"),
        viewBox=f"0 0 {SPARK_WIDTH} {SPARK_HEIGHT}",
        class_="sparkline",
        role="img",
        aria_label=f"{label}: from {shown(known[0], places)} to {shown(known[-1], places)}",
    )


def line(places: Sequence[tuple[float, float] | None]) -> str:
    """A path through the known places, broken where one is missing."""
    path = ""
    for known, group in groupby(places, key=lambda place: place is not None):
        if known:
            path += "M" + "L".join(f"{number(x)} {number(y)}" for x, y in filter(None, group))
    return path


def trend(
    label: str,
    moments: Sequence[Point],
    *,
    low: float | None = None,
    high: float | None = None,
    target: float | None = None,
    target_name: str = "Target",
    value_name: str = "Value",
    interval_name: str = "95 % interval",
    places: int = 1,
    zoom: bool = False,
) -> Chart:
    """Values over time with the band of their intervals, equally spaced moments; the target is dashed. With
    `zoom` the axis is the part of `low` to `high` that the values need, and the chart says so."""
    numbers = [
        end for moment in moments for end in (moment.value, moment.low, moment.high) if end is not None
    ]
    drawn = [*numbers, *([target] if target is not None else [])]
    scale = scale_of(drawn, low=low, high=high)
    note = ""
    if zoom and low is not None and high is not None:
        scale = part_of_scale(drawn, low=low, high=high)
        if (scale.low, scale.high) != (low, high):
            ends = [short(end) for end in (scale.low, scale.high, low, high)]
            note = "The axis is cut: {} to {}, of {} to {}. Differences look larger than they are.".format(
                *ends
            )
    at = [
        None if moment.value is None else place(i, moment.value, moments, scale)
        for i, moment in enumerate(moments)
    ]
    drawing = plot(
        *(
            element("path", d=f"M0 {number(100 - scale.percent(tick))}h100", class_="grid")
            for tick in scale.ticks
        ),
        *bands(moments, scale),
        element("path", d=f"M0 {number(100 - scale.percent(target))}h100", class_="aim")
        if target is not None
        else "",
        element("path", d=line(at), class_="line"),
        *(dot(x, y, "you") for x, y in filter(None, at)),
        class_="trend-plot",
    )
    markup = format_html(
        '<div class="trend{}" role="img" aria-label="{}"><div class="y-axis">{}</div>{}'
        '<div class="x-axis">{}</div></div>',
        " cut" if note else "",
        f"{label}. " + ", ".join(f"{moment.label} {shown(moment.value, places)}" for moment in moments),
        format_html_join("", "<span>{}</span>", ((label,) for label in reversed(scale.labels))),
        drawing,
        format_html_join("", '<span class="{}">{}</span>', x_labels(moments)),
    )
    return Chart(
        markup,
        trend_table(label, moments, value_name, interval_name, places),
        trend_legend(
            moments, value_name, interval_name, f"{target_name} {short(target)}" if target is not None else ""
        ),
        note,
    )


def place(index: int, value: float, moments: Sequence[Point], scale: Scale) -> tuple[float, float]:
    """The middle of the moment's column at the height of the value."""
    return (index + 0.5) / len(moments) * 100, 100 - scale.percent(value)


def bands(moments: Sequence[Point], scale: Scale) -> list[SafeString]:
    """One shape for each unbroken run of intervals: along the upper ends and back along the lower ones."""
    shapes = []
    indexed = enumerate(moments)
    for known, group in groupby(
        indexed, key=lambda pair: pair[1].low is not None and pair[1].high is not None
    ):
        run = list(group)
        if not known:
            continue
        upper = [place(i, moment.high, moments, scale) for i, moment in run if moment.high is not None]
        lower = [place(i, moment.low, moments, scale) for i, moment in run if moment.low is not None]
        if len(run) == 1:  # a single moment has no width; show it as a whisker
            (x, top), (_, bottom) = upper[0], lower[0]
            shapes.append(element("path", d=f"M{number(x)} {number(top)}V{number(bottom)}", class_="whisker"))
        else:
            shapes.append(element("polygon", points=points([*upper, *reversed(lower)]), class_="band"))
    return shapes


def x_labels(moments: Sequence[Point]) -> list[tuple[str, str]]:
    """Labels with a class: on a narrow card only some are shown, the last one always."""
    every = -(-len(moments) // LABELS_ON_PHONE)
    last = len(moments) - 1
    return [
        ("" if (last - i) % every == 0 else "minor", moment.short or moment.label)
        for i, moment in enumerate(moments)
    ]


def trend_table(
    label: str, moments: Sequence[Point], value_name: str, interval_name: str, places: int
) -> Table:
    """Moment, value, interval."""
    rows = [
        [
            moment.label,
            shown(moment.value, places),
            f"{shown(moment.low, places)} to {shown(moment.high, places)}"
            if moment.low is not None
            else shown(None),
        ]
        for moment in moments
    ]
    return Table(label, ["", value_name, interval_name], rows)


def trend_legend(
    moments: Sequence[Point], value_name: str, interval_name: str, target: str
) -> tuple[Key, ...]:
    """The value always, band and target where they are drawn."""
    keys = [Key(value_name, "line you")]
    if any(moment.low is not None for moment in moments):
        keys.append(Key(interval_name, "line band"))
    if target:
        keys.append(Key(target, "line aim"))
    return tuple(keys)
