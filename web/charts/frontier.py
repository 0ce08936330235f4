"""What two sides could have had: the possibilities that nothing betters for both, the way taken, its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.html import format_html, format_html_join

from web.charts.lines import line
from web.charts.model import Chart, Key, Table, shown
from web.charts.scale import Scale, scale_of
from web.charts.svg import dot, element, number, plot


@dataclass(frozen=True)
class Place:
    """One possibility and what it is worth to both sides."""

    label: str
    across: float
    up: float


@dataclass(frozen=True)
class Names:
    """Words for the axes and the legend."""

    across: str
    up: str
    best: str
    way: str


def frontier(
    label: str,
    *,
    best: Sequence[Place],
    way: Sequence[Place],
    end: Place,
    without: Place,
    names: Names,
    low: float,
    high: float,
    places: int = 1,
) -> Chart:
    """A plane from `low` to `high` both ways. `best` are dots, `way` a line through its places in order,
    `end` where it came to; beyond the dashed lines of `without` a side is better off than alone."""
    scale = scale_of([], low=low, high=high)
    known = [_at(place, scale) for place in way]
    apart = _at(without, scale)
    drawing = plot(
        element("path", d="".join(map(_cross, map(scale.percent, scale.ticks))), class_="grid"),
        element("path", d=f"M{number(apart[0])} 100V0M0 {number(apart[1])}H100", class_="aim"),
        *(dot(*_at(place, scale), "possible") for place in best),
        element("path", d=line(known), class_="line") if known else "",
        *(dot(x, y, "you") for x, y in known),
        dot(*_at(end, scale), "you end"),
        dot(*_at(end, scale), "hole"),
        class_="trend-plot",
    )
    told = [*way, end, without]
    markup = format_html(
        '<div class="trend plane" role="img" aria-label="{}"><p class="y-name">{}</p>'
        '<div class="y-axis">{}</div>{}<div class="x-axis">{}</div><p class="x-name">{}</p></div>',
        f"{label}. " + ", ".join(_in_words(place, places) for place in told),
        f"{names.up} ↑",
        format_html_join("", "<span>{}</span>", ((tick,) for tick in reversed(scale.labels))),
        drawing,
        format_html_join("", "<span>{}</span>", ((tick,) for tick in scale.labels)),
        f"{names.across} →",
    )
    rows = [
        [place.label, shown(place.across, places), shown(place.up, places)] for place in chain(told, best)
    ]
    legend = [Key(names.best, "dot possible")]
    if known:
        legend.append(Key(names.way, "line you"))
    legend += [Key(end.label, "dot end"), Key(without.label, "line aim")]
    return Chart(markup, Table(label, ["", names.across, names.up], rows), tuple(legend))


def _cross(at: float) -> str:
    """The grid's lines at a tick, one each way."""
    return f"M0 {number(100 - at)}h100M{number(at)} 0v100"


def _at(place: Place, scale: Scale) -> tuple[float, float]:
    return scale.percent(place.across), 100 - scale.percent(place.up)


def _in_words(place: Place, places: int) -> str:
    return f"{place.label} {shown(place.across, places)} and {shown(place.up, places)}"
