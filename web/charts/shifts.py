"""From here to there: for each row what is and what would be, on one axis; beside it another "would be"."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from web.charts.intervals import backdrop
from web.charts.model import Chart, Key, Table, shown
from web.charts.scale import Scale, scale_of
from web.charts.svg import dot, element, escaped, number, plot


@dataclass(frozen=True)
class Shift:
    """A row: now, then, and another then to compare; None is not known. `words` say the three figures where
    they are more than the numbers drawn."""

    label: str
    now: float | None
    then: float | None
    other: float | None = None
    words: tuple[str, str, str] | None = None

    def in_words(self, places: int) -> tuple[str, str, str]:
        figures = (self.now, self.then, self.other)
        return self.words or (shown(figures[0], places), shown(figures[1], places), shown(figures[2], places))


def shifts(
    label: str,
    rows: Sequence[Shift],
    *,
    low: float,
    high: float,
    names: tuple[str, str, str],
    compared: bool = False,
    places: int = 1,
) -> Chart:
    """Rows on an axis from `low` to `high`; the length of a line is what changes. `names`: of now, then and
    the other; the other one is drawn and listed where `compared`."""
    scale = scale_of([], low=low, high=high)
    ground = backdrop(scale, None)
    listing = SafeString("".join(_line(row, scale, ground, places, compared=compared) for row in rows))
    axis = "".join(f"<span>{escaped(tick)}</span>" for tick in scale.labels)
    markup = format_html(
        '<ul class="intervals shifts" aria-label="{}">{}'
        '<li class="axis" aria-hidden="true"><span class="x-axis">{}</span></li></ul>',
        label,
        listing,
        SafeString(axis),
    )
    shown_names = names if compared else names[:2]
    table = Table(
        label,
        ["", *shown_names],
        [[row.label, *row.in_words(places)[: len(shown_names)]] for row in rows],
    )
    keys = [Key(names[0], "dot before"), Key(names[1], "dot you")]
    if compared:
        keys.append(Key(names[2], "line shrunken"))
    return Chart(markup, table, tuple(keys))


def _line(row: Shift, scale: Scale, ground: SafeString, places: int, *, compared: bool) -> SafeString:
    now, then, other = map(escaped, row.in_words(places))
    beside = f' <span class="small other">{other}</span>' if compared else ""
    return SafeString(
        f'<li><span class="name">{escaped(row.label)}</span>{_drawing(row, scale, ground)}'
        f'<span class="amount"><span class="small">{now} →</span> {then}{beside}</span></li>'
    )


def _drawing(row: Shift, scale: Scale, ground: SafeString) -> SafeString:
    """Now hollow, then filled, the way between them, and the other one as a stroke."""
    parts = [ground]
    if row.now is not None and row.then is not None:
        way = f"M{number(scale.percent(row.now))} 50H{number(scale.percent(row.then))}"
        parts.append(element("path", d=way, class_="whisker"))
    if row.now is not None:
        at = scale.percent(row.now)
        parts += [dot(at, 50, "before"), dot(at, 50, "hole")]
    if row.other is not None:
        parts.append(element("path", d=f"M{number(scale.percent(row.other))} 18V82", class_="shrunken"))
    if row.then is not None:
        parts.append(dot(scale.percent(row.then), 50, "you"))
    return plot(*parts, class_="interval-plot")
